/** Native dialogs and popovers: opening, closing, asking, placing. */

import { text } from "./texts.js";

/**
 * Asks a question; the answer is whether it was agreed to.
 * @param {{title?: string, question: string, yes?: string, no?: string, danger?: boolean}} options
 * @returns {Promise<boolean>}
 */
export function ask({ title = text("confirm_title"), question, yes = text("confirm"), no = text("cancel"), danger = false }) {
  const dialog = document.getElementById("confirm");
  dialog.querySelector("h2").textContent = title;
  dialog.querySelector("p").textContent = question;
  const agree = dialog.querySelector("[data-yes]");
  agree.textContent = yes;
  agree.classList.toggle("button--danger", danger);
  agree.classList.toggle("button--primary", !danger);
  dialog.querySelector("[data-no]").textContent = no;
  dialog.returnValue = "no";
  dialog.showModal();
  agree.focus();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}

/** The button that opened the last menu: several may open the same. */
let opener = null;

/** Wires `data-opens`, `data-closes` and popovers of the whole page. */
export function dialogs() {
  // A form in a dialog that was refused comes back open.
  document.querySelector("dialog[data-open]")?.showModal();
  document.addEventListener("click", (event) => {
    opener = event.target.closest("[popovertarget]") ?? opener;
  }, true);
  document.addEventListener("click", (event) => {
    const { opens } = event.target.closest("[data-opens]")?.dataset ?? {};
    if (opens) document.getElementById(opens).showModal();
    event.target.closest("[data-closes]")?.closest("dialog").close();
    if (event.target.matches("dialog[data-light]")) event.target.close();
  });
  // Neither `toggle` bubbles nor can a popover stand beside its button without anchor positioning everywhere.
  document.addEventListener("toggle", (event) => {
    if (event.newState === "open" && event.target.matches("[data-menu]")) place(event.target);
  }, true);
}

function place(menu) {
  const last = opener?.isConnected && opener.getAttribute("popovertarget") === menu.id ? opener : null;
  const button = last ?? document.querySelector(`[popovertarget="${CSS.escape(menu.id)}"]`);
  const box = button.getBoundingClientRect();
  const wanted = menu.dataset.menu === "end" ? box.right - menu.offsetWidth : box.left;
  const left = Math.max(8, Math.min(wanted, innerWidth - menu.offsetWidth - 8));
  const below = box.bottom + 4;
  const top = Math.max(8, below + menu.offsetHeight > innerHeight ? box.top - menu.offsetHeight - 4 : below);
  menu.style.left = `${left}px`;
  menu.style.top = `${top}px`;
}
