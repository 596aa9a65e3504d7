/**
 * The draft that a page works on: edits one after the other, each with the revision it was made on.
 *
 * An edit is posted as soon as it is made; what is made meanwhile waits its turn, so that a fast hand is never
 * told it was late. The answer brings the parts of the page that have changed, and they are morphed in: focus
 * and caret stay. If somebody else was faster, the page shows what they made and says so.
 */

import { Failed, send } from "../request.js";
import { toast } from "../toast.js";
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

let queue = Promise.resolve();
let waiting = 0;
/** @type {((answer: object) => void)[]} */
const listeners = [];

/** Calls `listener` after each answer that changed the page (`{rev, undo, redo, html, message, stale}`). */
export function onChange(listener) {
  listeners.push(listener);
}

/**
 * Makes one edit; resolves to the answer, or to null if it was refused (then the reason has been told).
 * `refused` may tell it elsewhere, on the page as it is by then: it returns true if it did. `view` is what the
 * page shows from this edit on, if it is made.
 * @param {object} edit  as `builder/edits` names it: `{do: "set", place: […], value: …}`
 * @param {{refused?: (failed: Failed) => boolean, view?: Record<string, unknown>}} options
 */
export function edit(edit, { refused, view } = {}) {
  waiting += 1;
  say("saving");
  const turn = queue.then(() => post(edit, refused, view)).finally(() => {
    waiting -= 1;
  });
  queue = turn.catch(() => {});
  return turn;
}

/** Whether everything made so far is kept. */
export function isSaved() {
  return waiting === 0;
}

/** Draws parts of the page anew without an edit: after another choice of what is selected. */
export function refresh() {
  const turn = queue.then(draw);
  queue = turn.catch(() => {});
  return turn;
}

async function draw() {
  const url = page.url.replace(/edit$/, "view");
  const answer = await send(url, { data: { file: page.file, view: page.view } });
  take(answer);
  return answer;
}

async function post(edit, refused, view) {
  const data = { file: page.file, rev: page.rev, edit, view: view ?? page.view };
  for (;;) {
    try {
      const answer = await send(page.url, { data });
      if (view) page.view = view;
      take(answer);
      // Not yet, where more has been made meanwhile.
      say(waiting > 1 ? "saving" : "saved");
      if (answer.message) toast(answer.message, { tone: "ok" });
      return answer;
    } catch (error) {
      if (!(error instanceof Failed)) throw error;
      if (error.status === 0) {
        toast(word("offline"), { tone: "bad" });
        await new Promise((resolve) => setTimeout(resolve, 3000));
        continue;
      }
      say("not_saved");
      if (error.status === 409 && error.body?.rev !== undefined) {
        take({ ...error.body, stale: true });
        again(error.message, edit);
        return null;
      }
      await draw();
      if (!refused?.(error)) toast(told(error), { tone: "bad" });
      return null;
    }
  }
}

/** Says that somebody was faster, and offers to do the same on what they made. */
function again(message, change) {
  toast(message, { tone: "bad", action: { name: word("again"), run: () => edit(change) } });
}

function told(error) {
  return error.problems.length ? error.problems.map((one) => one.message).join("；") : error.message;
}

function take(answer) {
  page.rev = answer.rev;
  if (answer.html) morph(answer.html);
  for (const [name, able] of [["undo", answer.undo], ["redo", answer.redo]]) {
    for (const button of document.querySelectorAll(`[data-turn="${name}"]`)) button.disabled = !able;
  }
  for (const listener of listeners) listener(answer);
}

/** Puts each part of the answer in the place of the one with the same id; the focus stays where it was. */
function morph(html) {
  const focused = document.activeElement?.id;
  const parts = new DOMParser().parseFromString(html, "text/html").body.children;
  for (const part of [...parts]) {
    const old = document.getElementById(part.id);
    if (old) Idiomorph.morph(old, part, { ignoreActiveValue: true });
  }
  // What is moved to another place of the page loses the focus.
  if (focused && document.activeElement === document.body) {
    document.getElementById(focused)?.focus({ preventScroll: true });
  }
}

function say(key) {
  const place = document.querySelector("[data-saved]");
  if (!place) return;
  const at = new Date().toTimeString().slice(0, 5);
  place.textContent = key === "saved" ? `${word(key)} ${at}` : word(key);
  place.classList.toggle("is-bad", key === "not_saved");
}
