/**
 * Live recalculation. The server computes; the page asks, a little after the last change:
 *
 *   POST {seq, values, picked: [path]}
 *   → {seq, cells: {path: {text, raw}}, fills: {path: {text, raw}}, visible: {path: bool},
 *      required: {path: bool}, readonly: {path: bool}, messages: [{path, message, level}]}
 *
 * `cells` are computed cells only, never something a person can type in; the path of a column's total is
 * `$.items.amount`. `fills` answer `picked` – lookups that were chosen just now – and may set inputs. An answer
 * that is older than the last question is dropped.
 */

import { toast } from "./toast.js";
import { elementAt, setCell, setShown, valuesOf } from "./values.js";
import { Failed, send } from "./request.js";
import { showMessages } from "./problems.js";
import { text } from "./texts.js";

/** Milliseconds of quiet before the server is asked. */
const QUIET = 350;

/**
 * @param {HTMLFormElement} form
 * @returns {{changed: (picked?: string[]) => void}}
 */
export function recalculation(form) {
  const url = form.dataset.calc;
  let seq = 0;
  let timer = 0;
  let picked = [];
  let asking = new AbortController();

  async function question() {
    if (acting()) {
      // Whatever is carried out is computed by the server itself; if it is refused, the page goes on from here.
      timer = setTimeout(question, QUIET);
      return;
    }
    const mine = seq;
    const filled = picked;
    asking.abort();
    asking = new AbortController();
    try {
      const answer = await send(url, { data: { seq: mine, values: valuesOf(form), picked: filled }, signal: asking.signal });
      if (mine !== seq || answer.seq !== mine) return;
      picked = [];
      apply(form, answer);
      form.dataset.calculated = String(mine);
    } catch (error) {
      // Nothing is lost: the server computes again when the form is submitted.
      if (error instanceof Failed && mine === seq) toast(error.status ? text("calculation_failed") : error.message, { tone: "bad" });
    }
  }

  // An answer on its way is not waited for: the form may not be this person's any more when it is asked for.
  document.addEventListener("acting", () => asking.abort());

  return {
    changed(paths = []) {
      if (!url) return;
      seq += 1;
      picked = [...picked, ...paths];
      clearTimeout(timer);
      timer = setTimeout(question, paths.length ? 0 : QUIET);
    },
  };
}

const acting = () => document.querySelector('[data-action][aria-busy="true"]') !== null;

function apply(form, { cells = {}, fills = {}, visible = {}, required = {}, readonly = {}, messages = [] }) {
  for (const [path, value] of Object.entries(fills)) {
    const cell = elementAt(form, path);
    if (cell) setCell(cell, value);
  }
  for (const [path, value] of Object.entries(cells)) {
    const place = elementAt(form, path);
    if (!place) continue;
    if (place.dataset.total !== undefined) setShown(place, value.text);
    else if (place.dataset.mode === "read") setCell(place, value);
  }
  for (const [path, shown] of Object.entries(visible)) show(elementAt(form, path), shown);
  for (const [path, needed] of Object.entries(required)) {
    elementAt(form, path)?.classList.toggle("is-required", needed);
    elementAt(form, path)?.querySelector("input, select, textarea")?.setAttribute("aria-required", String(needed));
  }
  for (const [path, locked] of Object.entries(readonly)) {
    const place = elementAt(form, path);
    if (place) for (const part of place.closest("[data-row]") ? place.children : place.querySelectorAll(".cell__value")) part.inert = locked;
  }
  showMessages(form, messages);
}

function show(place, shown) {
  if (!place) return;
  // A cell of a row keeps its place, or the columns would no longer line up.
  if (place.closest("[data-row]")) for (const part of place.children) part.hidden = !shown;
  else place.hidden = !shown;
}
