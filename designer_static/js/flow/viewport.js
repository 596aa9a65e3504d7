/** Looking at a graph: zooming by buttons, wheel and two fingers, moving about, fitting in. */

export const SMALLEST = 0.2;
const LARGEST = 2;

/**
 * @param {X6.Graph} graph
 * @param {HTMLElement} place  the element that holds the canvas
 * @param {HTMLElement} tools  holds `[data-zoom]` buttons and `[data-zoom-shown]`
 */
export function viewport(graph, place, tools) {
  const shown = tools.querySelector("[data-zoom-shown]");
  const tell = () => {
    if (shown) shown.textContent = `${Math.round(graph.zoom() * 100)}%`;
  };
  const to = (scale, center) => graph.zoomTo(Math.min(LARGEST, Math.max(SMALLEST, scale)), center ? { center } : undefined);
  const fit = () => {
    graph.zoomToFit({ padding: { left: 32, right: 32, top: 64, bottom: 32 }, maxScale: 1, minScale: SMALLEST });
    tell();
  };
  const ways = { in: () => to(graph.zoom() * 1.2), out: () => to(graph.zoom() / 1.2), fit };
  tools.addEventListener("click", (event) => ways[event.target.closest("[data-zoom]")?.dataset.zoom]?.());
  graph.on("scale", tell);
  wheel(graph, place, to);
  pinch(graph, place, to);
  tell();
  return { fit, zoomIn: ways.in, zoomOut: ways.out, to };
}

function wheel(graph, place, to) {
  place.addEventListener("wheel", (event) => {
    event.preventDefault();
    if (event.ctrlKey || event.metaKey) {
      to(graph.zoom() * Math.exp(-event.deltaY / 400), graph.clientToLocal(event.clientX, event.clientY));
      return;
    }
    const { tx, ty } = graph.translate();
    const [dx, dy] = event.shiftKey ? [event.deltaY, 0] : [event.deltaX, event.deltaY];
    graph.translate(tx - dx, ty - dy);
  }, { passive: false });
}

/** Two fingers: X6 only moves about with one. */
function pinch(graph, place, to) {
  const fingers = new Map();
  let before = 0;
  const apart = () => {
    const [one, other] = [...fingers.values()];
    return Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
  };
  place.addEventListener("pointerdown", (event) => {
    if (event.pointerType !== "touch") return;
    fingers.set(event.pointerId, event);
    if (fingers.size === 2) {
      before = apart() / graph.zoom();
      graph.disablePanning();
    }
  }, true);
  addEventListener("pointermove", (event) => {
    if (!fingers.has(event.pointerId)) return;
    fingers.set(event.pointerId, event);
    if (fingers.size !== 2) return;
    const [one, other] = [...fingers.values()];
    to(apart() / before, graph.clientToLocal((one.clientX + other.clientX) / 2, (one.clientY + other.clientY) / 2));
  });
  for (const type of ["pointerup", "pointercancel"]) {
    addEventListener(type, (event) => {
      if (fingers.delete(event.pointerId) && fingers.size < 2) graph.enablePanning();
    });
  }
}
