/** The dialog of one expression: fields and functions, its text or its rows, its check, its result. */

import { Failed, send } from "../../request.js";
import { word } from "../words.js";
import { Choices } from "./choices.js";
import { Conditions } from "./conditions.js";
import { marked, offsets } from "./marks.js";
import { Report } from "./report.js";
import { Side } from "./side.js";

/** Milliseconds after the last key until the text is checked. */
const PAUSE = 250;

export class Editor {
  /**
   * @param {HTMLDialogElement} dialog
   * @param {string} url  where the server answers: `…/expression/`
   */
  constructor(dialog, url) {
    this.dialog = dialog;
    this.url = url;
    this.text = dialog.querySelector("[data-text]");
    this.mirror = dialog.querySelector("[data-mirror]");
    this.accept = dialog.querySelector("[data-accept]");
    this.keep = dialog.querySelector("[data-keep]");
    this.state = dialog.querySelector("[data-state]");
    this.tabs = dialog.querySelector("[data-tabs]");
    this.refused = dialog.querySelector("[data-refused]");
    this.side = new Side(dialog, { insert: (made) => this.add(made) });
    this.report = new Report(dialog, {
      select: (from, to) => this.select(from, to),
      changed: () => this.check(),
    });
    this.choices = new Choices(this);
    this.rows = new Conditions(dialog, url, { written: (source) => this.put(source), unfinished: () => this.unfinished() });
    this.listen();
  }

  /**
   * Opens the editor; resolves to the text accepted, or to null.
   * @param {{scope: string, want: string, title: string, source: string}} what
   */
  async open({ scope, want, title, source }) {
    Object.assign(this, { scope, want, answer: null, ready: false, incomplete: false, touched: false });
    this.turn = (this.turn ?? 0) + 1;
    this.rows.drop();
    this.names = { groups: [], functions: [] };
    this.dialog.querySelector("h2").textContent = title;
    const wanted = word(`want_${want || "any"}`);
    this.dialog.querySelector("[data-wanted]").textContent = wanted.startsWith("want_") ? word("want_any") : wanted;
    this.report.clear();
    this.side.show(this.names);
    this.refused.hidden = true;
    this.tabs.hidden = true;
    this.tab("text");
    this.text.value = source;
    this.draw();
    this.made = null;
    this.dialog.showModal();
    this.text.focus();
    this.text.setSelectionRange(source.length, source.length);
    this.load(scope, source);
    this.check();
    return new Promise((resolve) => {
      this.dialog.addEventListener("close", () => resolve(this.made), { once: true });
    });
  }

  async load(scope, source) {
    const { turn } = this;
    try {
      const names = await send(`${this.url}names`, { data: { scope } });
      if (turn !== this.turn) return;
      this.names = names;
    } catch (error) {
      if (!(error instanceof Failed)) throw error;
      if (turn === this.turn) this.state.textContent = error.message;
      return;
    }
    this.side.show(this.names);
    this.rows.names = this.names;
    if (this.want !== "boolean" || this.names.template) return;
    this.tabs.hidden = false;
    // A condition begins with rows wherever it has any: nobody has to know how it is written. Whoever has begun
    // to do something is not interrupted.
    if (this.text.value === source && !this.touched) await this.showRows({ quietly: true });
  }

  listen() {
    const { dialog, text } = this;
    for (const kind of ["pointerdown", "keydown"]) dialog.addEventListener(kind, () => (this.touched = true), true);
    text.addEventListener("input", () => this.changed());
    text.addEventListener("scroll", () => this.follow());
    for (const kind of ["keyup", "click"]) text.addEventListener(kind, () => this.side.around(text.value, text.selectionStart));
    for (const button of dialog.querySelectorAll("[data-cancel]")) button.addEventListener("click", () => dialog.close());
    this.accept.addEventListener("click", () => this.finish());
    this.keep.addEventListener("click", () => this.finish(true));
    dialog.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        this.finish();
      }
      // Undo, saving and the like of the page below mean nothing here.
      event.stopPropagation();
    });
    this.tabs.addEventListener("change", (event) => {
      if (event.target.value === "rows") this.showRows();
      else this.showText();
    });
  }

  /** Shows the rows of the text, if it has any; else says why not. */
  async showRows({ quietly = false } = {}) {
    const { turn } = this;
    const source = this.text.value;
    const answer = await this.rows.ask(source, this.scope);
    if (turn !== this.turn || source !== this.text.value || (quietly && this.touched)) return;
    const refused = this.rows.show(answer);
    this.tab(refused ? "text" : "rows");
    this.refused.textContent = quietly ? "" : refused;
    this.refused.hidden = quietly || !refused;
    if (!refused) this.dialog.querySelector("[data-rows] select")?.focus();
  }

  /** Shows the text, with what was last chosen in the rows. */
  async showText() {
    const { turn } = this;
    await this.rows.finish();
    if (turn !== this.turn) return;
    this.tab("text");
    this.incomplete = false;
    this.check();
  }

  tab(which) {
    for (const one of this.dialog.querySelectorAll("[data-work]")) one.hidden = one.dataset.work !== which;
    for (const one of this.tabs.querySelectorAll("input")) one.checked = one.value === which;
    this.dialog.classList.toggle("is-rows", which === "rows");
    this.dialog.querySelector("[data-side]").hidden = which === "rows";
  }

  /** Takes the text that rows are written as. */
  put(source) {
    this.incomplete = false;
    this.text.value = source;
    this.changed();
  }

  unfinished() {
    clearTimeout(this.timer);
    this.answer = null;
    this.ready = false;
    this.incomplete = true;
    this.accept.disabled = true;
    this.keep.hidden = true;
    this.state.textContent = "";
  }

  changed() {
    this.refused.hidden = true;
    this.draw();
    this.ready = false;
    this.accept.disabled = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.check(), PAUSE);
  }

  /** Puts a name or a function where the caret is, apart from the word before it. */
  add(made) {
    const { selectionStart: from, selectionEnd: to, value } = this.text;
    const apart = /[\p{L}\p{N}_)'"]$/u.test(value.slice(0, from)) ? " " : "";
    const text = made.row && this.side.runsOver(made.text, value, from) ? made.row : made.text;
    const { caret = text.length } = made;
    this.insert({ text: apart + text, caret: apart.length + caret }, from, to);
  }

  /** Puts a text in the place of another; the caret comes to stand inside or behind it. */
  insert({ text, caret = text.length }, from, to) {
    this.text.focus();
    this.text.setSelectionRange(from, to);
    this.inserting = true;
    // The one way that leaves the box its own undo.
    if (!document.execCommand("insertText", false, text)) this.text.setRangeText(text, from, to, "end");
    this.inserting = false;
    const at = from + caret;
    this.text.setSelectionRange(at, at);
    this.changed();
    this.side.around(this.text.value, at);
  }

  select(from, to) {
    this.tab("text");
    this.text.focus();
    this.text.setSelectionRange(from, to);
  }

  async check() {
    if (this.running) {
      this.rerun = true;
      return;
    }
    clearTimeout(this.timer);
    const source = this.text.value;
    if (!source.trim()) {
      this.report.clear();
      this.done({ ok: true, problems: [], names: [], empty: true }, source);
      return;
    }
    this.running = true;
    this.state.classList.remove("is-bad");
    this.state.textContent = word("checking");
    const { scope, want } = this;
    try {
      const answer = await send(`${this.url}check`, { data: { scope, want, source, sample: this.report.sample() } });
      if (scope === this.scope) {
        answer.problems = offsets(source, answer.problems);
        answer.names = offsets(source, answer.names);
        this.done(answer, source);
      }
    } catch (error) {
      if (!(error instanceof Failed)) throw error;
      this.state.textContent = error.message;
    } finally {
      this.running = false;
    }
    if (this.rerun || source !== this.text.value) {
      this.rerun = false;
      this.check();
    }
  }

  done(answer, source) {
    // Rows that are not finished are not the text that was checked.
    if (source !== this.text.value || this.incomplete) return;
    this.answer = answer;
    this.ready = true;
    this.draw();
    if (!answer.empty) this.report.show(answer);
    this.accept.disabled = !answer.ok;
    this.keep.hidden = answer.ok;
    const count = answer.problems.length;
    this.state.textContent = answer.empty ? word("empty_expression") : count ? word("wrong", { count }) : `${word("right")} · ${answer.type}`;
    this.state.classList.toggle("is-bad", count > 0);
  }

  /** Accepts the text; one that is wrong only on purpose. */
  finish(anyway = false) {
    if (!anyway && (!this.ready || !this.answer?.ok)) return;
    this.made = this.text.value.trim();
    this.dialog.close();
  }

  draw() {
    this.mirror.replaceChildren(...marked(this.text.value, {
      names: this.side.fields,
      functions: this.side.functions,
      template: this.names.template,
      problems: this.ready ? this.answer?.problems ?? [] : [],
    }));
    this.follow();
  }

  follow() {
    this.mirror.scrollTop = this.text.scrollTop;
  }
}
