/**
 * The draft that a page works on: edits one after the other, each with the revision it was made on.
 *
 * An edit is posted as soon as it is made; what is made meanwhile waits its turn, so that a fast hand is never
 * told it was late. The answer brings the parts of the page that have changed, and they are morphed in: focus
 * and caret stay. If somebody else was faster, the page shows what they made and says so.
 */

import { Failed, send } from "../request.js";
import { toast } from "../toast.js";
import { byNumber, shiftsNumbers } from "./numbered.js";
import { turns } from "./turns.js";
import { word } from "./words.js";

const main = document.getElementById("main");

/** What the page is about: `view` says which parts an answer brings. */
export const page = {
  url: main.dataset.draft,
  app: main.dataset.app,
  file: main.dataset.file,
  rev: Number(main.dataset.rev),
  /** @type {Record<string, unknown>} */
  view: {},
};

/** Milliseconds until the server is asked again when it could not be reached. */
const AGAIN = 3000;

const inTurn = turns();
let waiting = 0;
/** How often numbers have come to mean other things; how often something was refused. */
let shifts = 0;
let refusals = 0;
let drawing = false;
/** @type {((answer: object) => void)[]} */
const listeners = [];

/** Calls `listener` after each answer that changed the page (`{rev, undo, redo, html, message, stale}`). */
export function onChange(listener) {
  listeners.push(listener);
}

/**
 * Makes one edit; resolves to the answer, or to null if it was refused (then the reason has been told).
 *
 * `given` is the edit, or a function that says it when its turn has come, from the page as it is by then.
 * `refused` may tell it elsewhere, on the page as it is by then: it returns true if it did. `back` puts back what
 * the page already shows of a refused edit. `view` is what the page shows from this edit on, if it is made and
 * nothing else was chosen meanwhile. `ahead`: the page counts already as it will after this edit.
 * @param {object | (() => object)} given  as `builder/edits` names it: `{do: "set", place: […], value: …}`
 * @param {{refused?: (failed: Failed) => boolean, back?: () => void, view?: Record<string, unknown>,
 *   ahead?: boolean}} options
 */
export function edit(given, options = {}) {
  waiting += 1;
  say("saving");
  const made = { ...options, seen: shifts, selected: page.view.selected };
  return inTurn(() => post(given, made).finally(() => {
    waiting -= 1;
  }));
}

/** Whether everything made so far is kept. */
export function isSaved() {
  return waiting === 0;
}

/** Resolves when everything made so far is kept; to false if anything of it was refused. */
export async function settled() {
  const before = refusals;
  await inTurn(() => {});
  return refusals === before;
}

/** Draws parts of the page anew without an edit: after another choice of what is selected. */
export function refresh() {
  return inTurn(() => draw({ late: true })).catch((error) => {
    if (!(error instanceof Failed)) throw error;
    complain(error);
    return null;
  });
}

/** `late`: where edits wait by now, the page is ahead of this, and their answers will show everything. */
async function draw({ late = false } = {}) {
  const url = page.url.replace(/edit$/, "view");
  const answer = await send(url, { data: { file: page.file, view: page.view } });
  await dropped();
  take(late && waiting ? { ...answer, html: "" } : answer);
  return answer;
}

async function post(given, { refused, back, view, ahead = false, seen, selected }) {
  const change = typeof given === "function" ? given() : given;
  if (seen !== shifts && byNumber(change)) {
    said();
    toast(word("moved_on"), { tone: "bad" });
    return null;
  }
  const chosen = () => (view && page.view.selected === selected ? { ...page.view, ...view } : page.view);
  const data = { file: page.file, rev: page.rev, edit: change, view: chosen() };
  for (let tries = 0; ; tries += 1) {
    try {
      const answer = await send(page.url, { data });
      await dropped();
      page.view = chosen();
      if (!ahead && shiftsNumbers(change)) shifts += 1;
      kept(answer);
      if (answer.message) toast(answer.message, { tone: "ok" });
      return answer;
    } catch (error) {
      if (!(error instanceof Failed)) throw error;
      if ([0, 502, 503, 504].includes(error.status)) {
        if (!tries) toast(word("offline"), { tone: "bad" });
        await pause(AGAIN);
        continue;
      }
      const now = error.status === 409 && error.body?.rev !== undefined ? error.body : null;
      // The connection broke after the server had made the edit: only its answer was lost.
      if (now && tries && now.mine && now.rev === data.rev + 1) {
        kept(now);
        return now;
      }
      refusals += 1;
      shifts += 1;
      say("not_saved");
      back?.();
      if (now) {
        take({ ...now, stale: true });
        again(error.message, change);
        return null;
      }
      const drawn = await draw().catch(() => null);
      if (!drawn || !refused?.(error)) complain(error);
      return null;
    }
  }
}

function kept(answer) {
  take(answer);
  said();
}

/** Says that all is kept; not yet, where more has been made meanwhile. */
function said() {
  say(waiting > 1 ? "saving" : "saved");
}

/** Says that somebody was faster, and offers to do the same on what they made. */
function again(message, change) {
  // What stands at a number by now may be something else.
  const action = byNumber(change) ? undefined : { name: word("again"), run: () => edit(change) };
  toast(message, { tone: "bad", action });
}

/** Tells why something cannot be done; who has been logged out comes back here by the log-in. */
function complain(error) {
  const out = error.login || error.code === "page_expired";
  const link = out ? { name: word("reload"), url: location.href } : undefined;
  toast(told(error), { tone: "bad", link });
}

function told(error) {
  return error.problems.length ? error.problems.map((one) => one.message).join("；") : error.message;
}

/** Resolves when nothing is being dragged: an answer would take it out of the hand. */
async function dropped() {
  while (window.Sortable?.active) await pause(50);
}

function pause(time) {
  return new Promise((resolve) => setTimeout(resolve, time));
}

function take(answer) {
  page.rev = answer.rev;
  if (answer.html) morph(answer.html);
  for (const [name, able] of [["undo", answer.undo], ["redo", answer.redo]]) {
    for (const button of document.querySelectorAll(`[data-turn="${name}"]`)) button.disabled = !able;
  }
  for (const listener of listeners) listener(answer);
}

/** Whether an answer is being put on the page: what gets the focus now has not been chosen by a hand. */
export function isDrawing() {
  return drawing;
}

/** Puts each part of the answer in the place of the one with the same id; the focus stays where it was. */
function morph(html) {
  const active = document.activeElement;
  // A text that is being typed stays; a choice only as long as it is not answered.
  const typing = active?.matches("textarea, input:not([type=checkbox], [type=radio])");
  const about = placeOf(active);
  const answered = new DOMParser().parseFromString(html, "text/html");
  const fresh = typing && active.id ? answered.getElementById(active.id)?.value : undefined;
  drawing = true;
  for (const part of [...answered.body.children]) {
    const old = document.getElementById(part.id);
    if (old) Idiomorph.morph(old, part, { ignoreActiveValue: typing || waiting > 1, callbacks: { beforeNodeMorphed } });
  }
  // What is moved to another place of the page loses the focus.
  if (active?.id && document.activeElement === document.body) {
    document.getElementById(active.id)?.focus({ preventScroll: true });
  }
  // The third row may be another one now: then what was typed into the one before does not belong here.
  if (fresh !== undefined && active.isConnected && placeOf(active) !== about) active.value = fresh;
  drawing = false;
}

function placeOf(input) {
  return input?.dataset.set ?? input?.dataset.edit;
}

/** A widget that is being typed into keeps what it has made of the page; `data-widget` marks its place. */
function beforeNodeMorphed(old) {
  return !(old.nodeType === Node.ELEMENT_NODE && "widget" in old.dataset && old.contains(document.activeElement));
}

/** Says beside the title how far it is: "saving", "saved" with the time, "not_saved". */
function say(key) {
  const place = document.querySelector("[data-saved]");
  if (!place) return;
  const at = new Date().toTimeString().slice(0, 5);
  place.textContent = key === "saved" ? `${word(key)} ${at}` : word(key);
  place.classList.toggle("is-bad", key === "not_saved");
}
