/** Problems at their fields, and a summary that leads to them. */

import { cellOf, elementAt, isEmpty, pathOf, rowsOf, tableOf } from "./values.js";
import { text } from "./texts.js";

const summaryOf = (form) => form.closest(".sheet").querySelector("[data-problems]");

/**
 * Shows problems in place of those shown before, and leads to the summary.
 * @param {HTMLElement} form
 * @param {{path: string, message: string}[]} problems
 */
export function showProblems(form, problems) {
  clearProblems(form);
  const list = summaryOf(form).querySelector("ul");
  for (const problem of problems) {
    const place = elementAt(form, problem.path);
    if (place) mark(place, problem.message);
    list.append(line(problem));
  }
  summaryOf(form).hidden = !problems.length;
  if (problems.length) {
    summaryOf(form).scrollIntoView({ block: "center" });
    summaryOf(form).focus({ preventScroll: true });
  }
}

export function clearProblems(form) {
  for (const place of form.querySelectorAll(".is-wrong")) unmark(place);
  summaryOf(form).hidden = true;
  summaryOf(form).querySelector("ul").replaceChildren();
}

/** What the page itself can see is missing. The server decides; this only saves a way. */
export function missing(form) {
  const problems = [];
  for (const cell of form.querySelectorAll('.is-required[data-mode="edit"]')) {
    if (cell.closest("template, [hidden]") || !isEmpty(cell)) continue;
    problems.push({ path: pathOf(cell), message: needed(cell) });
  }
  for (const table of form.querySelectorAll("[data-table][data-editable]:not([hidden])")) {
    const least = Number(table.dataset.min);
    if (rowsOf(table).length >= least) continue;
    problems.push({ path: `$.${table.dataset.table}`, message: text("rows_needed", { label: labelOf(table), n: least }) });
  }
  return problems;
}

/** Clears a problem once somebody works on it, and follows the summary's links. */
export function problems(form) {
  form.addEventListener("input", (event) => {
    const cell = cellOf(event.target);
    if (cell?.classList.contains("is-wrong")) unmark(cell);
  });
  form.addEventListener("rows-changed", (event) => unmark(tableOf(event.target)));
  summaryOf(form).addEventListener("click", (event) => {
    const path = event.target.closest("[data-path]")?.dataset.path;
    if (!path) return;
    event.preventDefault();
    const place = elementAt(form, path);
    place?.scrollIntoView({ block: "center" });
    place?.querySelector("input:not([type=hidden], .sr), select, textarea, button")?.focus({ preventScroll: true });
  });
}

/** The messages of a recalculation: errors and warnings at their places, without the summary. */
export function showMessages(form, messages) {
  for (const place of form.querySelectorAll(".is-wrong[data-live]")) unmark(place);
  for (const { path, message } of messages) {
    const place = elementAt(form, path);
    if (!place || place.classList.contains("is-wrong")) continue;
    mark(place, message);
    place.dataset.live = "";
  }
}

function needed(cell) {
  const row = cell.closest("[data-row]");
  if (!row) return text("required", { label: labelOf(cell) });
  return text("row_required", { n: rowsOf(tableOf(cell)).indexOf(row) + 1, label: labelOf(cell) });
}

export function labelOf(place) {
  return place.dataset.label ?? place.querySelector(".cell__label label, .cell__label span")?.textContent ?? "";
}

function mark(place, message) {
  place.classList.add("is-wrong");
  const input = place.querySelector("input:not([type=hidden], .sr), select, textarea");
  let note = place.querySelector(":scope > .problem, :scope > .cell__value > .problem");
  if (!note) {
    note = document.createElement("p");
    note.className = "problem";
    note.id = `${input?.id || place.id}-problem`;
    (place.querySelector(":scope > .cell__value") ?? place).append(note);
  }
  note.hidden = false;
  note.textContent = message;
  if (place.dataset.table !== undefined) return;
  input?.setAttribute("aria-invalid", "true");
  input?.setAttribute("aria-describedby", note.id);
}

function unmark(place) {
  place.classList.remove("is-wrong");
  delete place.dataset.live;
  const note = place.querySelector(":scope > .problem, :scope > .cell__value > .problem");
  if (note?.hasAttribute("data-table-problem")) note.hidden = true;
  else note?.remove();
  if (place.dataset.table !== undefined) return;
  const input = place.querySelector("[aria-invalid]");
  input?.removeAttribute("aria-invalid");
  input?.removeAttribute("aria-describedby");
}

function line({ path, message }) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = "#";
  link.dataset.path = path;
  link.textContent = message;
  item.append(link);
  return item;
}
