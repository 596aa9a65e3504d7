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
 */

import { ask } from "../dialog.js";
import { edit, onChange, page, refresh } from "./draft.js";
import { forget, sorted } from "./sorting.js";

/** Milliseconds after the last key until text is sent. */
const PAUSE = 350;
const timers = new WeakMap();

document.addEventListener("input", (event) => {
  const input = event.target;
  if (!isBound(input) || !isText(input) || "late" in input.dataset) return;
  clearTimeout(timers.get(input));
  timers.set(input, setTimeout(() => put(input), PAUSE));
});

document.addEventListener("change", (event) => {
  const input = event.target;
  if (input.dataset && "acts" in input.dataset) choose(input);
  if (!isBound(input)) return;
  if (isText(input) && !timers.has(input) && !("late" in input.dataset)) return;
  put(input);
});

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-act]");
  if (button) {
    const { question } = button.dataset;
    if (!question || (await ask({ question, danger: true }))) edit(JSON.parse(button.dataset.act));
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
  const focused = document.activeElement?.id;
  move(list, item, to).then(() => focused && document.getElementById(focused)?.focus());
});

// A closed list would choose with each arrow key, and here choosing is an edit: it opens instead.
document.addEventListener("keydown", (event) => {
  const list = event.target;
  if (event.altKey || !list.matches?.("select[data-acts], select[data-edit]") || !list.showPicker) return;
  if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
  event.preventDefault();
  list.showPicker();
});

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
        if (oldDraggableIndex !== newDraggableIndex) move(list, item, newDraggableIndex);
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

async function put(input) {
  clearTimeout(timers.get(input));
  timers.delete(input);
  tell(input, "");
  const follows = (selected) => selected?.replace(/[^.]+$/, () => input.value.trim());
  const view = "follow" in input.dataset ? { ...page.view, selected: follows(page.view.selected) } : undefined;
  await edit(changeOf(input), {
    view,
    refused: (failed) => {
      const { value } = input;
      const now = document.getElementById(input.id) ?? input;
      // What was typed stays, to be put right.
      if (isText(now)) now.value = value;
      tell(now, failed.problems[0]?.message ?? failed.message);
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

function tell(input, message) {
  const place = document.getElementById(`${input.id || input.name}-problem`);
  input.toggleAttribute("aria-invalid", Boolean(message));
  if (message) input.setAttribute("aria-invalid", "true");
  if (!place) return;
  place.textContent = message;
  place.hidden = !message;
}

function move(list, item, to) {
  const place = [...JSON.parse(list.dataset.sort), stepOf(item)];
  return edit({ do: "move", place, to });
}

function stepOf(item) {
  const { step } = item.dataset;
  return /^\d+$/.test(step) ? Number(step) : step;
}

function itemsOf(list) {
  return [...list.querySelectorAll("[data-step]")].filter((one) => one.closest("[data-sort]") === list);
}

function isText(input) {
  return input.matches("textarea, input:not([type=checkbox], [type=radio], [type=range], [type=color])");
}

sortable();
onChange(() => sortable());
