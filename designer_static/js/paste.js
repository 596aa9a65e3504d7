/** Cells copied from a spreadsheet: they fill the inputs to the right and below, adding rows as needed. */

import { addRow, changed } from "./rows.js";
import { cellOf, setCell, tableOf } from "./values.js";
import { text } from "./texts.js";
import { toast } from "./toast.js";

/** Types whose cells can be filled from text. Lookups and people must be chosen. */
const FROM_TEXT = new Set([
  "text", "textarea", "integer", "decimal", "money", "percent", "date", "datetime", "month", "year", "time", "phone",
  "email", "idcard", "url", "select", "radio",
]);

/** @param {ClipboardEvent} event */
export function pasteRows(event) {
  const start = event.target.closest("[data-row]");
  const copied = event.clipboardData?.getData("text/plain").replace(/\r/g, "").replace(/\n$/, "") ?? "";
  if (!start || !/[\t\n]/.test(copied) || event.target.matches("textarea")) return;
  event.preventDefault();
  const table = tableOf(start);
  const column = cellsOf(start).indexOf(cellOf(event.target));
  let row = start;
  let count = 0;
  for (const line of copied.split("\n")) {
    row = count === 0 ? start : row.nextElementSibling ?? addRow(table, null, { quiet: true });
    if (!row) break;
    fill(cellsOf(row).slice(column), line.split("\t"));
    count += 1;
  }
  changed(table);
  toast(text("pasted", { n: count }), { tone: "ok" });
}

const cellsOf = (row) => [...row.querySelectorAll("[data-code]")];

function fill(cells, parts) {
  parts.forEach((part, index) => {
    const cell = cells[index];
    if (!cell || cell.dataset.mode !== "edit" || !FROM_TEXT.has(cell.dataset.type)) return;
    const written = part.trim();
    const select = cell.querySelector("select");
    const option = select && [...select.options].find((one) => one.text === written || one.value === written);
    if (select && !option) return;
    setCell(cell, { raw: option?.value ?? written, text: written });
  });
}
