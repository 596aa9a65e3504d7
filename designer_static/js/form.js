/** A page with a sheet: to fill in, to act on, or to read. */

import { actions } from "./actions.js";
import { choosers } from "./choosers.js";
import { dates } from "./dates.js";
import { lookups } from "./lookup.js";
import { numbers } from "./numbers.js";
import { problems } from "./problems.js";
import { recalculation } from "./calc.js";
import { rows } from "./rows.js";
import { unsaved } from "./unsaved.js";
import { uploads } from "./uploads.js";

const form = document.querySelector("form[data-sheet]");

actions(form);
if (form) {
  const calculation = recalculation(form);
  form.addEventListener("submit", (event) => event.preventDefault());
  numbers(form);
  dates(form);
  choosers(form);
  rows(form);
  uploads(form);
  problems(form);
  unsaved(form);
  lookups(form, (paths) => calculation.changed(paths));
  // An opinion changes nothing that is computed.
  const told = (event) => { if (!event.target.matches("[data-opinion]")) calculation.changed(); };
  form.addEventListener("input", told);
  form.addEventListener("change", told);
  form.addEventListener("rows-changed", told);
  form.dataset.ready = "";
}
