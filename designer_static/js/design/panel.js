/**
 * Property panels and lists of items: inputs that say which place of the document they change.
 *
 * `data-set='["fields","amount","label"]'` on an input posts its value when it changes; text a moment after the
 * last key. `data-edit='{"do":…}'` with `data-as="code"` posts that edit with the value as `code`; `data-late`
 * waits until the input is left, `data-follow`: the value becomes the last part of what is selected. `data-acts`
 * on a `select` makes the edit of the option chosen (`data-change`); `data-again` then goes back to the first.
 * `data-act` on a button makes the edit it names. `data-sort='["items"]'` on a list lets its items
 * (`data-step`, the name or number of each) be dragged, and moved with Alt + ↑ ↓. `data-select` chooses what the
 * panel is about. What the server refuses is told below the input.
 *
 * `data-numbered` on an item: `data-step` is its number, else its name, which may be written in digits too.
 */

import { ask } from "../dialog.js";
import { edit, isDrawing, onChange, page, refresh } from "./draft.js";
import { forget, sorted } from "./sorting.js";

/** Milliseconds after the last key until text is sent. */
const PAUSE = 350;
/** Lists that act as soon as something is chosen. */
const ACTING = "select[data-acts], select[data-change], select[data-edit], select[data-edits], select[data-insert], select[data-set][data-kind=json]";
/** Texts that wait for the hand to rest. @type {Map<HTMLElement, number>} */
const timers = new Map();
/** What was refused, by the id of its input: shown again when the panel is drawn anew. */
const refusedTexts = new Map();
const busy = new WeakSet();

document.addEventListener("input", (event) => {
  // What is being composed is no word yet.
  if (event.isComposing) clearTimeout(timers.get(event.target));
  else later(event.target);
});
document.addEventListener("compositionend", (event) => later(event.target));

document.addEventListener("change", (event) => {
  const input = event.target;
  if (input.dataset && "acts" in input.dataset) choose(input);
  if (!isBound(input)) return;
  if (isText(input) && !timers.has(input) && !("late" in input.dataset)) return;
  put(input);
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-act]");
  if (button) {
    act(button);
    return;
  }
  const chosen = event.target.closest("[data-select]");
  if (chosen && !event.target.closest("[data-no-select]")) select(chosen.dataset.select);
});

document.addEventListener("keydown", (event) => {
  if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
  const item = event.target.closest("[data-step]");
  const list = item?.closest("[data-sort]");
  if (!list) return;
  event.preventDefault();
  const items = itemsOf(list);
  const to = items.indexOf(item) + (event.key === "ArrowUp" ? -1 : 1);
  if (to < 0 || to >= items.length) return;
  const step = stepOf(item);
  const focused = document.activeElement;
  const at = partsOf(item).indexOf(focused);
  // At once: the next press counts from here.
  items[to][event.key === "ArrowUp" ? "before" : "after"](item);
  follow(focused);
  const before = visits;
  move(list, step, to).then(() => {
    // Whoever has gone elsewhere meanwhile stays there.
    if (visits !== before) return;
    // By now the same part of the page may be another item.
    const now = itemsOf(document.getElementById(list.id) ?? list)[to];
    follow(partsOf(now ?? item)[at] ?? now);
  });
});

/** How often a hand has gone to another part of the page, and whether we do so ourselves just now. */
let visits = 0;
let leading = false;
document.addEventListener("focusin", () => {
  if (!leading && !isDrawing()) visits += 1;
});
function follow(part) {
  leading = true;
  part?.focus();
  leading = false;
}

/** Everything in an item that may have the focus. */
function partsOf(item) {
  return [...item.querySelectorAll("input, select, button, a[href]")];
}

// A closed list would choose with each arrow key, and here choosing is an edit: it opens instead.
document.addEventListener("keydown", (event) => {
  const list = event.target;
  if (event.altKey || !list.matches?.(ACTING) || !list.showPicker) return;
  if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
  event.preventDefault();
  list.showPicker();
});

/** Sends the texts that still wait, and what is being typed. */
export function flush() {
  for (const input of [...timers.keys()]) put(input);
  const at = document.activeElement;
  if (at?.matches("[data-late], [data-change], [data-filled]")) at.blur();
}

/** Chooses what the panel is about, and draws the page for it. */
export function select(what) {
  page.view.selected = what;
  return refresh();
}

/** Lets lists be sorted; called again after each change, since new lists may have come. */
export function sortable(root = document) {
  forget();
  for (const list of root.querySelectorAll("[data-sort]")) {
    sorted(list, {
      handle: "[data-grip]",
      draggable: "[data-step]",
      animation: 140,
      onEnd: ({ item, oldDraggableIndex, newDraggableIndex }) => {
        if (oldDraggableIndex !== newDraggableIndex) move(list, stepOf(item), newDraggableIndex);
      },
    });
  }
}

/** The value of an input as the document holds it; null takes the key out. */
export function valueOf(input) {
  const { kind } = input.dataset;
  if (kind === "truth") {
    const normal = input.dataset.normal === "true";
    return input.checked === normal ? null : input.checked;
  }
  if (kind === "boolean") return input.checked;
  if (kind === "list") {
    const chosen = [...input.selectedOptions].map((one) => one.value);
    return chosen.length ? chosen : null;
  }
  const text = input.value;
  if (kind === "lines") {
    const lines = text.split("\n").map((one) => one.trim()).filter(Boolean);
    return lines.length ? lines : null;
  }
  if (text.trim() === "") return kind === "kept" ? "" : null;
  if (kind === "numbers") return text.split(/[\s,，、]+/).filter(Boolean).map((one) => (Number.isFinite(Number(one)) ? Number(one) : one));
  if (kind === "number") return Number.isFinite(Number(text)) ? Number(text) : text;
  return kind === "json" ? JSON.parse(text) : text;
}

/** Sends a text a moment after the last key. */
function later(input) {
  if (!isBound(input) || !isText(input) || "late" in input.dataset) return;
  clearTimeout(timers.get(input));
  timers.set(input, setTimeout(() => put(input), PAUSE));
}

/** Makes the edit of a button, once however fast it is pressed; of a box, what it says when its turn has come. */
async function act(button) {
  if (button.matches("input")) {
    const { id } = button;
    edit(() => JSON.parse((document.getElementById(id) ?? button).dataset.act));
    return;
  }
  if (busy.has(button)) return;
  busy.add(button);
  const { question } = button.dataset;
  const change = JSON.parse(button.dataset.act);
  try {
    if (!question || (await ask({ question, danger: true }))) await edit(change, following(button, change));
  } finally {
    busy.delete(button);
  }
}

async function put(input) {
  clearTimeout(timers.get(input));
  timers.delete(input);
  refusedTexts.delete(input.id);
  tell(input, "");
  const follows = (selected) => selected?.replace(/[^.]+$/, () => input.value.trim());
  const view = "follow" in input.dataset ? { selected: follows(page.view.selected) } : undefined;
  const { value } = input;
  await edit(changeOf(input), {
    view,
    refused: (failed) => {
      const now = input.id ? document.getElementById(input.id) : input;
      if (!now) return false;
      const message = failed.problems[0]?.message ?? failed.message;
      if (!tell(now, message)) return false;
      // What was typed stays, to be put right.
      if (!isText(now)) return true;
      now.value = value;
      if (now.id) refusedTexts.set(now.id, { value, message });
      return true;
    },
  });
}

/** The edit that an input stands for. */
function changeOf(input) {
  const value = valueOf(input);
  const { edit: change, as, set } = input.dataset;
  if (!change) return { do: "set", place: JSON.parse(set), value };
  return { ...JSON.parse(change), [as]: typeof value === "string" ? value.trim() : value };
}

/** Makes the edit of the option that was chosen. */
function choose(list) {
  const { change } = list.selectedOptions[0]?.dataset ?? {};
  if ("again" in list.dataset) list.selectedIndex = 0;
  if (change) edit(JSON.parse(change));
}

function isBound(input) {
  return Boolean(input.dataset?.set || input.dataset?.edit);
}

/** Tells below an input what is wrong with it; returns whether there is a place for that. */
export function tell(input, message) {
  const place = document.getElementById(`${input.id || input.name}-problem`);
  input.toggleAttribute("aria-invalid", Boolean(message));
  if (message) input.setAttribute("aria-invalid", "true");
  if (!place) return false;
  place.textContent = message;
  place.hidden = !message;
  return true;
}

/** Moves an item of a list whose items stand in their new order already. */
function move(list, step, to) {
  const items = itemsOf(list);
  const rows = items[to].matches("[data-row][data-numbered]");
  items.forEach((one, number) => {
    if ("numbered" in one.dataset) one.dataset.step = number;
  });
  const place = [...JSON.parse(list.dataset.sort), step];
  const stands = (at) => {
    if (at === step) return to;
    const left = at > step ? at - 1 : at;
    return left >= to ? left + 1 : left;
  };
  return edit({ do: "move", place, to }, { ahead: true, ...(rows ? selecting(stands) : {}) });
}

/** What is selected by its number stays selected when one before it goes. */
function following(button, change) {
  if (change.do !== "remove" || !button.closest("[data-row][data-numbered]")) return {};
  const gone = change.place.at(-1);
  return selecting((at) => (at > gone ? at - 1 : at));
}

/** Options of an edit that changes the number of what is selected; `stands` says where something is after it. */
function selecting(stands) {
  const { selected } = page.view;
  if (!/^\d+$/.test(selected ?? "")) return {};
  page.view.selected = String(stands(Number(selected)));
  return { back: () => (page.view.selected = selected) };
}

function stepOf(item) {
  const { step } = item.dataset;
  return "numbered" in item.dataset ? Number(step) : step;
}

function itemsOf(list) {
  return [...list.querySelectorAll("[data-step]")].filter((one) => one.closest("[data-sort]") === list);
}

function isText(input) {
  return input.matches("textarea, input:not([type=checkbox], [type=radio], [type=range], [type=color])");
}

sortable();
onChange(() => {
  sortable();
  for (const [id, { value, message }] of refusedTexts) {
    const now = document.getElementById(id);
    if (!now) refusedTexts.delete(id);
    else if (now !== document.activeElement) {
      now.value = value;
      tell(now, message);
    }
  }
});
