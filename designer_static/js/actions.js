/**
 * The buttons that act on a form, a case or a record.
 *
 *   POST {do, token, rev, values?, opinion?, to?}
 *   → 2xx {redirect, message?} · 422 {message, problems} · 409 {message}: somebody was faster
 */

import { Failed, newToken, send } from "./request.js";
import { missing, showProblems } from "./problems.js";
import { ask } from "./dialog.js";
import { settled } from "./unsaved.js";
import { text } from "./texts.js";
import { toast, toastLater } from "./toast.js";
import { uploading } from "./uploads.js";
import { valuesOf } from "./values.js";

/** One token for each action of a page load: a second click, or a retry after a lost answer, is the same request. */
const tokens = new Map();
/** What was typed in the dialog, by action, and the sheet's opinion by then: it is there again if the action was
 * refused, or never arrived, unless the sheet says something else meanwhile. @type {Map<string, {text: string, sheet: string}>} */
const typed = new Map();
let busy = false;

/** @param {HTMLFormElement | null} form */
export function actions(form) {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-action]");
    if (button && !busy) perform(button, form);
  });
  document.addEventListener("click", (event) => {
    const phrase = event.target.closest("[data-phrase]");
    if (!phrase) return;
    const input = document.getElementById(phrase.dataset.phrase);
    input.value = phrase.textContent;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.focus();
  });
}

async function perform(button, form) {
  if (uploading()) {
    toast(text("uploading"));
    return;
  }
  if (form && button.hasAttribute("data-complete")) {
    const problems = missing(form);
    showProblems(form, problems);
    if (problems.length) return;
  }
  const given = button.hasAttribute("data-asks") ? await question(button) : fromSheet();
  if (given) await carryOut(button, form, given);
}

async function carryOut(button, form, given) {
  const code = button.dataset.action;
  if (!tokens.has(code)) tokens.set(code, newToken());
  const data = { do: code, token: tokens.get(code), rev: Number(form?.dataset.rev ?? button.dataset.rev ?? 0), ...given };
  if (form && button.hasAttribute("data-values")) data.values = valuesOf(form);
  lock(button, true);
  try {
    const { redirect, message } = await send(button.dataset.url, { data });
    settled();
    if (message) toastLater(message);
    location.assign(redirect);
  } catch (error) {
    lock(button, false);
    if (!(error instanceof Failed)) throw error;
    await explain(error, form);
  }
}

async function explain(error, form) {
  if (error.status === 422 && form && error.problems.length) showProblems(form, error.problems);
  if (error.status === 409) {
    const again = await ask({
      title: text("taken"), question: `${error.message}\n${text("taken_more")}`, yes: text("reload"), no: text("stay"),
    });
    if (again) {
      settled();
      location.reload();
    }
  } else if (error.status === 401) {
    toast(text("login_again"), { tone: "bad" });
  } else {
    toast(error.message, { tone: "bad" });
  }
}

function lock(button, locked) {
  busy = locked;
  button.ariaBusy = String(locked);
  if (locked) document.dispatchEvent(new Event("acting"));
  for (const one of document.querySelectorAll("[data-action]")) one.disabled = locked;
}

const sheetOpinion = () => document.querySelector(".sheet textarea[data-opinion]");

function fromSheet() {
  const opinion = sheetOpinion()?.value.trim();
  return opinion ? { opinion } : {};
}

/** Opens the dialog of an action; the answer is what was given there, null if it was left. */
async function question(button) {
  const { opinion, confirm, targets, label, action } = button.dataset;
  if (opinion === "none" && !targets) return (await ask({ title: label, question: confirm, yes: label })) ? {} : null;
  const dialog = document.getElementById("action-dialog");
  const part = (name) => dialog.querySelector(`[data-${name}]`);
  const input = part("opinion-input");
  const stop = new AbortController();
  dialog.querySelector("h2").textContent = label;
  part("question").textContent = confirm;
  part("question").hidden = !confirm;
  part("target-list").replaceChildren(...(targets ? [document.getElementById(targets).content.cloneNode(true)] : []));
  part("opinion-part").hidden = opinion === "none";
  part("opinion-required").hidden = opinion !== "required";
  part("opinion-label").textContent = action === "return" ? text("reason") : text("opinion");
  part("opinion-problem").hidden = true;
  input.required = opinion === "required";
  const sheet = sheetOpinion()?.value ?? "";
  const before = typed.get(action);
  input.value = before?.sheet === sheet ? before.text : sheet;
  part("do").textContent = label;
  dialog.querySelector("form").addEventListener("submit", (event) => {
    const lacking = opinion === "required" && !input.value.trim();
    part("opinion-problem").hidden = !lacking;
    part("opinion-problem").textContent = lacking ? text("opinion_needed") : "";
    if (lacking) {
      event.preventDefault();
      input.focus();
    } else {
      dialog.returnValue = "do";
    }
  }, { signal: stop.signal });
  dialog.returnValue = "";
  dialog.showModal();
  input.focus();
  await new Promise((resolve) => { dialog.addEventListener("close", resolve, { once: true }); });
  stop.abort();
  typed.set(action, { text: input.value, sheet });
  if (dialog.returnValue !== "do") return null;
  const to = dialog.querySelector("[name=to]:checked")?.value;
  return { ...(opinion === "none" ? {} : { opinion: input.value.trim() }), ...(to ? { to } : {}) };
}
