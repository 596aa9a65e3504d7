/**
 * Expressions of the panels: words below each input, and the editor that its button opens.
 *
 * `[data-expression]` holds the input (`data-set`, posted by panel.js) and the button; `data-scope` says what may
 * be named there, `data-want` which type is asked for. What is accepted is typed into the input, and panel.js
 * posts it as if a hand had.
 */

import { send } from "../request.js";
import { onChange, page } from "./draft.js";
import { Editor } from "./expression/editor.js";

const url = page.url.replace(/edit$/, "expression/");
/** Expressions put into words at once. */
const MOST = 500;
/** Milliseconds after an edit until words are asked for again. */
const REST = 800;
/** Words by scope and source. */
const known = new Map();
let asking = false;
let editor;

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-edit-expression]");
  const box = button?.closest("[data-expression]");
  const input = box?.querySelector("[data-set]");
  if (!input) return;
  editor ??= new Editor(document.getElementById("expression"), url);
  const { scope, want, title } = box.dataset;
  const made = await editor.open({ scope, want, title, source: input.value });
  // The panel may have been drawn anew meanwhile.
  const place = (input.id && document.getElementById(input.id)) || input;
  place.focus();
  if (made === null || made === place.value) return;
  place.value = made;
  place.dispatchEvent(new Event("input", { bubbles: true }));
  place.dispatchEvent(new Event("change", { bubbles: true }));
});

document.addEventListener("change", (event) => {
  if (event.target.closest?.("[data-expression]")) say();
});

/** Shows words below every expression of the page; asks for those not known in one request. */
async function say() {
  const missing = new Map();
  for (const [key, item, place] of expressions()) {
    const words = known.get(key) ?? (item.source.trim() ? undefined : "");
    // What says the same as the input says nothing.
    place.hidden = !words || words === item.source;
    place.textContent = words ?? "";
    if (words === undefined) missing.set(key, item);
  }
  if (missing.size && !asking) await ask(missing);
}

/** Asks for words, and shows them. */
async function ask(missing) {
  const keys = [...missing.keys()].slice(0, MOST);
  asking = true;
  try {
    const answer = await send(`${url}words`, { data: { items: keys.map((key) => missing.get(key)) } });
    keys.forEach((key, at) => known.set(key, answer.words[at]));
  } catch {
    for (const key of keys) known.set(key, known.get(key) ?? ""); // words are a help: the page works without
  }
  asking = false;
  await say();
}

/** The expressions of the page: key, what is asked of each, and where its words stand. */
function* expressions() {
  for (const box of document.querySelectorAll("[data-expression]")) {
    const source = box.querySelector("[data-set]")?.value ?? "";
    const place = box.parentElement.querySelector("[data-words]");
    const { scope } = box.dataset;
    if (place) yield [`${scope}\n${source}`, { scope, source }, place];
  }
}

let later;
onChange(() => {
  say();
  // A label may have changed: what is known is shown at once, and asked again when the hand rests.
  clearTimeout(later);
  later = setTimeout(() => {
    const all = new Map([...expressions()].filter(([, item]) => item.source.trim()));
    if (known.size > MOST) known.clear();
    if (all.size && !asking) ask(all);
  }, REST);
});
say();
