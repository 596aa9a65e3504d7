/**
 * The values of a sheet: where a cell is, what it holds, how it is set. A cell is an element with `data-code`;
 * rows count from 0 in paths (`$.items[2].qty`), as the server's problems do.
 */

import { groupedNumber, plainNumber } from "./numbers.js";
import { text } from "./texts.js";

export const rowsOf = (table) => [...table.querySelectorAll("[data-rows] > [data-row]")];
export const tableOf = (element) => element.closest("[data-table]");
export const cellOf = (element) => element.closest("[data-code]");

/** @param {HTMLElement} cell */
export function pathOf(cell) {
  const row = cell.closest("[data-row]");
  if (!row) return `$.${cell.dataset.code}`;
  const table = tableOf(cell);
  return `$.${table.dataset.table}[${rowsOf(table).indexOf(row)}].${cell.dataset.code}`;
}

/**
 * The cell, the table (`$.items`) or the total (`$.items.qty`) at a path; null if it is not on the page.
 * @param {HTMLElement} form
 * @param {string} path
 */
export function elementAt(form, path) {
  const [, code, , index, column] = /^\$\.([^[.]+)(\[(\d+)\])?(?:\.(.+))?$/.exec(path) ?? [];
  if (!code) return null;
  const table = form.querySelector(`[data-table="${CSS.escape(code)}"]`);
  if (!table) return form.querySelector(`[data-code="${CSS.escape(code)}"]`);
  if (!column) return index === undefined ? table : rowsOf(table)[Number(index)] ?? null;
  const name = CSS.escape(column);
  if (index === undefined) return table.querySelector(`[data-total="${name}"]`);
  return rowsOf(table)[Number(index)]?.querySelector(`[data-code="${name}"]`) ?? null;
}

/** What is posted: every input's value by field code, rows with their id. */
export function valuesOf(form) {
  const values = {};
  for (const cell of form.querySelectorAll('[data-code][data-mode="edit"]')) {
    if (cell.dataset.type !== "opinion" && !cell.closest("[data-row]")) put(values, cell);
  }
  for (const table of form.querySelectorAll("[data-table]")) {
    // Rows may be fixed while some of their columns are filled in.
    const filled = table.hasAttribute("data-editable") || table.querySelector('[data-row] [data-mode="edit"]');
    if (filled) values[table.dataset.table] = rowsOf(table).map(rowValues);
  }
  return values;
}

function rowValues(row) {
  const values = { id: row.dataset.row ? Number(row.dataset.row) : null };
  for (const cell of row.querySelectorAll('[data-code][data-mode="edit"]')) put(values, cell);
  return values;
}

/** A lookup is two values: the key that people see, and the id of the record. */
function put(values, cell) {
  const { code, type } = cell.dataset;
  values[code] = valueOf(cell);
  if (type === "lookup") values[`${code}_ref`] = Number(cell.querySelector("[data-key]").dataset.ref) || null;
}

/** The value of one cell as `FieldType.parse` takes it; null is empty. */
export function valueOf(cell) {
  const read = READ[cell.dataset.type];
  if (read) return read(cell);
  const input = cell.querySelector("input, select, textarea");
  if (!input) return null;
  if (input.multiple) return orNull([...input.selectedOptions].map((option) => option.value));
  if (input.dataset.number !== undefined) return plainNumber(input.value) || null;
  return input.value.trim() === "" ? null : input.value;
}

const orNull = (list) => (list.length ? list : null);
const checked = (cell) => [...cell.querySelectorAll("input:checked")].map((input) => input.value);
const files = (cell) => orNull([...cell.querySelectorAll("[data-file]")].map((file) => file.dataset.file).filter(Boolean));

const READ = {
  boolean: (cell) => cell.querySelector("input").checked,
  radio: (cell) => (cell.querySelector("select") ? cell.querySelector("select").value || null : checked(cell)[0] ?? null),
  rating: (cell) => READ.radio(cell),
  checkbox: (cell) => orNull(checked(cell)),
  attachment: files,
  image: files,
  lookup: (cell) => cell.querySelector("[data-key]").dataset.key || null,
  percent: (cell) => {
    const written = plainNumber(cell.querySelector("input").value).replace(/[%％]$/, "");
    return written ? `${written}%` : null;
  },
  datetime: (cell) => cell.querySelector("input").value.replace("T", " ") || null,
  address: (cell) => {
    const parts = [...cell.querySelectorAll("[data-part]")].filter((input) => input.value.trim());
    return parts.length ? Object.fromEntries(parts.map((input) => [input.dataset.part, input.value.trim()])) : null;
  },
};

/** Whether nothing was entered. A switch that is off has been answered. */
export function isEmpty(cell) {
  return valueOf(cell) === null;
}

/**
 * Sets a cell from the server: `shown` in what people read, `raw` in an input.
 * @param {HTMLElement} cell
 * @param {{raw: any, text: string, ref?: number}} value `ref`: the id of a lookup's record
 */
export function setCell(cell, { raw, text: shown, ref }) {
  if (cell.dataset.mode !== "edit") {
    setShown(cell.querySelector("[data-shown]"), shown);
    return;
  }
  const write = WRITE[cell.dataset.type] ?? writeInput;
  write(cell, raw, shown, ref);
}

/** @param {HTMLElement | null} place */
export function setShown(place, shown) {
  if (!place) return;
  place.textContent = shown || text("empty");
  place.closest(".shown")?.classList.toggle("shown--empty", !shown);
  place.closest(".shown, [data-total]")?.classList.toggle("negative", /^-|^¥-/.test(shown ?? ""));
}

function writeInput(cell, raw, shown) {
  const input = cell.querySelector("input, select, textarea");
  if (input.tomselect) {
    writeChooser(input.tomselect, raw, shown);
  } else if (input.localName === "select" && raw !== null && !input.multiple) {
    if (![...input.options].some((option) => option.value === raw)) input.add(new Option(shown, raw));
    input.value = raw;
  } else if (input._flatpickr) {
    input._flatpickr.setDate(raw ?? "", false);
  } else if (input.dataset.number !== undefined) {
    const scale = input.dataset.scale;
    input.value = groupedNumber(String(raw ?? ""), scale === undefined ? undefined : Number(scale));
  } else {
    input.value = raw ?? "";
  }
}

function writeChooser(chooser, raw, shown) {
  const values = raw === null ? [] : [raw].flat();
  for (const value of values) chooser.addOption({ value, label: values.length === 1 ? shown : value });
  chooser.setValue(values, true);
}

const WRITE = {
  boolean: (cell, raw) => { cell.querySelector("input").checked = Boolean(raw); },
  checkbox: (cell, raw) => tick(cell, raw ?? []),
  radio: (cell, raw, shown) => (cell.querySelector("select") ? writeInput(cell, raw, shown) : tick(cell, [raw])),
  rating: (cell, raw, shown) => WRITE.radio(cell, raw === null ? null : String(raw), shown),
  percent: (cell, raw) => { cell.querySelector("input").value = String(raw ?? "").replace("%", ""); },
  datetime: (cell, raw, shown) => writeInput(cell, raw === null ? null : shown, shown),
  address: (cell, raw) => {
    for (const input of cell.querySelectorAll("[data-part]")) input.value = raw?.[input.dataset.part] ?? "";
  },
  lookup: (cell, raw, shown, ref) => {
    const input = cell.querySelector("[data-key]");
    input.value = shown ?? "";
    input.dataset.key = raw ?? "";
    input.dataset.ref = ref ?? "";
    cell.querySelector("[data-clear-lookup]").hidden = !raw;
  },
};

function tick(cell, values) {
  for (const input of cell.querySelectorAll("input")) input.checked = values.includes(input.value);
}
