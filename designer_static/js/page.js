/** What every page does. */

import { ask, dialogs } from "./dialog.js";
import { csrfToken } from "./request.js";
import { text } from "./texts.js";
import { showWaiting, toast } from "./toast.js";

dialogs();
plainForms();
narrowing();
jumps();
hypertext();
showWaiting();

/** Plain forms: `data-once` is sent once however often it is clicked; `data-confirm` asks first. */
function plainForms() {
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (form.method === "dialog" || event.defaultPrevented) return;
    const question = event.submitter?.dataset.confirm ?? form.dataset.confirm;
    if (question && !form.dataset.agreed) {
      event.preventDefault();
      if (!(await ask({ question }))) return;
      form.dataset.agreed = "yes";
      form.requestSubmit(event.submitter);
      return;
    }
    if (!form.hasAttribute("data-once")) return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
  // A page that comes back from the browser's memory may be sent again.
  addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("[data-sent]")) delete form.dataset.sent;
  });
}

/** The search box over something already on the page. */
function narrowing() {
  const box = document.querySelector("[data-narrow]");
  box?.addEventListener("input", () => {
    const words = box.value.trim().toLowerCase().split(/\s+/);
    for (const item of document.querySelectorAll("[data-narrow-item]")) {
      item.hidden = !words.every((word) => item.dataset.narrowItem.toLowerCase().includes(word));
    }
    const groups = [...document.querySelectorAll("[data-narrow-group]")];
    for (const group of groups) group.hidden = !group.querySelector("[data-narrow-item]:not([hidden])");
    document.querySelector("[data-narrow-none]").hidden = groups.some((group) => !group.hidden);
  });
  document.querySelector("[data-narrow-clear]")?.addEventListener("click", () => {
    box.value = "";
    box.dispatchEvent(new Event("input"));
    box.focus();
  });
}

function jumps() {
  document.addEventListener("click", (event) => {
    const goal = event.target.closest("[data-goto]")?.dataset.goto;
    if (!goal) return;
    const place = document.getElementById(goal);
    place.scrollIntoView({ block: "center" });
    (place.querySelector("textarea, input:not([type=hidden])") ?? place).focus({ preventScroll: true });
  });
}

/** Every use of htmx passes here: the token, and words for what failed. */
function hypertext() {
  document.addEventListener("htmx:configRequest", (event) => {
    event.detail.headers["X-CSRFToken"] = csrfToken();
  });
  document.addEventListener("htmx:responseError", (event) => {
    const { xhr } = event.detail;
    if (xhr.status === 401) {
      location.reload();
      return;
    }
    toast(messageOf(xhr) || text("load_failed"), { tone: "bad" });
  });
  document.addEventListener("htmx:sendError", () => toast(text("network"), { tone: "bad" }));
}

function messageOf(xhr) {
  try {
    return JSON.parse(xhr.responseText).message;
  } catch {
    return "";
  }
}
