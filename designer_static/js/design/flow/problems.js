/** What the check before publishing would say of this flow; each line leads to its node or edge. */

import { Failed, send } from "../../request.js";
import { onChange } from "../draft.js";
import { word } from "../words.js";

/** Milliseconds after the last change until it is checked again. */
const PAUSE = 600;

/** @param {HTMLElement} root  @param {{go: (what: string) => void}} options */
export function problems(root, { go }) {
  const place = document.getElementById("flow-problems");
  const list = document.getElementById("flow-problem-list");
  const head = place.querySelector("[data-problems-toggle]");
  const count = place.querySelector("[data-problems-count]");
  let timer = 0;
  let asked = 0;
  let rev = null;

  head.addEventListener("click", () => open(list.hidden));
  list.addEventListener("click", (event) => {
    const what = event.target.closest("[data-problem]")?.dataset.problem;
    if (what) go(what);
  });
  onChange((answer) => {
    if (answer.rev === rev) return; // another choice, not another flow
    rev = answer.rev;
    clearTimeout(timer);
    timer = setTimeout(check, PAUSE);
  });
  check();

  function open(whether) {
    list.hidden = !whether;
    head.setAttribute("aria-expanded", String(whether));
  }

  async function check() {
    asked += 1;
    const mine = asked;
    try {
      const found = (await send(root.dataset.problems)).problems;
      if (mine === asked) show(found);
    } catch (error) {
      if (!(error instanceof Failed)) throw error;
      count.textContent = error.message;
    }
  }

  function show(found) {
    place.classList.toggle("is-bad", found.length > 0);
    count.textContent = found.length ? word("problems", { n: found.length }) : word("no_problems");
    list.replaceChildren(...found.map(line));
    head.disabled = !found.length;
    if (!found.length) open(false);
  }
}

function line({ message, select }) {
  const item = document.createElement("li");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "text-button";
  button.dataset.problem = select;
  button.textContent = message;
  item.append(button);
  return item;
}
