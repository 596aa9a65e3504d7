/** The filters above a list. */

import { choosers } from "./choosers.js";
import { dates } from "./dates.js";

const filters = document.querySelector("[data-filters]");
if (filters) {
  dates(filters);
  choosers(filters);
  // Empty filters stay out of the address.
  filters.addEventListener("formdata", (event) => {
    for (const [name, value] of [...event.formData]) if (value === "") event.formData.delete(name);
  });
}
