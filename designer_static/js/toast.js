/** Short messages at the top of the page. */

const WAITING = "biaoliu-toast";

/**
 * Shows a message for a few seconds; a bad one stays longer.
 * @param {string} message
 * @param {{tone?: "" | "ok" | "bad", link?: {name: string, url: string},
 *   action?: {name: string, run: () => void}}} options  a way to go on: an address, or something to do
 */
export function toast(message, { tone = "", link, action } = {}) {
  const one = document.createElement("div");
  one.className = `toast${tone ? ` toast--${tone}` : ""}`;
  one.append(message);
  const way = action ?? (link && { name: link.name, run: () => location.assign(link.url) });
  if (way) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = way.name;
    button.addEventListener("click", () => {
      one.remove();
      way.run();
    });
    one.append(button);
  }
  // In the open dialog if there is one: what lies under a dialog is inert and cannot be seen.
  const place = [...document.querySelectorAll("dialog[open]")].at(-1) ?? document.body;
  const list = document.getElementById("toasts");
  place.append(list);
  list.append(one);
  setTimeout(() => one.remove(), tone === "bad" ? 8000 : 4000);
}

/** Shows the message on the page that is opened next. */
export function toastLater(message, tone = "ok") {
  sessionStorage.setItem(WAITING, JSON.stringify({ message, tone }));
}

/** Shows what was left by the page before, and what the server flashed. */
export function showWaiting() {
  const waiting = sessionStorage.getItem(WAITING);
  sessionStorage.removeItem(WAITING);
  if (waiting) {
    const { message, tone } = JSON.parse(waiting);
    toast(message, { tone });
  }
  for (const flash of document.querySelectorAll("[data-toast]")) {
    toast(flash.textContent, { tone: "ok" });
    flash.remove(); // said once, and outside of every landmark
  }
}
