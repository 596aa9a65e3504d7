/** The text of an object: saved as a whole, with problems at their lines. */

import { Failed, send } from "../request.js";
import { toast } from "../toast.js";
import { page } from "./draft.js";
import { word } from "./words.js";

const form = document.querySelector("[data-source]");
const box = form.querySelector("textarea");
const list = form.querySelector("ol");
/** What the box said when it was last the same as the draft, and the revision of the draft then. */
let kept = box.value;
let { rev } = page;
let saving = false;

document.querySelector("[data-save]").addEventListener("click", () => save());
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

/** Shows another text, unless something typed would be lost: then saving says that somebody was faster. */
export function show(text) {
  if (box.value !== kept) return;
  if (box.value !== text) box.value = text;
  kept = box.value;
  rev = page.rev;
}

async function save() {
  if (saving) return;
  saving = true;
  const sent = box.value;
  list.replaceChildren();
  try {
    const answer = await send(form.dataset.url ?? location.pathname, { data: { text: sent, rev } });
    page.rev = rev = answer.rev;
    kept = answer.text;
    // What was typed meanwhile stays, and is not kept yet.
    if (box.value === sent) put(answer.text);
    toast(word("saved"), { tone: "ok" });
    document.dispatchEvent(new Event("source-saved"));
  } catch (error) {
    if (!(error instanceof Failed)) throw error;
    toast(error.message, { tone: "bad", action: error.status === 409 ? over(error.body) : undefined });
    list.replaceChildren(...error.problems.map(item));
  } finally {
    saving = false;
  }
}

/** Somebody was faster: what stands in the box may take the place of what they made, if that is wanted. */
function over({ rev: now }) {
  if (now === undefined) return undefined;
  return {
    name: word("overwrite"),
    run: () => {
      rev = now;
      save();
    },
  };
}

/** Puts the text as it was kept into the box; the caret stays on its line. */
function put(text) {
  if (box.value === text) return;
  const at = box.selectionStart;
  box.value = text;
  box.setSelectionRange(at, at);
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
