/** The form designer's gestures: dropping, dragging, resizing, keys. Each becomes one edit. */

import { edit, onChange, page } from "./draft.js";
import { select } from "./panel.js";
import { forget, sorted } from "./sorting.js";
import { turns } from "./turns.js";

const canvas = document.getElementById("canvas-scroll");
const FULL = 24;
const LEAST = 2;
/** A finger that rests takes hold; one that moves on scrolls. */
const HELD = { delay: 120, delayOnTouchOnly: true, touchStartThreshold: 4 };

page.view = { name: "form", file: page.file, selected: new URLSearchParams(location.search).get("selected") ?? "" };
palettes();
lists();
onChange(lists);
narrow();
devices();
document.addEventListener("keydown", keys);
document.addEventListener("pointerdown", resize);
document.addEventListener("input", mirror);
document.addEventListener("change", (event) => {
  const { nameSection } = event.target.dataset ?? {};
  if (nameSection !== undefined) edit({ do: "name_section", section: Number(nameSection), title: event.target.value });
});

/** Types are dragged from the palette as copies; Enter or a click adds behind what is selected. */
function palettes() {
  for (const list of document.querySelectorAll("[data-palette]")) {
    new Sortable(list, {
      group: { name: "palette", pull: "clone", put: false },
      sort: false,
      animation: 140,
      ...HELD,
      onStart: () => document.body.classList.add("is-dragging"),
      onEnd: () => document.body.classList.remove("is-dragging"),
    });
  }
  document.addEventListener("click", (event) => {
    const item = event.target.closest("[data-palette] [data-type]");
    // Who clicks twice means one.
    if (item && event.detail < 2) add(item.dataset.type, after(page.view.selected));
  });
}

/** Makes every line, every gap between lines and every sub-table's columns a list to drop into. */
function lists() {
  forget();
  for (const list of canvas.querySelectorAll("[data-line-of], [data-gap]")) {
    sorted(list, {
      group: { name: "field", put: ["field", "palette"] },
      draggable: ".dcell, .palette__item",
      filter: ".dcol, .dcell__resize",
      preventOnFilter: false,
      animation: 120,
      ...HELD,
      emptyInsertThreshold: 10,
      onStart: () => document.body.classList.add("is-dragging"),
      onEnd: () => document.body.classList.remove("is-dragging"),
      onAdd: dropped,
      onUpdate: dropped,
    });
  }
  for (const list of canvas.querySelectorAll("[data-columns]")) {
    sorted(list, {
      group: { name: "column", put: ["palette"] },
      draggable: ".dcol, .palette__item",
      animation: 120,
      ...HELD,
      onAdd: ({ item, newDraggableIndex }) => {
        const { type } = item.dataset;
        item.remove();
        edit({ do: "add_column", subtable: list.dataset.columns, type, at: newDraggableIndex });
      },
      onUpdate: ({ item, newDraggableIndex }) => {
        const place = ["fields", list.dataset.columns, "fields", item.dataset.column];
        edit({ do: "move", place, to: newDraggableIndex });
      },
    });
  }
}

function dropped({ item, to, newDraggableIndex }) {
  const section = Number(to.dataset.section);
  const line = Number(to.dataset.line);
  const at = "gap" in to.dataset ? null : newDraggableIndex;
  if (item.dataset.type) {
    const { type } = item.dataset;
    item.remove();
    add(type, { section, line, at });
    return;
  }
  page.view.selected = item.dataset.code;
  edit({ do: "move_field", code: item.dataset.code, section, line, at });
}

/** One after the other: each is known by the fields that were there before it. */
const inTurn = turns();
function add(type, where) {
  inTurn(() => bring(type, where));
}

async function bring(type, { section, line, at }) {
  if (type === "section") {
    await edit({ do: "add_section", section, line });
    return;
  }
  const before = codes();
  if (!(await edit({ do: "add_field", type, section, line, at }))) return;
  const made = [...codes()].find((code) => !before.has(code));
  if (made) {
    await select(made);
    document.getElementById(`s-${made}`)?.scrollIntoView({ block: "nearest" });
  }
}

/** The place on a line of its own behind what is selected, else at the end. */
function after(selected) {
  const code = (selected ?? "").split(".")[0];
  const line = code.startsWith("section:") ? null : document.getElementById(`d-${code}`)?.closest("[data-line-of]");
  if (line) return { section: Number(line.dataset.section), line: Number(line.dataset.line) + 1, at: null };
  const gaps = canvas.querySelectorAll("[data-gap]");
  const last = gaps[gaps.length - 1];
  return { section: Number(last.dataset.section), line: Number(last.dataset.line), at: null };
}

function codes() {
  return new Set([...canvas.querySelectorAll("[data-code]")].map((one) => one.dataset.code));
}

/** On a field: Alt + arrows move, Delete removes, Ctrl + D copies. On a column: Alt + ← → and Delete. */
function keys(event) {
  const cell = event.target.closest?.(".dcell");
  if (!cell || event.target.closest("input, textarea, select")) return;
  const column = event.target.closest(".dcol");
  const ways = { ArrowUp: "up", ArrowDown: "down", ArrowLeft: "left", ArrowRight: "right" };
  const way = event.altKey ? ways[event.key] : undefined;
  const focused = event.target.id;
  let change = null;
  if (column && (way === "left" || way === "right")) {
    const all = [...column.parentElement.querySelectorAll(".dcol")];
    const to = all.indexOf(column) + (way === "left" ? -1 : 1);
    if (to >= 0 && to < all.length) {
      change = { do: "move", place: placeOf(cell, column), to };
      // At once: the next press counts from here.
      all[to][way === "left" ? "before" : "after"](column);
      event.target.focus();
    }
  } else if (column && event.key === "Delete") {
    change = { do: "remove", place: placeOf(cell, column) };
  } else if (way) {
    step(cell, way);
    change = { do: "shift_field", code: cell.dataset.code, way };
  } else if (event.key === "Delete") {
    change = { do: "remove_field", code: cell.dataset.code };
  } else if (event.key.toLowerCase() === "d" && (event.ctrlKey || event.metaKey)) {
    // A key that is held makes one copy.
    if (!event.repeat) change = { do: "copy_field", code: cell.dataset.code };
    event.preventDefault();
  }
  // Alt with an arrow is the browser's way back elsewhere.
  if (way || change) event.preventDefault();
  if (!change) return;
  edit(change).then(() => {
    const now = document.activeElement;
    if (now === document.body || now.id === focused) (document.getElementById(focused) ?? canvas).focus({ preventScroll: false });
  });
}

/** Shows a step at once; the answer puts everything in its place. */
function step(cell, way) {
  const line = cell.closest("[data-line-of]");
  const beside = way === "left" ? cell.previousElementSibling : cell.nextElementSibling;
  if (way === "left" || way === "right") {
    if (beside) way === "left" ? beside.before(cell) : beside.after(cell);
    return;
  }
  const gap = way === "up" ? line.previousElementSibling : line.nextElementSibling;
  if (!gap?.matches("[data-gap]")) return;
  if (line.querySelectorAll(".dcell").length > 1) {
    gap.append(cell);
  } else if (way === "up") {
    gap.previousElementSibling?.matches("[data-line-of]") && gap.previousElementSibling.before(line);
  } else {
    gap.nextElementSibling?.matches("[data-line-of]") && gap.nextElementSibling.after(line);
  }
}

/** Shows a new label, or that a field is required now, while it is still being typed or sent. */
function mirror(event) {
  const { set } = event.target.dataset ?? {};
  if (!set) return;
  const place = JSON.parse(set);
  const key = place[place.length - 1];
  if (place[0] !== "fields" || (key !== "label" && key !== "required")) return;
  const codes = place.filter((_one, at) => at % 2 === 1);
  if (place.length !== codes.length * 2 + 1) return;
  const button = document.getElementById(`s-${codes.join("-")}`);
  if (key === "label" && button?.firstChild?.nodeType === Node.TEXT_NODE) {
    button.firstChild.data = event.target.value;
  } else if (key === "required") {
    document.getElementById(`d-${codes.join("-")}`)?.classList.toggle("is-required", event.target.checked);
  }
}

function placeOf(cell, column) {
  return ["fields", cell.dataset.code, "fields", column.dataset.column];
}

/** Dragging the right edge of the selected field: 24 columns, shown at once, one edit at the end. */
function resize(event) {
  const handle = event.target.closest("[data-resize]");
  if (!handle) return;
  event.preventDefault();
  const cell = handle.closest(".dcell");
  const unit = cell.closest(".line").clientWidth / FULL;
  const from = Number(cell.dataset.width);
  const start = event.clientX;
  let width = from;
  handle.setPointerCapture(event.pointerId);
  const drag = (moved) => {
    width = Math.max(LEAST, Math.min(FULL, Math.round(from + (moved.clientX - start) / unit)));
    cell.className = cell.className.replace(/\bc\d+\b/, `c${width}`);
    handle.dataset.now = `${width}/${FULL}`;
  };
  handle.addEventListener("pointermove", drag);
  handle.addEventListener("pointerup", () => {
    handle.removeEventListener("pointermove", drag);
    if (width !== from) edit({ do: "set", place: ["fields", cell.dataset.code, "width"], value: width });
  }, { once: true });
}

function narrow() {
  const box = document.querySelector("[data-palette-find]");
  box.addEventListener("input", () => {
    const words = box.value.trim().toLowerCase();
    let any = false;
    for (const group of document.querySelectorAll("[data-palette-group]")) {
      let some = false;
      for (const item of group.querySelectorAll("[data-type]")) {
        item.hidden = !item.dataset.words.toLowerCase().includes(words);
        some ||= !item.hidden;
      }
      group.hidden = !some;
      any ||= some;
    }
    document.querySelector("[data-palette-none]").hidden = any;
  });
}

function devices() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-device]");
    if (!button) return;
    for (const one of document.querySelectorAll("[data-device]")) one.setAttribute("aria-pressed", one === button);
    canvas.classList.toggle("is-phone", button.dataset.device === "phone");
  });
}
