/** What the check found: words, names as chips, problems at their places, the result on sample values. */

import { element } from "./element.js";
import { word } from "../words.js";

const TYPES = { date: "date", datetime: "datetime-local", time: "time" };

export class Report {
  constructor(dialog, { select, changed }) {
    const part = (name) => dialog.querySelector(`[data-${name}]`);
    this.parts = { said: part("said"), chips: part("chips"), problems: part("problems"), trial: part("trial"), inputs: part("sample"), result: part("result") };
    this.select = select;
    this.changed = changed;
    this.given = {};
    this.shown = "";
    let timer;
    this.parts.inputs.addEventListener("input", (event) => {
      const input = event.target;
      this.given[input.dataset.path] = input.multiple ? [...input.selectedOptions].map((one) => one.value).join("、") : input.value;
      clearTimeout(timer);
      timer = setTimeout(changed, 250);
    });
    this.parts.problems.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button) select(Number(button.dataset.from), Number(button.dataset.to));
    });
  }

  /** The sample values that a hand has changed. */
  sample() {
    return this.given;
  }

  clear() {
    this.given = {};
    this.shown = "";
    for (const one of [this.parts.said, this.parts.chips, this.parts.problems, this.parts.inputs, this.parts.result]) one.replaceChildren();
    this.parts.trial.hidden = true;
  }

  show(answer) {
    const { said, chips, problems, trial, result } = this.parts;
    said.textContent = answer.words;
    const named = new Map(answer.names.map((one) => [one.path, one.label]));
    chips.replaceChildren(...[...named].map(([path, label]) => element("span", { className: "tag tag--accent" }, label, element("code", {}, path))));
    problems.replaceChildren(...answer.problems.map((one) => {
      const button = element("button", { type: "button", className: "text-button" }, one.message);
      Object.assign(button.dataset, { from: one.from, to: one.to });
      return element("li", {}, button);
    }));
    trial.hidden = !answer.ok && !answer.sample.length;
    this.inputs(answer.sample);
    result.textContent = answer.result.text || answer.result.note;
    result.classList.toggle("muted", !answer.result.text);
  }

  inputs(sample) {
    const shape = sample.map((one) => `${one.path}:${one.kind}`).join("|");
    if (shape !== this.shown) {
      this.shown = shape;
      this.parts.inputs.replaceChildren(...sample.map((one, at) => this.input(one, at)));
    }
    sample.forEach((one, at) => {
      const problem = this.parts.inputs.children[at].querySelector(".problem");
      problem.textContent = one.problem;
      problem.hidden = !one.problem;
    });
  }

  input(one, at) {
    const id = `expression-sample-${at}`;
    const made = control(one);
    made.id = id;
    made.dataset.path = one.path;
    made.classList.add("control");
    return element(
      "div",
      { className: "expr__given" },
      element("label", { htmlFor: id, title: one.path }, one.label),
      made,
      element("p", { className: "problem", hidden: true }),
    );
  }
}

function control(one) {
  if (one.kind === "boolean") return chosen([["true", word("yes")], ["false", word("no")], ["", "—"]], [one.text]);
  if (one.kind === "choice") return chosen([...one.options, ["", "—"]], [one.text]);
  if (one.kind === "list" && one.options.length) {
    const made = chosen(one.options, one.text.split("、"));
    made.multiple = true;
    made.size = Math.min(4, one.options.length);
    for (const option of made.options) option.selected = one.text.split("、").includes(option.value);
    return made;
  }
  const numeric = one.kind === "number" || one.kind === "rows";
  return element("input", { type: TYPES[one.kind] ?? "text", value: one.text, autocomplete: "off", inputMode: numeric ? "decimal" : "" });
}

function chosen(options, values) {
  return element("select", {}, ...options.map(([value, label]) => element("option", { value, selected: values.includes(value) }, label)));
}
