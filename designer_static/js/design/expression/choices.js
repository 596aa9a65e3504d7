/** Completion: names, functions and values of dictionaries that go on with what is being typed. */

import { word } from "../words.js";
import { element } from "./element.js";
import { holes } from "./marks.js";
import { call } from "./side.js";

const MOST = 12;

export class Choices {
  constructor(editor) {
    this.editor = editor;
    this.text = editor.text;
    this.list = editor.dialog.querySelector("#expression-choices");
    this.count = editor.dialog.querySelector("[data-count]");
    this.found = [];
    this.text.addEventListener("input", (event) => event.isComposing || this.offer());
    this.text.addEventListener("compositionend", () => this.offer());
    this.text.addEventListener("keydown", (event) => this.pressed(event));
    this.text.addEventListener("blur", () => this.close());
    // The text keeps the focus; a finger may scroll the list before it chooses.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const at = [...this.list.children].indexOf(event.target.closest("[role=option]"));
      if (at >= 0) this.take(at);
    });
  }

  offer() {
    if (this.editor.inserting) return;
    const { selectionStart: caret, selectionEnd } = this.text;
    const before = this.text.value.slice(0, caret);
    this.found = caret === selectionEnd ? this.fitting(before, caret) : [];
    if (!this.found.length) {
      this.close();
      return;
    }
    this.list.replaceChildren(...this.found.map((one, at) => {
      const item = element("li", { id: `expression-choice-${at}`, role: "option" }, element("span", {}, one.label), element("code", {}, one.code), element("small", {}, one.note));
      item.setAttribute("role", "option");
      return item;
    }));
    this.count.textContent = word("choices_found", { count: this.found.length });
    this.list.hidden = false;
    this.mark(0);
    this.place(caret);
  }

  fitting(before, caret) {
    const { names, side } = this.editor;
    if (names.template && !holes(this.text.value).some(([from, to]) => from <= caret && caret <= to)) return [];
    const quoted = /(['"])([^'"]*)$/.exec(odd(before));
    if (quoted) return this.values(before, quoted[2], caret);
    const typed = /[\p{L}_][\p{L}\p{N}_.]*$/u.exec(before)?.[0];
    if (!typed) return [];
    const from = caret - typed.length;
    const wanted = typed.toLowerCase();
    // The first argument of a function over rows is the sub-table or its column, not a row's.
    const beginning = before.at(-typed.length - 1) === "(";
    const fields = [...side.fields.values()].map((one) => ({
      label: one.full, code: one.path, note: one.type, made: { text: one.path }, words: [one.path, one.label, one.full],
    }));
    const functions = [...side.functions.values()].map((one) => {
      const label = one.help.split(/[；。：]|[;.:](?=\s|$)/)[0];
      return { label, code: one.signature, note: one.family, made: call(one), words: [one.name, label, one.help] };
    });
    const called = this.text.value[caret] === "(";
    const scored = [...fields, ...functions]
      .map((one) => ({ ...one, from, to: caret, rank: rank(one.words, wanted) }))
      .filter((one) => one.rank < 9)
      .map((one) => ({ ...one, rank: one.rank + (beginning && /^row\./.test(one.code) ? 4 : 0) }));
    // What is written out already is only offered before names that go on with it: Tab must not take those.
    const bare = (one) => one.made.text === typed || (called && one.made.text === `${typed}()`);
    if (scored.every(bare)) return [];
    return scored.sort((a, b) => a.rank - b.rank || a.code.length - b.code.length).slice(0, MOST);
  }

  /** Values of the dictionaries of the fields that the expression names. */
  values(before, typed, caret) {
    const named = new Set(this.text.value.match(/[\p{L}_][\p{L}\p{N}_.]*/gu));
    const closed = /^['"]/.test(this.text.value.slice(caret));
    const found = [];
    for (const [path, one] of this.editor.side.fields) {
      if (!named.has(path) || !one.options) continue;
      for (const [value, label] of one.options) {
        if (value === typed || rank([value, label], typed.toLowerCase()) > 8) continue;
        const text = closed ? value : `${value}${before.at(-typed.length - 1)}`;
        found.push({ label, code: value, note: one.label, made: { text, caret: value.length + 1 }, from: caret - typed.length, to: caret });
      }
    }
    return found.slice(0, MOST);
  }

  pressed(event) {
    if (this.list.hidden || event.isComposing) return;
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps) this.mark((this.at + steps[event.key] + this.found.length) % this.found.length);
    else if ((event.key === "Enter" && !event.ctrlKey && !event.metaKey) || (event.key === "Tab" && !event.shiftKey)) this.take(this.at);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  take(at) {
    const { made, from, to } = this.found[at];
    this.close();
    this.text.setSelectionRange(to, to);
    const after = this.text.value.slice(to);
    // The bracket of a call that is already there is not written twice.
    const bare = made.text.endsWith("()") && after.startsWith("(");
    this.editor.insert(bare ? { text: made.text.slice(0, -2) } : made, from, to);
  }

  mark(at) {
    this.at = at;
    [...this.list.children].forEach((one, index) => one.setAttribute("aria-selected", String(index === at)));
    this.text.setAttribute("aria-activedescendant", `expression-choice-${at}`);
    this.list.children[at]?.scrollIntoView({ block: "nearest" });
  }

  close() {
    this.list.hidden = true;
    this.count.textContent = "";
    this.text.removeAttribute("aria-activedescendant");
  }

  /** Stands below the caret, as the mirror shows where that is. */
  place(caret) {
    const range = document.createRange();
    let left = caret;
    for (const node of this.editor.mirror.childNodes) {
      const length = node.textContent.length;
      if (left <= length) {
        range.setStart(node.firstChild, Math.min(left, length));
        break;
      }
      left -= length;
    }
    const box = range.getBoundingClientRect();
    const around = this.text.parentElement.getBoundingClientRect();
    const most = Math.max(0, around.width - this.list.offsetWidth);
    this.list.style.left = `${Math.min(Math.max(0, box.left - around.left), most)}px`;
    this.list.style.top = `${box.bottom - around.top + 2}px`;
  }
}

/** What follows the last quote that is still open; nothing if none is. */
function odd(before) {
  let open = "";
  for (let at = 0; at < before.length; at += 1) {
    if (open) {
      if (before[at] === "\\") at += 1;
      else if (before[at] === open[0]) open = "";
      else open += before[at];
    } else if (before[at] === "'" || before[at] === '"') open = before[at];
  }
  return open;
}

function rank(words, wanted) {
  let best = 9;
  words.forEach((one, at) => {
    const place = one.toLowerCase().indexOf(wanted);
    if (one.length === wanted.length && place === 0) best = -1;
    else if (place === 0) best = Math.min(best, at ? 1 : 0);
    else if (place > 0) best = Math.min(best, at > 1 ? 5 : 3);
  });
  return best;
}
