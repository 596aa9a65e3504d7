/** The walk-throughs of an app: the open one may move, be renamed or be gone after an edit; runs take seconds. */

import { Failed, send } from "../request.js";
import { toast } from "../toast.js";
import { onChange, page, refresh } from "./draft.js";
import { show } from "./source.js";
import { word } from "./words.js";

const root = document.querySelector("[data-tests]");
const outcome = document.getElementById("outcome");
const form = document.querySelector("[data-source]");

follow();
onChange(follow);
document.addEventListener("source-saved", () => refresh());
document.addEventListener("click", (event) => {
  const what = event.target.closest("[data-run]")?.dataset.run;
  if (what) run(what);
});

/** Works on the walk-through that the page shows now. */
function follow() {
  const { key, file, rev, at, url, text } = document.getElementById("test-editor").dataset;
  form.closest("details").hidden = !file;
  if (!file) return;
  page.view = { name: "tests", key, file, at: Number(at) };
  page.file = file;
  page.rev = Number(rev);
  if (form.dataset.url !== url && !root.hasAttribute("data-listed")) history.replaceState(null, "", url);
  form.dataset.url = url;
  show(text);
}

async function run(what) {
  const buttons = document.querySelectorAll("[data-run]");
  const asked = what === "one" ? { file: page.file, at: page.view.at } : {};
  for (const button of buttons) button.disabled = true;
  outcome.setAttribute("aria-busy", "true");
  outcome.textContent = word("testing");
  try {
    const { html } = await send(root.dataset.runUrl, { data: asked });
    outcome.innerHTML = html;
    outcome.scrollIntoView({ block: "nearest" });
  } catch (error) {
    if (!(error instanceof Failed)) throw error;
    outcome.textContent = "";
    toast(error.message, { tone: "bad" });
  } finally {
    outcome.removeAttribute("aria-busy");
    // The page may have been drawn anew meanwhile.
    for (const button of document.querySelectorAll("[data-run]")) button.disabled = false;
  }
}
