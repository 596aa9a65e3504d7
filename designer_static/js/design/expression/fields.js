/** Fields as the condition builder offers them, and the comparisons that each kind of value has. */

import { word } from "../words.js";
import { element } from "./element.js";

const ORDER = ["eq", "ne", "gt", "ge", "lt", "le"];
const PEOPLE = ["user", "department", "company", "post", "role"];
const MOMENTS = ["date", "datetime", "time"];
/** How comparisons of dates are called. */
const OF_MOMENTS = { gt: "after", ge: "not_before", lt: "before", le: "not_after" };

/** A select with a name; `changed` gets the new value. */
export function choice(options, value, label, changed) {
  const made = element("select", { className: "control", ariaLabel: label });
  made.append(...options.map(([one, name]) => element("option", { value: one }, name)));
  made.value = value;
  made.addEventListener("change", () => changed(made.value));
  return made;
}

/** What stands for a field in a select. */
export function fieldKey({ field, of }) {
  return field ? `${of || ""}|${field}` : "";
}

/** Groups of fields, with what can be made of sub-tables and lists. */
export function fieldOptions(groups) {
  return groups.map(({ label, fields }) => ({ label, fields: fields.flatMap((one) => [...expanded(one)]) }));
}

/** The field that a row is about, null if the page does not know it. */
export function fieldOf(options, row) {
  const key = fieldKey(row);
  for (const { fields } of options) for (const one of fields) if (one.key === key) return one;
  return null;
}

/** Pairs of comparison and name for a field; `kept` stays in even if it is unusual. */
export function opsOf(field, kept) {
  const found = allowed(field);
  if (kept && !found.includes(kept)) found.push(kept);
  const moments = MOMENTS.includes(field?.kind);
  return found.map((one) => [one, word(`op_${(moments && OF_MOMENTS[one]) || one}`)]);
}

function allowed(field) {
  const kind = field?.kind;
  if (!field) return ["eq"];
  if (kind === "number" && field.of) return [...ORDER];
  if (kind === "number" || MOMENTS.includes(kind)) return [...ORDER, "empty", "filled"];
  if (kind === "boolean") return ["true", "false"];
  if (kind === "list") return ["has", "not_has", "empty", "filled"];
  if (kind === "text" && !field.options) return ["eq", "ne", "contains", "not_contains", "in", "not_in", "empty", "filled"];
  if (kind === "text" || PEOPLE.includes(kind)) return ["eq", "ne", "in", "not_in", "empty", "filled"];
  return ["empty", "filled"];
}

function* expanded(one, around = "") {
  const label = around ? `${around} › ${one.label}` : one.label;
  if (one.kind === "rows") {
    yield made(one, "count", label);
    for (const column of one.fields ?? []) yield* ofColumn(column, label);
    return;
  }
  yield made(one, "", label);
  if (one.kind === "list") yield made(one, "count", label);
  for (const below of one.fields ?? []) yield* expanded(below, label);
}

function* ofColumn(column, around) {
  const label = `${around} › ${column.label}`;
  if (column.item === "number") for (const of of ["sum", "avg", "max", "min"]) yield made(column, of, label);
  else if (MOMENTS.includes(column.item)) for (const of of ["max", "min"]) yield made(column, of, label, column.item);
  else yield made(column, "count", label);
}

function made(one, of, label, kind = "number") {
  const shown = of ? word(`of_${of}`, { name: label }) : label;
  return { ...one, key: `${of}|${one.path}`, of, label: shown, kind: of ? kind : one.kind };
}
