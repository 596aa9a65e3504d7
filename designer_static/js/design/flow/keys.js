/** The keyboard of the flow designer; in texts and dialogs keys keep their own meaning. */

/** Units of the canvas that an arrow moves a node, and with Shift. */
const STEP = 10;
const LEAP = 50;
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export function keys(actions) {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.target.closest("input, textarea, select, [contenteditable], dialog, .ts-control")) return;
    if (run(event)) event.preventDefault();
  });

  function run(event) {
    const { key, altKey, shiftKey } = event;
    // A key that is held copies and pastes once.
    if (event.ctrlKey || event.metaKey) return event.repeat && /^[cv]$/i.test(key) ? true : together(key.toLowerCase());
    if (altKey && ARROWS[key]) {
      const by = shiftKey ? LEAP : STEP;
      const [x, y] = ARROWS[key];
      actions.move(x * by, y * by);
      return true;
    }
    if (altKey) return false;
    if ((key === "ArrowUp" || key === "ArrowDown") && event.target.closest("#flow-outline")) return outline(event.target, key);
    return alone(key);
  }

  function alone(key) {
    if (key === "Delete" || key === "Backspace") actions.remove();
    else if (key === "+" || key === "=") actions.zoomIn();
    else if (key === "-") actions.zoomOut();
    else if (key === "0") actions.fit();
    else if (key === "Escape") actions.choose([], { from: "keys" });
    else return false;
    return true;
  }

  function together(key) {
    // Words that somebody marked are copied as ever.
    if (key === "c" && !String(getSelection())) return actions.copy();
    if (key === "v") return actions.paste();
    if (key === "a") {
      actions.selectAll();
      return true;
    }
    return false;
  }
}

function outline(target, key) {
  const item = target.closest("li");
  const next = key === "ArrowUp" ? item?.previousElementSibling : item?.nextElementSibling;
  next?.querySelector("button").focus();
  return true;
}
