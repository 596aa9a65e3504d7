/** The rules of an app: the open rule may move to another file, get another code, or be gone after an edit. */

import { Failed, send } from "../request.js";
import { toast } from "../toast.js";
import { onChoice } from "./changes.js";
import { onChange, page, refresh } from "./draft.js";

const root = document.querySelector("[data-rules]");
const formulas = new Set();

if (root) {
  follow();
  onChange(follow);
  document.querySelector(".rule-line.is-open")?.scrollIntoView({ block: "nearest" });
}

/** Works on the rule that the page shows now: its file, its revision, its address. */
function follow() {
  const { key, file, rev, at } = document.getElementById("rule-editor").dataset;
  const before = page.view.key;
  page.view = { name: "rule", key, file, at: Number(at), formulas: [...formulas] };
  if (!file) return;
  page.file = file;
  page.rev = Number(rev);
  if (before !== undefined && before !== key) {
    formulas.clear();
    page.view.formulas = [];
    if (!root.hasAttribute("data-listed")) history.replaceState(null, "", `${root.dataset.rules}${key}`);
    const title = document.querySelector(".design__crumb h1");
    if (!root.hasAttribute("data-listed")) title.textContent = document.querySelector("#rule-editor h2").textContent;
  }
}

// "Expression…" only shows the row otherwise; the source stays until another one is written.
onChoice((chosen, input) => {
  const { begin, ...rest } = chosen;
  const row = input.closest(".grid__row")?.id.replace("row-", "");
  if (!row || !input.id.startsWith("src-")) return rest;
  if (begin === "formula") {
    formulas.add(row);
    page.view.formulas = [...formulas];
    refresh().then(() => document.getElementById(`val-${row}`)?.focus());
    return null;
  }
  formulas.delete(row);
  page.view.formulas = [...formulas];
  return rest;
});

document.addEventListener("change", (event) => {
  const { insert } = event.target.dataset ?? {};
  if (!insert || !event.target.value) return;
  const box = document.getElementById(insert);
  box.setRangeText(`{${event.target.value}}`, box.selectionStart, box.selectionEnd, "end");
  event.target.selectedIndex = 0;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  box.focus();
});

// A trial: what may be chosen is asked for when it is opened, and again when the rule has changed.
const trial = document.querySelector("[data-trial]");

let shown = stateOf(page);
let turn = 0;

trial?.addEventListener("toggle", () => trial.open && prepare());
onChange(() => {
  const now = stateOf(page);
  if (now === shown) return; // another choice, not another rule
  shown = now;
  if (trial?.open) prepare();
});
trial?.addEventListener("click", (event) => {
  const button = event.target.closest("[data-try]");
  if (button) tryOut(button);
});

/** Asks for what may be chosen; what was typed and chosen stays. */
async function prepare() {
  turn += 1;
  const mine = turn;
  const { file, at } = page.view;
  const asked = new URLSearchParams({ file: file ?? "", at: String(at ?? 0) });
  const place = trial.querySelector("div");
  await told(place, () => send(`${trial.dataset.trial}?${asked}`), () => {
    if (mine !== turn) return null;
    const given = new Map([...place.querySelectorAll("input, select")].map((one) => [nameOf(one), one.value]));
    const focused = document.activeElement?.id;
    const open = place.querySelector("details")?.open;
    return () => {
      if (open) place.querySelector("details")?.setAttribute("open", "");
      for (const one of place.querySelectorAll("input, select")) if (given.has(nameOf(one))) put(one, given.get(nameOf(one)));
      if (focused && document.activeElement === document.body) document.getElementById(focused)?.focus();
    };
  });
}

function stateOf({ file, rev, view }) {
  return `${file} ${rev} ${view.key}`;
}

function nameOf(input) {
  return input.dataset.sample ?? input.id;
}

/** Gives an input its value again, if it still can have it. */
function put(input, value) {
  if (input.matches("select") && ![...input.options].some((one) => one.value === value)) return;
  input.value = value;
}

async function tryOut(button) {
  const typed = [...trial.querySelectorAll("[data-sample]")].map((one) => [one.dataset.sample, one.value]);
  const record = document.getElementById("trial-record").value;
  const { file, at } = page.view;
  const data = { file, at, record: record ? Number(record) : null, sample: Object.fromEntries(typed) };
  button.disabled = true;
  await told(document.getElementById("trial-told"), () => send(trial.dataset.trial, { data }));
  button.disabled = false;
}

/** Shows an answer; `before` says what is to be done after it, or null if nobody wants it any more. */
async function told(place, ask, before = () => () => {}) {
  try {
    const { html } = await ask();
    const after = before();
    if (!after) return;
    place.innerHTML = html;
    after();
  } catch (error) {
    if (!(error instanceof Failed)) throw error;
    toast(error.message, { tone: "bad" });
  }
}
