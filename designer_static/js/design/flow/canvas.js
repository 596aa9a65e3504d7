/** The canvas of the flow designer: a view of the picture that the server keeps. Gestures are told, not kept. */

import { cellsOf, edgeCell, idOfEdge, idOfNode, register } from "../../flow/picture.js";
import { viewport } from "../../flow/viewport.js";

/** What is held to lead the end of a chosen edge elsewhere. */
const HANDLES = ["source", "target"].map((end) => ({
  name: `${end}-arrowhead`,
  args: { attrs: { d: "M-6 0a6 6 0 1 0 12 0a6 6 0 1 0-12 0", fill: "#fff", stroke: "#1f5fe0", "stroke-width": 2, cursor: "move" } },
}));

/**
 * @param {HTMLElement} place
 * @param {{moved: (to: Record<string, number[]>) => void, joined: (from: string, to: string) => void,
 *   led: (edge: object, from: string, to: string) => void, chosen: (ids: string[]) => void}} told
 */
export function canvas(place, told) {
  register({ magnets: true });
  const { sprite } = place.dataset;
  const graph = new X6.Graph({
    container: place,
    autoResize: true,
    background: { color: "#fafbfc" },
    grid: { visible: true, type: "dot", size: 10, args: { color: "#dbe1ea", thickness: 1 } },
    panning: { enabled: true },
    interacting: (view) => ({ nodeMovable: view.cell.shape !== "flow-lane", edgeMovable: false, arrowheadMovable: true, vertexMovable: false, edgeLabelMovable: false }),
    connecting: {
      snap: { radius: 28 }, allowBlank: false, allowLoop: false, allowMulti: true, allowEdge: false, highlight: true,
      connector: { name: "rounded", args: { radius: 8 } },
      createEdge: () => graph.createEdge({ shape: "edge", zIndex: 2, attrs: { line: { stroke: "#1f5fe0", strokeWidth: 1.6, targetMarker: { name: "block", width: 9, height: 7 } } } }),
      validateMagnet: ({ cell }) => kindOf(cell) !== "end",
      validateConnection: ({ sourceCell, targetCell }) => Boolean(targetCell?.getData()?.code) && targetCell !== sourceCell && kindOf(targetCell) !== "start" && kindOf(sourceCell) !== "end",
    },
    highlighting: { magnetAdsorbed: { name: "stroke", args: { padding: 3, attrs: { stroke: "#1f5fe0", "stroke-width": 2 } } } },
  });
  graph.use(new X6.Snapline({ enabled: true, filter: ["flow-lane"] }));
  graph.use(new X6.Selection({
    enabled: true, rubberband: true, modifiers: "shift", multiple: true, movable: true, showNodeSelectionBox: true,
    pointerEvents: "none", filter: (cell) => cell.shape !== "flow-lane",
  }));
  const selection = graph.getPlugin("selection");
  const view = viewport(graph, place, document.querySelector(".flow-tools"));
  let picture = { nodes: [], edges: [], lanes: [] };
  let dragging = false;
  let quiet = false;
  let later = null;

  /** Draws what the server says; cells that say the same stay as they are. */
  function show(next) {
    if (dragging) {
      later = next;
      return;
    }
    later = null;
    const chosen = ids();
    const wanted = cellsOf(next, { sprite });
    const known = new Set(wanted.map((one) => one.id));
    const places = new Set(moved(picture, next));
    const old = new Map(cellsOf(picture, { sprite }).map((one) => [one.id, JSON.stringify(one)]));
    quiet = true;
    if (!picture.nodes.length) graph.resetCells(wanted.map((one) => (one.shape === "edge" ? graph.createEdge(one) : graph.createNode(one))));
    else graph.batchUpdate("show", () => {
      graph.removeCells(graph.getCells().filter((cell) => !known.has(cell.id)));
      for (const one of wanted) {
        const cell = graph.getCellById(one.id);
        if (!cell) add(one);
        else if (old.get(one.id) !== JSON.stringify(one) || strayed(cell, one) || places.has(one.id)) update(cell, one);
      }
    });
    picture = next;
    mark(chosen);
    quiet = false;
  }

  function add(one) {
    return one.shape === "edge" ? graph.addEdge(one) : graph.addNode(one);
  }

  function update(cell, one) {
    cell.setData(one.data, { overwrite: true, silent: true });
    if (cell.isEdge()) {
      cell.setSource(one.source);
      cell.setTarget(one.target);
      cell.setRouter(one.router);
      cell.setLabels(one.labels);
      cell.setAttrs(one.attrs, { deep: true });
      cell.chosen = false;
      return;
    }
    if (cell.shape !== one.shape) {
      graph.removeCell(cell);
      add(one);
      return;
    }
    cell.position(one.x, one.y);
    cell.resize(one.width, one.height);
    cell.setAttrs(one.attrs);
  }

  /** Ids of what is selected. */
  function ids() {
    return selection.getSelectedCells().map((cell) => cell.id);
  }

  function mark(chosen) {
    quiet = true;
    const cells = chosen.map((id) => graph.getCellById(id)).filter(Boolean);
    selection.reset(cells);
    quiet = false;
    paint();
  }

  /** X6 draws a box around chosen nodes; chosen edges change their colour. */
  function paint() {
    const now = new Set(ids());
    for (const edge of picture.edges) {
      const cell = graph.getCellById(idOfEdge(edge));
      const chosen = now.has(idOfEdge(edge));
      if (!cell || Boolean(cell.chosen) === chosen) continue;
      cell.chosen = chosen;
      const [from, to] = [nodeOf(edge.from), nodeOf(edge.to)];
      if (from && to) cell.setAttrs(edgeCell(edge, from, to, { chosen }).attrs);
      if (chosen && edge.n >= 0) cell.setTools(HANDLES);
      else cell.removeTools();
    }
  }

  function nodeOf(code) {
    return picture.nodes.find((one) => one.code === code);
  }

  /** Selects by id, and brings it into sight. */
  function select(id, { bring = true } = {}) {
    const cell = graph.getCellById(id);
    if (ids().length === 1 && ids()[0] === id) return;
    mark(cell ? [id] : []);
    if (!cell || !bring) return;
    const box = cell.getBBox();
    const corner = graph.localToClient(box.x, box.y);
    const other = graph.localToClient(box.x + box.width, box.y + box.height);
    const sight = place.getBoundingClientRect();
    if (corner.x < sight.left || corner.y < sight.top || other.x > sight.right || other.y > sight.bottom) graph.centerCell(cell);
  }

  graph.on("selection:changed", () => {
    paint();
    if (!quiet) told.chosen(ids());
  });
  graph.on("node:mousedown", ({ node }) => {
    if (node.shape !== "flow-lane") dragging = true;
  });
  // An edge that is being drawn is no part of any picture yet: an answer must not take it away.
  place.addEventListener("pointerdown", (event) => {
    if (event.target.closest(".x6-port-body, .x6-edge-tool-source-arrowhead, .x6-edge-tool-target-arrowhead")) dragging = true;
  }, true);
  graph.on("node:mouseup", settle);
  for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => setTimeout(settle));
  graph.on("blank:click", () => !ids().length && told.chosen([]));
  graph.on("edge:connected", ({ isNew, edge }) => {
    const [from, to] = [edge.getSourceCellId(), edge.getTargetCellId()].map((id) => id?.replace(/^node:/, ""));
    if (!from || !to) return;
    if (isNew) told.joined(from, to);
    else told.led(edge.getData(), from, to);
  });

  /** After a drag: what stands elsewhere now is told. */
  function settle() {
    if (!dragging) return;
    dragging = false;
    const to = {};
    for (const node of picture.nodes) {
      const cell = graph.getCellById(idOfNode(node.code));
      if (!cell) continue;
      const box = cell.getBBox();
      const [x, y] = [Math.round(box.x + box.width / 2), Math.round(box.y + box.height / 2)];
      if (x !== node.x || y !== node.y) to[node.code] = [x, y];
    }
    if (Object.keys(to).length) put(to);
    else if (later) show(later);
  }

  /** Puts nodes elsewhere at once, and tells it. */
  function put(to) {
    show(placed(to));
    told.moved(to);
  }

  function placed(to) {
    const nodes = picture.nodes.map((one) => (to[one.code] ? { ...one, x: to[one.code][0], y: to[one.code][1] } : one));
    return { ...picture, nodes };
  }

  return {
    graph, show, select, ids, view,
    /** Puts nodes elsewhere without telling it: the keyboard tells after the last step. */
    step: (to) => show(placed(to)),
    picture: () => picture,
    selectAll: () => {
      selection.reset(picture.nodes.map((one) => graph.getCellById(idOfNode(one.code))).filter(Boolean));
    },
    /** Takes cells away before the server has. */
    remove: (gone) => graph.removeCells(gone.map((id) => graph.getCellById(id)).filter(Boolean)),
    /** Shows a node before the server has it. */
    add: (node) => show({ ...picture, nodes: [...picture.nodes, node] }),
    /** The node under a place of the window, null if there is none. */
    nodeAt: (x, y) => {
      const found = document.elementsFromPoint(x, y).map((one) => one.closest?.(".x6-node")).find(Boolean);
      return found?.dataset.cellId.startsWith("node:") ? found.dataset.cellId.slice(5) : null;
    },
    /** The edge under a place of the window, null if there is none. */
    edgeAt: (x, y) => {
      const found = document.elementsFromPoint(x, y).map((one) => one.closest?.(".x6-edge")).find(Boolean);
      const cell = found && graph.getCellById(found.dataset.cellId);
      return cell?.getData() ?? null;
    },
  };
}

function kindOf(cell) {
  return cell?.getData?.()?.kind ?? "";
}

/** Edges beside nodes that stand elsewhere now: the sides they leave from may be others. */
function moved(before, after) {
  const old = Object.fromEntries(before.nodes.map((one) => [one.code, one]));
  const gone = new Set(after.nodes.filter((one) => old[one.code] && (old[one.code].x !== one.x || old[one.code].y !== one.y)).map((one) => one.code));
  return after.edges.filter((one) => gone.has(one.from) || gone.has(one.to)).map(idOfEdge);
}

/** Whether a node or an end of an edge on the canvas is not where it should be. */
function strayed(cell, one) {
  if (cell.isEdge()) return cell.getSourceCellId() !== one.source.cell || cell.getTargetCellId() !== one.target.cell;
  const { x, y } = cell.position();
  return x !== one.x || y !== one.y;
}
