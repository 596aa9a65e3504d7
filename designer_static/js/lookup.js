/**
 * Choosing records for lookup fields.
 *
 *   POST {path, q, after, values} to the picker's url
 *   → {columns: [{label, figure}], rows: [{key, ref, text, cells: [text]}], next: string | null}
 *
 * `values` is the whole form, since a lookup's filter may read it. After the choice the form's recalculation
 * is told the paths that were `picked`, and answers what the lookup fills in.
 */

import { Failed, send } from "./request.js";
import { addRow, changed } from "./rows.js";
import { cellOf, isEmpty, pathOf, rowsOf, setCell, tableOf, valuesOf } from "./values.js";
import { text } from "./texts.js";
import { toast } from "./toast.js";

/** Milliseconds of quiet before a search. */
const QUIET = 250;

/**
 * @param {HTMLFormElement} form
 * @param {(paths: string[]) => void} picked
 */
export function lookups(form, picked) {
  form.addEventListener("click", (event) => {
    const { target } = event;
    if (target.closest("[data-clear-lookup]")) clear(cellOf(target));
    else if (target.closest("[data-open-lookup], input[data-key]")) open(target);
    else if (target.closest("[data-pick-rows]")) openMany(target.closest("[data-pick-rows]"));
  });
  form.addEventListener("keydown", (event) => {
    if (!event.target.matches("input[data-key]")) return;
    if (event.key === "Enter" || event.key === " " || event.key === "ArrowDown") {
      event.preventDefault();
      open(event.target);
    } else if (event.key === "Delete" || event.key === "Backspace") {
      clear(cellOf(event.target));
    }
  });

  function clear(cell) {
    setCell(cell, { raw: null, text: "" });
    cell.dispatchEvent(new Event("input", { bubbles: true }));
    picked([pathOf(cell)]);
  }

  async function open(target) {
    const box = target.closest("[data-lookup]");
    const cell = cellOf(target);
    const chosen = await choose({ url: box.dataset.lookup, title: box.dataset.pickTitle, path: pathOf(cell), form });
    if (!chosen?.length) return;
    setCell(cell, { raw: chosen[0].key, ...chosen[0] });
    cell.dispatchEvent(new Event("input", { bubbles: true }));
    picked([pathOf(cell)]);
  }

  async function openMany(button) {
    const table = tableOf(button);
    const { pickUrl: url, pickTitle: title, pickRows: code } = button.dataset;
    const path = `$.${table.dataset.table}[${rowsOf(table).length}].${code}`;
    const chosen = await choose({ url, title, path, form, many: true });
    const cells = [];
    for (const one of chosen ?? []) {
      const cell = freeCell(table, code);
      if (!cell) break;
      setCell(cell, { raw: one.key, ...one });
      cells.push(cell);
    }
    if (!cells.length) return;
    changed(table);
    picked(cells.map(pathOf));
  }
}

/** The lookup cell of a row in which nothing was chosen yet, else of a new row. */
function freeCell(table, code) {
  const cellIn = (row) => row.querySelector(`[data-code="${CSS.escape(code)}"]`);
  const free = rowsOf(table).map(cellIn).find(isEmpty);
  const row = free ? null : addRow(table, null, { quiet: true });
  return free ?? (row && cellIn(row));
}

/**
 * Opens the list; the answer is what was chosen, null if nothing was.
 * @param {{url: string, title: string, path: string, form: HTMLFormElement, many?: boolean}} options
 * @returns {Promise<{key: string, ref: number, text: string}[] | null>}
 */
function choose({ url, title, path, form, many = false }) {
  const dialog = document.getElementById("picker");
  const part = (name) => dialog.querySelector(`[data-picker-${name}]`);
  const values = valuesOf(form);
  const chosen = new Map();
  const stop = new AbortController();
  const on = (target, type, act) => target.addEventListener(type, act, { signal: stop.signal });
  let next = null;
  let asked = 0;
  let timer = 0;

  async function fetchRows(after) {
    asked += 1;
    const mine = asked;
    part("busy").hidden = false;
    try {
      const data = { path, q: part("search").value.trim(), after, values };
      const answer = await send(url, { data, signal: stop.signal });
      if (mine === asked && !stop.signal.aborted) show(answer, Boolean(after));
    } catch (error) {
      if (error instanceof Failed && !stop.signal.aborted) toast(error.message, { tone: "bad" });
    } finally {
      if (mine === asked && !stop.signal.aborted) part("busy").hidden = true;
    }
  }

  function show({ columns, rows, next: following }, appended) {
    part("head").replaceChildren(line("th", columns.map((one) => one.label), columns));
    const lines = rows.map((row) => {
      const item = line("td", row.cells, columns);
      item.dataset.key = row.key;
      item.dataset.ref = row.ref;
      item.dataset.text = row.text ?? row.key;
      item.tabIndex = 0;
      item.ariaSelected = String(chosen.has(row.key));
      return item;
    });
    if (appended) part("body").append(...lines);
    else part("body").replaceChildren(...lines);
    next = following;
    part("more").hidden = !next;
    part("none").hidden = part("body").childElementCount > 0;
  }

  function pick(row) {
    const { key, ref, text: shown } = row.dataset;
    const one = { key, ref: Number(ref), text: shown };
    if (!many) {
      chosen.clear();
      chosen.set(key, one);
      dialog.close("done");
      return;
    }
    if (!chosen.delete(key)) chosen.set(key, one);
    row.ariaSelected = String(chosen.has(key));
    tell();
  }

  function tell() {
    part("count").textContent = many ? text("chosen", { n: chosen.size }) : "";
    part("done").hidden = !many;
    part("done").disabled = !chosen.size;
  }

  dialog.querySelector("h2").textContent = text("choose_title", { label: title });
  part("search").value = "";
  part("body").replaceChildren();
  part("head").replaceChildren();
  part("none").hidden = true;
  tell();
  on(part("search"), "input", () => { clearTimeout(timer); timer = setTimeout(fetchRows, QUIET, null); });
  on(part("more"), "click", () => fetchRows(next));
  on(part("body"), "click", (event) => { const row = event.target.closest("tr"); if (row) pick(row); });
  on(part("body"), "keydown", (event) => steer(event, pick));
  on(part("search"), "keydown", (event) => {
    if (event.key === "ArrowDown") part("body").firstElementChild?.focus();
    if (event.key === "Enter") event.preventDefault();
  });
  on(dialog.querySelector("form"), "submit", () => { dialog.returnValue = "done"; });
  dialog.returnValue = "";
  dialog.showModal();
  part("search").focus();
  fetchRows(null);
  return new Promise((resolve) => {
    on(dialog, "close", () => {
      // The dialog serves every lookup: what was asked for this one must not show up in the next.
      clearTimeout(timer);
      stop.abort();
      resolve(dialog.returnValue === "done" ? [...chosen.values()] : null);
    });
  });
}

function steer(event, pick) {
  const row = event.target.closest("tr");
  if (!row) return;
  if (event.key === "Enter" || event.key === " ") pick(row);
  else if (event.key === "ArrowDown") row.nextElementSibling?.focus();
  else if (event.key === "ArrowUp") (row.previousElementSibling ?? row.closest("dialog").querySelector("input")).focus();
  else return;
  event.preventDefault();
}

function line(tag, texts, columns) {
  const row = document.createElement("tr");
  texts.forEach((one, index) => {
    const cell = document.createElement(tag);
    if (tag === "th") cell.scope = "col";
    if (columns[index]?.figure) cell.className = "number";
    cell.textContent = one;
    row.append(cell);
  });
  return row;
}
