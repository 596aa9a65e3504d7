/** What every page of the designer does: undo and redo, who else is here, not leaving what is not kept. */

import { send } from "../request.js";
import { toast } from "../toast.js";
import { edit, isSaved, onChange, page, refresh } from "./draft.js";
import "./panel.js";

const EVERY = 15_000;

if (page.file) {
  turning();
  company();
}
onChange(count);
addEventListener("beforeunload", (event) => {
  if (!isSaved()) event.preventDefault();
});

/** Undo and redo by button and by Ctrl+Z, Ctrl+Y; in a text the browser's own undo stays. */
function turning() {
  document.addEventListener("click", (event) => {
    const way = event.target.closest("[data-turn]")?.dataset.turn;
    if (way) edit({ do: way });
  });
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    if (event.target.closest("input, textarea, select, [contenteditable], dialog")) return;
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
