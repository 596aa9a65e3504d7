/**
 * Pages that are a list with a panel beside it: fields of a table, items of a dictionary, grants, menu entries.
 *
 * `data-view` says what the page shows. `data-new` on a button makes an edit that brings a row, and selects the
 * row; `data-row` on a row selects it when something in it gets the focus; Delete on its button removes it.
 */

import { edit, isDrawing, onChange, page, refresh } from "./draft.js";
import { select } from "./panel.js";
import { turns } from "./turns.js";

const root = document.querySelector("[data-view]");
page.view = JSON.parse(root.dataset.view);

/** Where the next field goes: said by the button that opened the list of types. */
let adding = {};

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-adding]");
  if (opener) adding = { place: JSON.parse(opener.dataset.adding), after: opener.dataset.after ?? "" };
  const type = event.target.closest("[data-add-type]");
  if (type) {
    type.closest("[popover]")?.hidePopover();
    add({ do: "add_listed", type: type.dataset.addType, ...adding });
  }
  const button = event.target.closest("[data-new]");
  if (button) add(JSON.parse(button.dataset.new), button.dataset.then);
});

document.addEventListener("focusin", (event) => {
  const row = isDrawing() ? undefined : event.target.closest("[data-row]")?.dataset.row;
  if (row === undefined || row === page.view.selected || event.target.closest("button")) return;
  select(row);
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Delete" || !event.target.matches("[data-select], [data-step]")) return;
  event.target.closest("[data-row], [data-step]")?.querySelector("[data-remove], [data-act]")?.click();
});

// What the page shows besides what is selected: whose navigation is previewed.
document.addEventListener("change", (event) => {
  const { viewKey } = event.target.dataset ?? {};
  if (!viewKey) return;
  page.view[viewKey] = event.target.value;
  refresh();
});

// Many lines at once, from a sheet.
document.addEventListener("submit", async (event) => {
  const form = event.target;
  const { paste } = form.dataset ?? {};
  if (!paste) return;
  const box = form.querySelector("textarea");
  const text = box.value;
  box.value = "";
  if (await edit({ do: "paste_items", place: JSON.parse(paste), text })) return;
  // Refused: what was pasted is there again, to be put right.
  box.value = text;
  form.closest("dialog").showModal();
});

// Types by what people type; Enter takes the first.
document.addEventListener("input", (event) => {
  if (event.target.matches("[data-types-find]")) narrow(event.target);
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing || !event.target.matches("[data-types-find]")) return;
  event.preventDefault();
  event.target.closest("[popover]").querySelector("[data-add-type]:not([hidden])")?.click();
});
// Before it is shown, and at once: `toggle` comes later, when somebody may have typed already.
document.addEventListener("beforetoggle", (event) => {
  const box = event.newState === "open" && event.target.querySelector?.("[data-types-find]");
  if (!box) return;
  box.value = "";
  narrow(box);
}, true);

/** One after the other: each is known by the rows that were there before it. */
const inTurn = turns();
function add(change, then) {
  const from = document.activeElement;
  inTurn(() => bring(change, then, from));
}

/** Makes an edit that brings a row, selects it and leads to its first input, if nobody has moved on meanwhile. */
async function bring(change, then, from) {
  const known = new Set(rows());
  if (!(await edit(change))) return;
  const made = then ?? rows().find((one) => !known.has(one));
  if (made === undefined) return;
  await select(made);
  const row = document.querySelector(`[data-row="${CSS.escape(made)}"]`);
  row?.scrollIntoView({ block: "nearest" });
  if (![from, document.body].includes(document.activeElement)) return;
  const input = row?.querySelector("input:not([type=checkbox]), [data-select]");
  input?.focus();
  input?.select?.();
}

function rows() {
  return [...document.querySelectorAll("[data-row]")].map((one) => one.dataset.row);
}

function narrow(box) {
  const list = box.closest("[popover]");
  const words = box.value.trim().toLowerCase().split(/\s+/);
  for (const item of list.querySelectorAll("[data-add-type]")) {
    item.hidden = !words.every((word) => item.dataset.words.includes(word));
  }
  const groups = [...list.querySelectorAll("[data-types-group]")];
  for (const group of groups) group.hidden = !group.querySelector("[data-add-type]:not([hidden])");
  list.querySelector("[data-types-none]").hidden = groups.some((group) => !group.hidden);
}

// The address says what is selected, so that a reload and a link lead back to it.
onChange(() => {
  const url = new URL(location);
  const { selected } = page.view;
  if (selected) url.searchParams.set("selected", selected);
  else url.searchParams.delete("selected");
  history.replaceState(null, "", url);
});
