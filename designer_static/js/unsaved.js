/** Nothing typed is lost by accident: leaving with changes asks first. */

import { ask } from "./dialog.js";
import { text } from "./texts.js";

let changed = false;

/** @param {HTMLElement} form */
export function unsaved(form) {
  const note = () => { changed = true; };
  form.addEventListener("input", note);
  form.addEventListener("change", note);
  form.addEventListener("rows-changed", note);
  addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
  document.addEventListener("click", onLink, true);
}

/** What was typed has been kept, or is meant to be dropped. */
export function settled() {
  changed = false;
}

async function onLink(event) {
  const link = event.target.closest("a[href]");
  if (!changed || !link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const inPage = link.getAttribute("href").startsWith("#");
  if (inPage || link.target === "_blank" || link.hasAttribute("download")) return;
  event.preventDefault();
  event.stopPropagation();
  const leave = await ask({ question: text("leave_question"), yes: text("leave"), no: text("stay"), danger: true });
  if (!leave) return;
  settled();
  location.assign(link.href);
}
