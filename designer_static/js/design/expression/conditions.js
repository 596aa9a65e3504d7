/**
 * The condition builder: rows of field, comparison and value, in groups of 且 and 或.
 *
 * The rows are the server's (`builder/edits/conditions.py`): it reads an expression into them and writes them as
 * one, so that both are always the same condition.
 */

import { Failed, send } from "../../request.js";
import { word } from "../words.js";
import { element } from "./element.js";
import { choice, fieldKey, fieldOptions, fieldOf, opsOf } from "./fields.js";
import { emptyValue, modeOf, modesOf, valueOf, valueInput } from "./values.js";

/** Milliseconds after the last change until the rows are written. */
const PAUSE = 150;

export class Conditions {
  /**
   * @param {HTMLDialogElement} dialog
   * @param {string} url
   * @param {{written: (source: string) => void, unfinished: () => void}} told
   */
  constructor(dialog, url, { written, unfinished }) {
    this.url = url;
    this.written = written;
    this.unfinished = unfinished;
    this.place = dialog.querySelector("[data-rows]");
    this.problem = dialog.querySelector("[data-rows-problem]");
    this.names = { groups: [] };
    this.turn = 0;
  }

  /** Asks for the rows of an expression: `{rows}`, or `{message}` that says why it has none. */
  async ask(source, scope) {
    try {
      return await send(`${this.url}rows`, { data: { scope, source } });
    } catch (error) {
      if (!(error instanceof Failed)) throw error;
      return { message: error.message };
    }
  }

  /** Shows rows that were asked for; returns why there are none, "" if there are. */
  show(answer) {
    if (!answer.rows) return answer.message;
    this.group = answer.rows;
    this.options = fieldOptions(this.names.groups);
    if (!this.group.rows.length) this.group.rows.push(blank());
    this.problem.hidden = true;
    this.draw();
    return "";
  }

  /** Lets go of what was chosen last and is not written yet: the dialog is about something else. */
  drop() {
    clearTimeout(this.timer);
    this.timer = 0;
    this.turn += 1;
    this.writing = null;
  }

  /** Resolves when what was chosen last is written. */
  async finish() {
    if (this.timer) this.begin();
    await this.writing;
  }

  draw(focus = "") {
    this.number = 0;
    this.place.replaceChildren(this.drawn(this.group, null));
    if (focus) this.place.querySelector(`#${focus}`)?.focus();
  }

  drawn(group, around) {
    const join = choice(
      [["and", word("rows_all")], ["or", word("rows_any")]],
      group.join,
      word("rows_join"),
      (value) => {
        group.join = value;
        this.changed();
        this.draw();
      },
    );
    const not = element("input", { type: "checkbox", checked: group.not });
    not.addEventListener("change", () => {
      group.not = not.checked;
      this.changed();
    });
    const head = element("div", { className: "cond__head" }, join, element("label", { className: "cond__not" }, not, word("rows_not")));
    if (around) head.append(this.remover(around, group, word("remove_group")));
    const list = element("ul", { className: "cond__rows" });
    for (const row of group.rows) {
      const inside = "rows" in row ? this.drawn(row, group) : this.row(row, group);
      list.append(element("li", {}, inside));
    }
    const more = element("div", { className: "cond__more" }, this.adder(group, word("add_row"), blank));
    more.append(this.adder(group, word("add_group"), () => ({ join: group.join === "and" ? "or" : "and", not: false, rows: [blank(), blank()] })));
    const box = element("div", { className: `cond cond--${group.join}` }, head, list, more);
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", word("rows_group"));
    return box;
  }

  row(row, group) {
    this.number += 1;
    const number = this.number;
    const id = `condition-${number}`;
    const name = (what) => word(`row_${what}`, { number });
    const known = fieldOf(this.options, row);
    const line = element("div", { className: "cond__row" });
    const field = this.fieldChoice(row, name("field"), id);
    const ops = choice(opsOf(known, row.op), row.op, name("op"), (value) => {
      const before = modeOf(row, known);
      row.op = value;
      if (modesOf(known, row).length === 0) row.value = null;
      else if (!row.value || modeOf(row, known) !== before || wantsList(row) !== (row.value?.kind === "list")) row.value = emptyValue(known, row);
      this.changed();
      this.draw(`${id}-op`);
    });
    ops.id = `${id}-op`;
    line.append(field, ops);
    const modes = modesOf(known, row);
    if (modes.length) {
      const mode = choice(modes.map((one) => [one, word(`mode_${one}`)]), modeOf(row, known), name("mode"), (value) => {
        row.value = emptyValue(known, row, value);
        this.changed();
        this.draw(`${id}-mode`);
      });
      mode.id = `${id}-mode`;
      mode.classList.add("cond__mode");
      line.append(mode, valueInput(row, known, this.options, name("value"), () => this.changed()));
    }
    line.append(this.remover(group, row, word("remove_row", { number })));
    return line;
  }

  fieldChoice(row, label, id) {
    const made = element("select", { className: "control cond__field", ariaLabel: label, id: `${id}-field` });
    made.append(element("option", { value: "" }, word("choose_field")));
    const key = fieldKey(row);
    for (const group of this.options) {
      const part = element("optgroup", { label: group.label });
      part.append(...group.fields.map((one) => element("option", { value: one.key }, one.label)));
      made.append(part);
    }
    if (row.field && ![...made.options].some((one) => one.value === key)) made.append(element("option", { value: key }, row.of ? `${row.of}(${row.field})` : row.field));
    made.value = key;
    made.addEventListener("change", () => {
      const [of, path] = made.value.split("|");
      Object.assign(row, { field: path ?? "", of: of ?? "" });
      const known = fieldOf(this.options, row);
      const ops = opsOf(known, "").map(([value]) => value);
      if (!ops.includes(row.op)) [row.op] = ops;
      row.value = modesOf(known, row).length ? emptyValue(known, row) : null;
      this.changed();
      this.draw(`${id}-field`);
    });
    return made;
  }

  adder(group, label, make) {
    const button = element("button", { type: "button", className: "button button--plain button--small button--link" }, `+ ${label}`);
    button.addEventListener("click", () => {
      group.rows.push(make());
      this.changed();
      this.draw();
      const rows = [...this.place.querySelectorAll(".cond__field")];
      rows.find((one) => !one.value)?.focus();
    });
    return button;
  }

  remover(group, row, label) {
    const button = element("button", { type: "button", className: "button button--plain button--small button--icon cond__remove", title: label, ariaLabel: label }, "×");
    button.addEventListener("click", () => {
      group.rows.splice(group.rows.indexOf(row), 1);
      this.changed();
      this.draw();
      this.place.querySelector("select")?.focus();
    });
    return button;
  }

  changed() {
    this.unfinished();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.begin(), PAUSE);
  }

  begin() {
    clearTimeout(this.timer);
    this.timer = 0;
    this.writing = this.write();
  }

  async write() {
    this.turn += 1;
    const mine = this.turn;
    const rows = bare(this.group);
    let source = "";
    let refused = "";
    try {
      if (rows) ({ source, message: refused } = await send(`${this.url}text`, { data: { rows } }));
    } catch (error) {
      if (!(error instanceof Failed)) throw error;
      refused = error.message;
    }
    if (mine !== this.turn) return;
    this.problem.textContent = refused;
    this.problem.hidden = !refused;
    if (refused) this.unfinished();
    else this.written(source);
  }
}

function blank() {
  return { field: "", of: "", op: "eq", value: null };
}

/** A group without groups that say nothing; null if nothing is left. */
function bare(group) {
  const rows = group.rows.map((one) => ("rows" in one ? bare(one) : { ...one, value: valueOf(one) })).filter(Boolean);
  return rows.length ? { ...group, rows } : null;
}

function wantsList(row) {
  return row.op === "in" || row.op === "not_in";
}
