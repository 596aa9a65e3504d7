/**
 * Inputs whose value completes an edit: `data-change` is the edit as `builder/edits` names it.
 *
 * With `data-key` the value becomes that key (`data-as="numbers"`: a list of whole numbers; `checked`: the values
 * of the boxes inside that are checked); without, an option of a select is JSON whose keys are added. `data-reset` chooses the first option again: what was chosen has
 * become a row of its own. What the server refuses is told below the input, or as a message.
 */

import { edit } from "./draft.js";
import { tell } from "./panel.js";

/** @type {((chosen: object, input: HTMLElement) => object | null)[]} */
const readers = [];

/** Lets a page look at what was chosen first: `reader` returns what is to be sent, null for nothing. */
export function onChoice(reader) {
  readers.push(reader);
}

document.addEventListener("change", (event) => {
  const input = event.target.closest("[data-change]");
  if (!input) return;
  let chosen = valueOf(input);
  for (const reader of readers) chosen = chosen && reader(chosen, input);
  if (input.hasAttribute("data-reset")) input.selectedIndex = 0;
  if (!chosen) return;
  edit({ ...JSON.parse(input.dataset.change), ...chosen }, {
    refused: (failed) => tell(document.getElementById(input.id) ?? input, failed.problems[0]?.message ?? failed.message),
  });
});

// Enter in a text is as good as leaving it.
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.isComposing && event.target.matches("input[data-change]")) event.target.blur();
});

function valueOf(input) {
  const { key, as } = input.dataset;
  if (!key) return input.value ? JSON.parse(input.value) : null;
  if (as === "checked") {
    const checked = [...input.querySelectorAll("input:checked")].map((one) => one.value);
    return { [key]: checked.length ? checked : null };
  }
  if (as !== "numbers") return { [key]: input.value.trim() };
  const numbers = input.value.split(/[^\d]+/).filter(Boolean).map(Number);
  return { [key]: numbers.length ? numbers : null };
}
