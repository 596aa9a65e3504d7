/** The palette: drag a node onto the canvas, an edge or a node, or press it to put it behind what is selected. */

/** Units that a press may wander before it is a drag. */
const STEADY = 5;

/**
 * @param {HTMLElement} place
 * @param {ReturnType<import("./canvas.js").canvas>} board
 * @param {{add: (what: object) => void}} actions
 */
export function palette(place, board, actions) {
  let drag = null;

  place.addEventListener("pointerdown", (event) => {
    const item = event.target.closest("[data-kind]");
    if (!item || event.button) return;
    drag = { item, x: event.clientX, y: event.clientY, ghost: null };
  });
  addEventListener("pointermove", (event) => {
    if (!drag) return;
    const far = Math.hypot(event.clientX - drag.x, event.clientY - drag.y);
    if (!drag.ghost && far > STEADY) drag.ghost = ghostOf(drag.item);
    if (!drag.ghost) return;
    event.preventDefault();
    drag.ghost.style.transform = `translate(${event.clientX}px, ${event.clientY}px) translate(-50%, -50%)`;
    light(board.edgeAt(event.clientX, event.clientY), board);
  });
  addEventListener("pointerup", (event) => {
    const { item, ghost } = drag ?? {};
    drag = null;
    if (!ghost) return;
    ghost.remove();
    light(null, board);
    // Released over itself a press ends in a click as well; this one was a drag.
    const swallow = (click) => click.stopImmediatePropagation();
    place.addEventListener("click", swallow, { once: true, capture: true });
    setTimeout(() => place.removeEventListener("click", swallow, { capture: true }));
    const sight = board.graph.container.getBoundingClientRect();
    const inside = event.clientX > sight.left && event.clientX < sight.right && event.clientY > sight.top && event.clientY < sight.bottom;
    if (!inside) return;
    const { x, y } = board.graph.clientToLocal(event.clientX, event.clientY);
    const edge = board.edgeAt(event.clientX, event.clientY);
    const after = board.nodeAt(event.clientX, event.clientY);
    if (after) put(item, { after });
    else put(item, { at: [Math.round(x / 10) * 10, Math.round(y / 10) * 10], split: edge?.n >= 0 ? edge : null });
  });
  addEventListener("pointercancel", () => {
    drag?.ghost?.remove();
    drag = null;
  });
  place.addEventListener("click", (event) => {
    const item = event.target.closest("[data-kind]");
    if (item) put(item, {});
  });

  function put(item, more) {
    const { kind, name, values, shape, icon, tone } = item.dataset;
    actions.add({ kind, name, values: JSON.parse(values), look: { shape, icon, tone }, ...more });
  }
}

function ghostOf(item) {
  const ghost = item.cloneNode(true);
  ghost.classList.add("flow-ghost");
  ghost.setAttribute("aria-hidden", "true");
  ghost.inert = true;
  document.body.append(ghost);
  return ghost;
}

/** Shows which edge the node would interrupt. */
function light(edge, board) {
  for (const one of board.graph.container.querySelectorAll(".x6-edge.is-target")) one.classList.remove("is-target");
  if (!edge || edge.n < 0) return;
  const id = `edge:${edge.from}>${edge.to}#${edge.n}`;
  board.graph.container.querySelector(`.x6-edge[data-cell-id="${CSS.escape(id)}"]`)?.classList.add("is-target");
}
