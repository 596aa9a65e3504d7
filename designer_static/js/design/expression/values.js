/** Values of the condition builder: which kinds a comparison takes, and an input for each. */

import { send } from "../../request.js";
import { word } from "../words.js";
import { element } from "./element.js";

const ALONE = ["empty", "filled", "true", "false"];
const PEOPLE = ["user", "department", "company", "post", "role"];

/** Kinds of value that a row can have, most usual first; none if its comparison needs none. */
export function modesOf(field, row) {
  if (!field && !row.value) return [];
  if (ALONE.includes(row.op)) return [];
  if (row.op === "in" || row.op === "not_in") return ["fixed", "name"];
  if (field?.kind === "date") return ["today", "date", "name", "formula"];
  if (field?.kind === "datetime") return ["now", "datetime", "name", "formula"];
  if (field?.kind === "time") return ["name", "formula"];
  return ["fixed", "name", "formula"];
}

/** The kind of a row's value. */
export function modeOf(row, field) {
  const kind = row.value?.kind;
  const modes = modesOf(field, row);
  if (modes.includes(kind)) return kind;
  if (kind && kind !== "name" && modes.includes("fixed")) return "fixed";
  return kind === "today" || kind === "now" ? kind : modes[0];
}

/** A value to begin with. */
export function emptyValue(field, row, mode = modesOf(field, row)[0]) {
  if (mode === "name") return { kind: "name", field: "", of: "" };
  if (mode === "formula") return { kind: "formula", text: "" };
  if (mode === "today" || mode === "now") return { kind: mode, days: 0 };
  if (mode === "date" || mode === "datetime") return { kind: mode, text: "" };
  if (row.op === "in" || row.op === "not_in") return { kind: "list", items: [] };
  if (itemKind(field) === "number") return { kind: "number", text: "" };
  return { kind: "text", text: "" };
}

/** A row's value as the server takes it; null if there is none yet. */
export function valueOf(row) {
  return ALONE.includes(row.op) ? null : row.value;
}

/** An input for a row's value; `changed` is called after it has been put into the row. */
export function valueInput(row, field, options, label, changed) {
  const { value } = row;
  switch (value?.kind) {
    case "name":
      return nameInput(value, field, options, label, changed);
    case "today":
    case "now":
      return daysInput(value, label, changed);
    case "date":
    case "datetime":
      return dateInput(value, label, changed);
    case "formula":
      return textInput(value.text, label, (text) => Object.assign(value, { text }), changed);
    case "list":
      return listInput(value, field, label, changed);
    case "boolean":
      return select([["true", word("yes")], ["false", word("no")]], String(value.value), label, (one) => Object.assign(value, { value: one === "true" }), changed);
  }
  if (field?.options) {
    return select([["", word("choose_value")], ...field.options], value.text, label, (text) => Object.assign(value, { text }), changed);
  }
  const made = textInput(value.text, label, (text) => Object.assign(value, { text }), changed, value.kind === "number");
  const kind = itemKind(field);
  return PEOPLE.includes(kind) ? suggested(made, kind) : made;
}

function itemKind(field) {
  return field?.kind === "list" ? field.item : field?.kind;
}

function nameInput(value, field, options, label, changed) {
  const kind = itemKind(field);
  const groups = options
    .map((group) => ({ label: group.label, fields: group.fields.filter((one) => one.key !== field?.key && (!kind || fits(one.kind, kind))) }))
    .filter((group) => group.fields.length);
  const made = element("select", { className: "control cond__value", ariaLabel: label }, element("option", { value: "" }, word("choose_field")));
  for (const group of groups) {
    made.append(element("optgroup", { label: group.label }, ...group.fields.map((one) => element("option", { value: one.key }, one.label))));
  }
  const key = value.field ? `${value.of || ""}|${value.field}` : "";
  if (key && ![...made.options].some((one) => one.value === key)) made.append(element("option", { value: key }, value.field));
  made.value = key;
  made.addEventListener("change", () => {
    const [of, path] = made.value.split("|");
    Object.assign(value, { of: of ?? "", field: path ?? "" });
    changed();
  });
  return made;
}

function fits(one, wanted) {
  const textual = (kind) => kind === "text" || PEOPLE.includes(kind);
  return one === wanted || (textual(one) && textual(wanted) && (one === "text" || wanted === "text"));
}

function daysInput(value, label, changed) {
  const made = element("input", { className: "control cond__days", type: "number", step: "1", value: String(value.days), ariaLabel: label });
  made.addEventListener("input", () => {
    value.days = made.value.trim() === "" ? 0 : Number(made.value);
    changed();
  });
  return element("span", { className: "cond__value cond__offset" }, "+", made, element("small", {}, word("days_offset")));
}

/** The browser writes a T between day and time, the language a blank. */
function dateInput(value, label, changed) {
  const type = value.kind === "date" ? "date" : "datetime-local";
  const made = element("input", { className: "control cond__value", type, ariaLabel: label, value: value.text.replace(" ", "T") });
  made.addEventListener("input", () => {
    value.text = made.value.replace("T", " ").slice(0, 16);
    changed();
  });
  return made;
}

function textInput(text, label, put, changed, numeric = false) {
  const made = element("input", { className: "control cond__value", value: text ?? "", ariaLabel: label, autocomplete: "off", inputMode: numeric ? "decimal" : "" });
  made.addEventListener("input", () => {
    put(numeric ? made.value.trim().replaceAll(/[,，\s]/g, "") : made.value);
    changed();
  });
  return made;
}

function select(options, value, label, put, changed) {
  const made = element("select", { className: "control cond__value", ariaLabel: label }, ...options.map(([one, name]) => element("option", { value: one }, name)));
  if (value && ![...made.options].some((one) => one.value === value)) made.append(element("option", { value }, value));
  made.value = value ?? "";
  made.addEventListener("change", () => {
    put(made.value);
    changed();
  });
  return made;
}

function listInput(value, field, label, changed) {
  const kind = itemKind(field) === "number" ? "number" : "text";
  const texts = value.items.map((one) => one.text);
  if (!field?.options) {
    const made = textInput(texts.join("、"), label, (text) => {
      value.items = text.split(/[、,，]/).map((one) => one.trim()).filter(Boolean).map((one) => ({ kind, text: one }));
    }, changed);
    made.placeholder = word("several_values");
    return made;
  }
  const known = new Set(field.options.map(([one]) => one));
  const all = [...field.options, ...texts.filter((one) => !known.has(one)).map((one) => [one, one])];
  const box = element("fieldset", { className: "cond__value cond__list" }, element("legend", { className: "sr" }, label));
  for (const [one, name] of all) {
    const tick = element("input", { type: "checkbox", value: one, checked: texts.includes(one) });
    box.append(element("label", {}, tick, name));
  }
  box.addEventListener("change", () => {
    value.items = [...box.querySelectorAll("input:checked")].map((one) => ({ kind: "text", text: one.value }));
    changed();
  });
  return box;
}

/** Names of people and the like below an input; what is kept is their code. */
function suggested(input, kind) {
  const id = `condition-people-${Math.random().toString(36).slice(2)}`;
  const list = element("datalist", { id });
  input.setAttribute("list", id);
  let timer;
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      try {
        const { items } = await send(`/directory/${kind}?q=${encodeURIComponent(input.value)}`);
        list.replaceChildren(...items.map((one) => element("option", { value: one.value, label: one.label })));
      } catch {
        list.replaceChildren(); // a code can still be typed
      }
    }, 250);
  });
  return element("span", { className: "cond__value" }, input, list);
}
