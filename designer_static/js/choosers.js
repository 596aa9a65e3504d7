/** Searchable selects: people, departments, companies, posts, and long dictionaries. `GET url?q=` → {items}. */

import { Failed, send } from "./request.js";
import { text } from "./texts.js";
import { toast } from "./toast.js";

/**
 * Makes selects with `data-search` searchable; those in rows when first used, since there may be hundreds.
 * @param {HTMLElement} root
 */
export function choosers(root) {
  for (const select of root.querySelectorAll("select[data-search]")) {
    if (!select.closest("[data-row], template")) chooser(select);
  }
  const use = (event) => {
    const select = event.target.closest?.("select[data-search]");
    if (!select || select.tomselect || !select.closest("[data-row]")) return;
    event.preventDefault();
    const made = chooser(select);
    // Once the browser is done with focusing the select itself.
    setTimeout(() => made.control_input.focus());
  };
  root.addEventListener("mousedown", use);
  root.addEventListener("focusin", use);
}

function chooser(select) {
  const url = select.dataset.search;
  const label = select.getAttribute("aria-label");
  const made = new TomSelect(select, {
    plugins: select.multiple ? ["remove_button"] : [],
    valueField: "value",
    labelField: "label",
    searchField: url ? [] : ["label"],
    options: [...select.options].filter((one) => one.value).map((one) => ({ value: one.value, label: one.text, note: one.dataset.note })),
    items: [...select.selectedOptions].map((one) => one.value).filter(Boolean),
    allowEmptyOption: false,
    maxOptions: 300,
    preload: url ? "focus" : false,
    shouldLoad: () => Boolean(url),
    load: url ? load(url) : undefined,
    // Everything the server answers fits: it has searched already, by name, code or pinyin.
    score: url ? () => () => 1 : undefined,
    dropdownParent: select.closest("dialog") ?? "body",
    placeholder: select.options[0]?.value === "" ? select.options[0].text : text("choose"),
    hidePlaceholder: true,
    render: {
      option: (data, escape) => `<div>${escape(data.label)}${data.note ? `<small>${escape(data.note)}</small>` : ""}</div>`,
      item: (data, escape) => `<div>${escape(data.label)}</div>`,
      no_results: () => `<div class="no-results">${text("no_results")}</div>`,
      loading: () => '<div class="spinner"></div>',
    },
  });
  // The select stays behind as the place of the value; the new input is what people use and hear.
  select.setAttribute("aria-hidden", "true");
  if (label) made.control_input.setAttribute("aria-label", label);
  return made;
}

function load(url) {
  return function search(query, callback) {
    this.clearOptions((option) => this.items.includes(option.value));
    const address = `${url}${url.includes("?") ? "&" : "?"}q=${encodeURIComponent(query)}`;
    send(address).then(
      ({ items }) => callback(items),
      (error) => {
        if (error instanceof Failed) toast(error.message, { tone: "bad" });
        callback([]);
      },
    );
  };
}
