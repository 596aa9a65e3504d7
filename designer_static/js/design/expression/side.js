/** Fields and functions beside the text: found by label or code, put in by a click, explained. */

import { word } from "../words.js";
import { element } from "./element.js";

export class Side {
  constructor(dialog, { insert }) {
    this.insert = insert;
    this.find = dialog.querySelector("[data-find]");
    this.help = dialog.querySelector("[data-help]");
    this.lists = { fields: dialog.querySelector("[data-fields]"), functions: dialog.querySelector("[data-functions]") };
    /** Every name by its path, every function by its name. */
    this.fields = new Map();
    this.functions = new Map();
    this.find.addEventListener("input", () => this.sift());
    const side = dialog.querySelector("[data-side]");
    side.addEventListener("change", (event) => {
      if (event.target.name !== "expression-side") return;
      for (const [name, list] of Object.entries(this.lists)) list.hidden = name !== event.target.value;
      this.sift();
    });
    side.addEventListener("click", (event) => this.clicked(event));
    side.addEventListener("focusin", (event) => {
      const name = event.target.dataset?.function;
      if (name) this.explain(name);
    });
    side.addEventListener("keydown", (event) => this.step(event));
  }

  /** Shows the names and functions of a place. */
  show({ groups, functions }) {
    this.fields = new Map();
    this.functions = new Map(functions.map((one) => [one.name, one]));
    this.help.hidden = true;
    this.find.value = "";
    this.lists.fields.replaceChildren(...groups.map((group, at) => this.group(group, at < 4)));
    const families = Map.groupBy ? Map.groupBy(functions, (one) => one.family) : grouped(functions);
    this.lists.functions.replaceChildren(...[...families].map(([label, list]) => this.family(label, list)));
  }

  group({ label, fields }, open) {
    const box = element("details", { className: "expr__group", open }, element("summary", {}, label));
    box.append(element("ul", {}, ...fields.map((one) => this.field(one))));
    return box;
  }

  field(one, around = "") {
    this.fields.set(one.path, { ...one, full: around ? `${around} › ${one.label}` : one.label });
    if (one.row && !this.fields.has(one.row)) this.fields.set(one.row, { ...one, path: one.row, kind: one.item, full: one.label });
    const item = element("li", { className: "expr__item" });
    const line = element("div", { className: "expr__line" });
    const put = element(
      "button",
      { type: "button", className: "expr__put", title: one.path },
      element("span", {}, one.label),
      element("small", {}, one.type),
    );
    put.dataset.path = one.path;
    if (one.row) put.dataset.row = one.row;
    put.dataset.find = `${one.label} ${one.path}`.toLowerCase();
    line.append(put);
    item.append(line);
    if (one.fields?.length) {
      const more = element("button", { type: "button", className: "expr__more", ariaExpanded: "false", ariaLabel: word("show_columns", { name: one.label }) });
      line.prepend(more);
      const below = element("ul", { hidden: true }, ...one.fields.map((each) => this.field(each, one.label)));
      item.append(below);
    }
    return item;
  }

  family(label, list) {
    const items = list.map((one) => {
      const put = element("button", { type: "button", className: "expr__put", title: one.help }, element("code", {}, one.signature));
      put.dataset.function = one.name;
      put.dataset.find = `${one.name} ${one.help} ${label}`.toLowerCase();
      return element("li", { className: "expr__item" }, put);
    });
    return element("details", { className: "expr__group", open: true }, element("summary", {}, label), element("ul", {}, ...items));
  }

  clicked(event) {
    const more = event.target.closest(".expr__more");
    if (more) {
      const open = more.getAttribute("aria-expanded") !== "true";
      more.setAttribute("aria-expanded", String(open));
      more.closest("li").querySelector("ul").hidden = !open;
      return;
    }
    const put = event.target.closest(".expr__put");
    if (!put) return;
    if (put.dataset.path) this.insert({ text: put.dataset.path, row: put.dataset.row });
    else this.insert(call(this.functions.get(put.dataset.function)));
  }

  /** ↑ ↓ go from one to the next. */
  step(event) {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    if (!event.target.matches("[data-find], .expr__more, .expr__put")) return;
    event.preventDefault();
    const list = this.lists.fields.hidden ? this.lists.functions : this.lists.fields;
    const all = [this.find, ...[...list.querySelectorAll(".expr__put")].filter((one) => one.checkVisibility())];
    const at = all.indexOf(event.target) + (event.key === "ArrowDown" ? 1 : -1);
    all[Math.max(0, Math.min(at, all.length - 1))]?.focus();
  }

  /** Leaves what holds the words searched for. */
  sift() {
    const wanted = this.find.value.trim().toLowerCase();
    for (const list of Object.values(this.lists)) {
      for (const item of [...list.querySelectorAll(".expr__item")].reverse()) {
        const own = item.querySelector(".expr__put").dataset.find.includes(wanted);
        const below = [...item.querySelectorAll(":scope > ul > li")].some((one) => !one.hidden);
        item.hidden = Boolean(wanted) && !own && !below;
        const columns = item.querySelector(":scope > ul");
        if (!columns) continue;
        columns.hidden = !(wanted && below);
        item.querySelector(".expr__more").setAttribute("aria-expanded", String(!columns.hidden));
      }
      for (const group of list.querySelectorAll(".expr__group")) {
        group.hidden = ![...group.querySelectorAll("li")].some((one) => !one.hidden);
        if (wanted) group.open = true;
      }
    }
  }

  /** Explains the function that the caret stands in. */
  around(source, caret) {
    const name = callAround(source, caret)?.name;
    if (name && this.functions.has(name)) this.explain(name);
  }

  /** Whether a column is named by its row where the caret stands: behind `sum(lines, `. */
  runsOver(path, source, caret) {
    const found = callAround(source, caret);
    const over = found?.written.split(",");
    return over?.length > 1 && over[0].trim() === path.slice(0, path.lastIndexOf("."));
  }

  explain(name) {
    const one = this.functions.get(name);
    this.help.hidden = false;
    const example = element("p", {}, `${word("example")} `, element("code", {}, one.example));
    if (one.gives) example.append(` → ${one.gives}`);
    this.help.replaceChildren(
      element("p", {}, element("code", {}, one.signature), ` ${word("gives")} ${one.result}`),
      element("p", {}, one.help),
      example,
    );
  }
}

/** A function as it is put in, the caret where its first argument comes. */
export function call(one) {
  const text = `${one.name}()`;
  return { text, caret: one.params.length ? text.length - 1 : text.length };
}

/** The call that the caret stands in: its function, and what is written of it so far. */
function callAround(source, caret) {
  let depth = 0;
  for (let at = caret - 1; at >= 0; at -= 1) {
    if (source[at] === ")") depth += 1;
    if (source[at] === "(") depth -= 1;
    const name = depth < 0 && /[\p{L}_][\p{L}\p{N}_]*$/u.exec(source.slice(0, at))?.[0];
    // Brackets around a sum are no call: what stands around them is.
    if (name && !["and", "or", "not", "in"].includes(name)) return { name, written: source.slice(at + 1, caret) };
    if (depth < 0) depth = 0;
  }
  return null;
}

function grouped(list) {
  const found = new Map();
  for (const one of list) found.set(one.family, [...(found.get(one.family) ?? []), one]);
  return found;
}
