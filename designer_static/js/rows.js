/** Rows of sub-tables: add, copy, delete, move by mouse and by keyboard. Each change fires `rows-changed`. */

import { pasteRows } from "./paste.js";
import { rowsOf, setCell, tableOf, valueOf } from "./values.js";
import { text } from "./texts.js";
import { toast } from "./toast.js";

let made = 0;

/** @param {HTMLElement} form */
export function rows(form) {
  form.addEventListener("click", (event) => {
    const table = tableOf(event.target);
    if (!table) return;
    const row = event.target.closest("[data-row]");
    if (event.target.closest("[data-add-row]")) focusIn(addRow(table));
    else if (event.target.closest("[data-copy-row]")) focusIn(copyRow(table, row));
    else if (event.target.closest("[data-delete-row]")) deleteRow(table, row);
  });
  form.addEventListener("keydown", onKey);
  form.addEventListener("paste", pasteRows);
  dragging(form);
}

/**
 * A new row at the end, or after `after`; null where no more rows are allowed.
 * @param {HTMLElement} table
 * @param {HTMLElement | null} after
 * @param {{quiet?: boolean}} options `quiet`: more changes follow, which will tell
 */
export function addRow(table, after = null, { quiet = false } = {}) {
  const blank = table.querySelector(":scope template[data-blank]");
  const most = Number(table.dataset.max);
  if (!blank) return null;
  if (rowsOf(table).length >= most) {
    toast(text("most_rows", { n: most }), { tone: "bad" });
    return null;
  }
  const row = blank.content.querySelector("[data-row]").cloneNode(true);
  made += 1;
  for (const one of row.querySelectorAll("[id], [name], [aria-describedby]")) {
    for (const name of ["id", "name", "aria-describedby"]) {
      if (one.hasAttribute(name)) one.setAttribute(name, one.getAttribute(name).replace("#", `n${made}`));
    }
  }
  if (after) after.after(row);
  else table.querySelector("[data-rows]").append(row);
  changed(table, quiet);
  return row;
}

function copyRow(table, row) {
  const copy = addRow(table, row, { quiet: true });
  if (!copy) return null;
  for (const cell of row.querySelectorAll("[data-code]")) {
    const twin = copy.querySelector(`[data-code="${CSS.escape(cell.dataset.code)}"]`);
    const shown = cell.querySelector("[data-shown]")?.textContent ?? shownIn(cell);
    setCell(twin, { raw: valueOf(cell), text: shown, ref: cell.querySelector("[data-ref]")?.dataset.ref });
  }
  changed(table);
  return copy;
}

function shownIn(cell) {
  const input = cell.querySelector("select, input, textarea");
  if (input?.tomselect) return input.tomselect.getItem(input.tomselect.items[0])?.textContent ?? "";
  if (input?.localName === "select") return input.selectedOptions[0]?.textContent ?? "";
  return input?.value ?? "";
}

function deleteRow(table, row) {
  const next = row.nextElementSibling ?? row.previousElementSibling;
  row.remove();
  changed(table);
  (next?.querySelector("[data-delete-row]") ?? table.querySelector("[data-add-row]"))?.focus();
}

function moveRow(row, steps) {
  const table = tableOf(row);
  const all = rowsOf(table);
  const goal = all[all.indexOf(row) + steps];
  if (!goal) return;
  const active = document.activeElement;
  if (steps < 0) goal.before(row);
  else goal.after(row);
  active?.focus();
  changed(table);
  toast(text("moved", { n: rowsOf(table).indexOf(row) + 1 }));
}

export function changed(table, quiet = false) {
  rowsOf(table).forEach((row, index) => { row.querySelector("[data-ordinal]").textContent = String(index + 1); });
  table.querySelector("[data-none]").hidden = rowsOf(table).length > 0;
  if (!quiet) table.dispatchEvent(new CustomEvent("rows-changed", { bubbles: true }));
}

export function focusIn(row) {
  if (row) inputsOf(row)[0]?.focus();
}

const inputsOf = (row) =>
  [...row.querySelectorAll("input:not([type=file]), select:not(.tomselected), textarea")].filter((one) => one.offsetParent && !one.disabled);

function onKey(event) {
  const row = event.target.closest("[data-row]");
  if (!row || event.isComposing) return;
  if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
    event.preventDefault();
    moveRow(row, event.key === "ArrowUp" ? -1 : 1);
  } else if (event.key === "Enter" && leavesCell(event)) {
    event.preventDefault();
    nextCell(row, event.target);
  }
}

/** Enter goes on, except where it means something else: a new line, a button, an open list. */
function leavesCell(event) {
  const { target } = event;
  if (event.shiftKey || event.ctrlKey || event.metaKey || event.defaultPrevented) return false;
  if (target.matches("textarea, button, a, [type=checkbox]")) return false;
  return !target.closest(".dropdown-active") && target.getAttribute("aria-haspopup") !== "dialog";
}

function nextCell(row, current) {
  const inputs = inputsOf(row);
  const next = inputs[inputs.indexOf(current) + 1];
  if (next) next.focus();
  else focusIn(row.nextElementSibling ?? addRow(tableOf(row)));
}

function dragging(form) {
  /** @type {HTMLElement | null} */
  let dragged = null;
  const clear = () => {
    for (const row of form.querySelectorAll(".is-target-before, .is-target-after")) {
      row.classList.remove("is-target-before", "is-target-after");
    }
  };
  const goalOf = (event) => {
    const row = event.target.closest?.("[data-row]");
    return dragged && row && row !== dragged && tableOf(row) === tableOf(dragged) ? row : null;
  };
  const before = (event, row) => {
    const box = row.getBoundingClientRect();
    return event.clientY < box.top + box.height / 2;
  };

  form.addEventListener("dragstart", (event) => {
    const grip = event.target.closest?.("[data-grip]");
    if (!grip) return;
    dragged = grip.closest("[data-row]");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setDragImage(dragged, 20, 20);
    dragged.classList.add("is-dragged");
  });
  form.addEventListener("dragover", (event) => {
    const row = goalOf(event);
    clear();
    if (!row) return;
    event.preventDefault();
    row.classList.add(before(event, row) ? "is-target-before" : "is-target-after");
  });
  form.addEventListener("drop", (event) => {
    const row = goalOf(event);
    if (!row) return;
    event.preventDefault();
    if (before(event, row)) row.before(dragged);
    else row.after(dragged);
    changed(tableOf(row));
  });
  form.addEventListener("dragend", () => {
    dragged?.classList.remove("is-dragged");
    dragged = null;
    clear();
  });
}
