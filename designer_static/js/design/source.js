/** The text of an object: saved as a whole, with problems at their lines. */

import { Failed, send } from "../request.js";
import { toast } from "../toast.js";
import { page } from "./draft.js";
import { word } from "./words.js";

const form = document.querySelector("[data-source]");
const box = form.querySelector("textarea");
const list = form.querySelector("ol");
let kept = box.value;

document.querySelector("[data-save]").addEventListener("click", save);
document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
    event.preventDefault();
    save();
  }
});
// A tab is two blanks here; with Escape first it leaves the box, as everywhere.
let leaving = false;
box.addEventListener("keydown", (event) => {
  if (event.key === "Tab" && !leaving && !event.shiftKey) {
    event.preventDefault();
    box.setRangeText("  ", box.selectionStart, box.selectionEnd, "end");
  }
  leaving = event.key === "Escape";
});
addEventListener("beforeunload", (event) => {
  if (box.value !== kept) event.preventDefault();
});

/** Shows another text, unless something typed would be lost. */
export function show(text) {
  if (box.value === kept) box.value = kept = text;
}

async function save() {
  list.replaceChildren();
  try {
    const answer = await send(form.dataset.url ?? location.pathname, { data: { text: box.value, rev: page.rev } });
    page.rev = answer.rev;
    box.value = kept = answer.text;
    toast(word("saved"), { tone: "ok" });
    document.dispatchEvent(new Event("source-saved"));
  } catch (error) {
    if (!(error instanceof Failed)) throw error;
    toast(error.message, { tone: "bad" });
    list.replaceChildren(...error.problems.map(item));
  }
}

function item({ line, message }) {
  const one = document.createElement("li");
  const way = document.createElement("button");
  way.type = "button";
  way.className = "text-button";
  way.textContent = message;
  way.addEventListener("click", () => jump(line));
  one.append(way);
  return one;
}

function jump(line) {
  const lines = box.value.split("\n");
  const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  box.focus();
  box.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
  box.scrollTop = Math.max(0, (line - 5) * parseFloat(getComputedStyle(box).lineHeight));
}
