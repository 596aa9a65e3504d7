/** What every page of the designer does: undo and redo, who else is here, not leaving what is not kept. */

import { send } from "../request.js";
import { toast } from "../toast.js";
import { edit, isSaved, onChange, page, refresh, settled } from "./draft.js";
import { flush } from "./panel.js";

const EVERY = 15_000;
/** Milliseconds that a link waits for what is still being kept; then the browser asks. */
const MOST = 5000;

if (page.file) {
  turning();
  company();
}
onChange(count);
// On a phone the bar of modules is wider than the page.
document.querySelector(".design__modules [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
leaving();

/** Nothing typed is lost by leaving: a link waits until it is kept, closing the window asks. */
function leaving() {
  addEventListener("beforeunload", (event) => {
    flush();
    if (!isSaved()) event.preventDefault();
  });
  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a[href]");
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (link.target || link.hasAttribute("download")) return;
    flush();
    if (isSaved()) return;
    event.preventDefault();
    const kept = await Promise.race([settled(), new Promise((resolve) => setTimeout(resolve, MOST, true))]);
    // What was refused is told here, and can be put right here.
    if (kept) location.assign(link.href);
  });
  // A page that comes back from the browser's memory shows what was long ago.
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
}

/** Undo and redo by button and by Ctrl+Z, Ctrl+Y; in a text the browser's own undo stays. */
function turning() {
  document.addEventListener("click", (event) => {
    const way = event.target.closest("[data-turn]")?.dataset.turn;
    if (!way) return;
    // Safari leaves no text when a button is pressed.
    flush();
    edit({ do: way });
  });
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    if (event.target.closest("textarea, input:not([type=checkbox], [type=radio]), [contenteditable], dialog")) return;
    const key = event.key.toLowerCase();
    if (key !== "z" && key !== "y") return;
    event.preventDefault();
    edit({ do: key === "y" || event.shiftKey ? "redo" : "undo" });
  });
}

/** Tells who else has this open, and shows what they change. */
function company() {
  const place = document.querySelector("[data-others]");
  const look = async () => {
    if (document.hidden || !isSaved()) return;
    try {
      const url = page.url.replace(/edit$/, "others");
      const { others, rev, by } = await send(`${url}?file=${encodeURIComponent(page.file)}`);
      place.textContent = others;
      if (rev > page.rev && isSaved()) {
        await refresh();
        if (others) toast(`${by}：${others}`);
      }
    } catch {
      // The next edit tells what is wrong; this only looks.
    }
  };
  look();
  setInterval(look, EVERY);
}

/** Keeps the number beside "publish" true: how many documents wait. */
function count({ changed }) {
  const place = document.querySelector("[data-changed]");
  if (!place || changed === undefined) return;
  place.hidden = !changed;
  place.querySelector("[data-count]").textContent = changed;
}
