/** Tables of switches by keyboard: arrows lead from cell to cell, 1 2 3 switch what may be done in one. */

const ARROWS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

/** @param {Document | HTMLElement} root */
export function grid(root) {
  root.addEventListener("keydown", (event) => {
    const cell = event.target.closest("[data-grid] td");
    if (!cell || event.altKey || event.ctrlKey || event.metaKey) return;
    if (ARROWS[event.key]) go(event, cell, ARROWS[event.key]);
    else if (["1", "2", "3"].includes(event.key)) press(cell, Number(event.key) - 1);
  });
}

function go(event, cell, [down, right]) {
  event.preventDefault();
  const buttons = [...cell.querySelectorAll("button")];
  const at = buttons.indexOf(event.target.closest("button"));
  const beside = buttons[at + right];
  if (right && beside) {
    beside.focus();
    return;
  }
  let row = cell.parentElement;
  let column = cell.cellIndex;
  for (;;) {
    if (down) row = down > 0 ? row.nextElementSibling : row.previousElementSibling;
    column += right;
    const next = row?.cells[column];
    if (!next || next.tagName === "TH") return;
    const found = [...next.querySelectorAll("button")];
    const wanted = right > 0 ? found[0] : right < 0 ? found.at(-1) : found[Math.min(at, found.length - 1)];
    if (wanted) {
      wanted.focus();
      wanted.scrollIntoView({ block: "nearest", inline: "nearest" });
      return;
    }
  }
}

function press(cell, number) {
  const what = ["visible", "edit", "require"][number];
  cell.querySelector(`.access__cell--${what}`)?.click();
}
