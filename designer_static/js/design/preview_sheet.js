/** The form inside the preview: everything answers as in use, nothing can be sent. */

import { choosers } from "../choosers.js";
import { dates } from "../dates.js";
import { lookups } from "../lookup.js";
import { numbers } from "../numbers.js";
import { recalculation } from "../calc.js";
import { rows } from "../rows.js";

const form = document.querySelector("form[data-sheet]");
if (form) {
  const calculation = recalculation(form);
  form.addEventListener("submit", (event) => event.preventDefault());
  numbers(form);
  dates(form);
  choosers(form);
  rows(form);
  lookups(form, (paths) => calculation.changed(paths));
  for (const kind of ["input", "change", "rows-changed"]) form.addEventListener(kind, () => calculation.changed());
  form.dataset.ready = "";
}
