/**
 * A flow as cells of an X6 graph: boxes, diamonds, rings, lanes. The designer and the page that follows a case
 * draw with it, so that both show the same picture. Colours are classes (css/flow.css).
 *
 * X6 breaks lines at blanks only, which Chinese has none of: texts are measured and cut here.
 */

const PORTS = ["top", "right", "bottom", "left"];
const FAR = 12;
const EDGE = { "": "#8a97ab", done: "#0f8a5f", active: "#d97a00", todo: "#b9c2cf", reject: "#c42533", chosen: "#1f5fe0" };
/** Left of the first node and right of the last one, in a lane. */
const LANE = { head: 34, before: 84, after: 70 };

const pen = document.createElement("canvas").getContext("2d");
let registered = false;

/** Tells X6 our shapes; `magnets`: edges can be drawn from them. */
export function register({ magnets }) {
  if (registered) return;
  registered = true;
  const ports = {
    groups: Object.fromEntries(PORTS.map((side) => [side, { position: side, attrs: { circle: { r: 5, magnet: magnets, stroke: EDGE.chosen, strokeWidth: 1.4, fill: "#fff" } } }])),
    items: PORTS.map((side) => ({ id: side, group: side })),
  };
  const middle = { textAnchor: "middle", textVerticalAnchor: "middle" };
  const left = { textAnchor: "start", textVerticalAnchor: "middle" };
  const badge = [{ tagName: "circle", selector: "badge" }, { tagName: "path", selector: "sign" }];
  X6.Graph.registerNode("flow-task", {
    width: 156, height: 64,
    markup: [
      { tagName: "rect", selector: "body" }, { tagName: "rect", selector: "chip" }, { tagName: "use", selector: "icon" },
      { tagName: "text", selector: "name" }, { tagName: "text", selector: "note" }, ...badge,
    ],
    attrs: {
      body: { refWidth: "100%", refHeight: "100%", rx: 9, ry: 9 },
      chip: { x: 9, y: 14, width: 36, height: 36, rx: 8, ry: 8 },
      icon: { x: 17, y: 22, width: 20, height: 20 },
      name: { x: 54, y: 25, fontSize: 13, fontWeight: 600, ...left },
      note: { x: 54, y: 43, fontSize: 11, ...left },
      badge: { cx: 156, cy: 0, r: 0 }, sign: { d: "" },
    },
    ports,
  }, true);
  X6.Graph.registerNode("flow-gateway", {
    width: 46, height: 46,
    markup: [{ tagName: "polygon", selector: "body" }, { tagName: "use", selector: "icon" }, { tagName: "text", selector: "name" }, ...badge],
    attrs: {
      body: { refPoints: "0,10 10,0 20,10 10,20", strokeLinejoin: "round" },
      icon: { x: 13, y: 13, width: 20, height: 20 },
      name: { refX: 0.5, refY: -12, fontSize: 12, ...middle },
      badge: { cx: 46, cy: 4, r: 0 }, sign: { d: "" },
    },
    ports,
  }, true);
  X6.Graph.registerNode("flow-event", {
    width: 44, height: 44,
    markup: [{ tagName: "circle", selector: "body" }, { tagName: "text", selector: "name" }, ...badge],
    attrs: { body: { cx: 22, cy: 22, r: 21 }, name: { refX: 0.5, refY: 0.5, fontSize: 12, fontWeight: 600, ...middle }, badge: { cx: 40, cy: 4, r: 0 }, sign: { d: "" } },
    ports,
  }, true);
  X6.Graph.registerNode("flow-lane", {
    markup: [{ tagName: "rect", selector: "body" }, { tagName: "rect", selector: "head" }, { tagName: "text", selector: "name" }],
    attrs: {
      body: { refWidth: "100%", refHeight: "100%" }, head: { width: LANE.head, refHeight: "100%" },
      name: { refX: LANE.head / 2, refY: "50%", transform: "rotate(-90)", fontSize: 12, fontWeight: 600, letterSpacing: 2, ...middle },
    },
  }, true);
}

export const idOfNode = (code) => `node:${code}`;
export const idOfEdge = ({ from, to, n }) => `edge:${from}>${to}#${n}`;

/** All cells of a picture as X6 takes them, lanes first. */
export function cellsOf(picture, { sprite, reading = false }) {
  const by = Object.fromEntries(picture.nodes.map((one) => [one.code, one]));
  return [
    ...lanesOf(picture),
    ...picture.edges.map((one) => edgeCell(one, by[one.from], by[one.to], { reading })),
    ...picture.nodes.map((one) => nodeCell(one, { sprite, below: isBelow(one, picture.edges, by) })),
  ];
}

/** Whether a diamond's name stands below it: where its branches go upwards, but not downwards. */
function isBelow(node, edges, by) {
  if (node.shape !== "gateway") return false;
  const ends = edges.filter((one) => one.from === node.code || one.to === node.code).map((one) => by[one.from === node.code ? one.to : one.from].y - node.y);
  return ends.some((dy) => dy < -36) && !ends.some((dy) => dy > 36);
}

function nodeCell(node, { sprite, below }) {
  return {
    id: idOfNode(node.code), shape: `flow-${node.shape}`, x: node.x - node.w / 2, y: node.y - node.h / 2,
    width: node.w, height: node.h, zIndex: 3, data: node, attrs: attrsOf(node, sprite, below),
  };
}

/** An edge between two nodes of the picture, led from the sides that face each other. */
export function edgeCell(edge, from, to, { reading = false, chosen = false } = {}) {
  const [out, into] = sides(from, to);
  const state = chosen ? "chosen" : edge.state || (edge.kind === "reject" ? "reject" : "");
  const strong = chosen || edge.state === "done" || edge.state === "active";
  const straight = (out === "right" && into === "left") || (out === "bottom" && into === "top");
  return {
    id: idOfEdge(edge), shape: "edge", zIndex: 2, data: edge,
    source: { cell: idOfNode(edge.from), port: out }, target: { cell: idOfNode(edge.to), port: into },
    router: straight ? { name: "er", args: { offset: "center", direction: out === "right" ? "H" : "V" } } : { name: "orth", args: { padding: 18 } },
    connector: { name: "rounded", args: { radius: 8 } },
    attrs: {
      line: {
        stroke: EDGE[state], strokeWidth: strong ? 2.2 : 1.6, targetMarker: { name: "block", width: 9, height: 7, offset: 0 },
        strokeDasharray: edge.kind === "reject" || (reading && state === "todo") ? "5 4" : null,
      },
    },
    labels: edge.label ? [label(edge.label, edge.kind)] : [],
  };
}

function label(text, kind) {
  return {
    position: 0.5,
    attrs: {
      text: { text: cut(text, 150, "12px"), fontSize: 12, fill: kind === "reject" ? "#c42533" : kind === "default" ? "#5f6b80" : "#4b5870" },
      rect: { fill: "#fff", stroke: "#dde3eb", rx: 4, ry: 4, refWidth: 12, refHeight: 6, refX: -6, refY: -3 },
    },
  };
}

/** The bands behind the nodes, as wide as all of them. */
export function lanesOf(picture) {
  if (!picture.lanes.length) return [];
  const left = Math.min(...picture.nodes.map((one) => one.x - one.w / 2)) - LANE.before;
  const right = Math.max(...picture.nodes.map((one) => one.x + one.w / 2)) + LANE.after;
  return picture.lanes.map((lane) => ({
    id: `lane:${lane.code}`, shape: "flow-lane", x: left, y: lane.y, width: right - left, height: lane.h, zIndex: -1,
    attrs: { body: { class: "flow-lane__body" }, head: { class: "flow-lane__head" }, name: { class: "flow-lane__name", text: cut(lane.name, lane.h - 20, "600 14px") } },
  }));
}

function attrsOf(node, sprite, below) {
  const state = node.state ? ` is-${node.state}` : "";
  const icon = { href: `${sprite}#i-${node.icon}`, class: `flow-node__icon flow-node__icon--${node.tone}${state}` };
  const badge = { class: `flow-node__badge${state}`, r: ["done", "active", "bad"].includes(node.state) ? 9 : 0 };
  const sign = { class: "flow-node__sign", d: signOf(node) };
  if (node.shape === "task") {
    return {
      body: { class: `flow-node__body${state}` }, chip: { class: `flow-node__chip flow-node__chip--${node.tone}${state}` }, icon, badge, sign,
      name: { class: `flow-node__name${state}`, text: cut(node.name, 94, "600 13px") },
      note: { class: `flow-node__note${state}`, text: cut(node.note, 94, "11px") },
    };
  }
  const name = { class: `flow-node__name flow-node__name--apart${state}`, text: cut(node.name, 150, "12px") };
  // What is too long for the ring stands below it.
  const outside = node.shape === "event" && cut(node.name, 34, "600 12px") !== node.name;
  if (outside || below) Object.assign(name, { refY: node.h + 14 });
  else name.refY = node.shape === "event" ? 0.5 : -12;
  if (node.shape === "event") return { body: { class: `flow-event flow-event--${node.kind}${state}` }, name, badge, sign };
  return { body: { class: `flow-gateway${state}` }, icon: { ...icon, class: `flow-gateway__icon${state}` }, name, badge, sign };
}

function signOf({ state, shape, w }) {
  const [x, y] = [shape === "task" ? w : shape === "event" ? 40 : 46, shape === "task" ? 0 : 4];
  if (state === "done") return `M${x - 4} ${y}l3 3l5.5 -6`;
  if (state === "active") return `M${x} ${y - 4.5}v5h3.5`;
  return state === "bad" ? `M${x - 3} ${y - 3}l6 6m0 -6l-6 6` : "";
}

/** From which side of the first node to which side of the other. */
function sides(from, to) {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const apart = (from.w + to.w) / 2 + FAR;
  if (dx >= apart) {
    // Branches leave a diamond upwards and downwards.
    if (from.shape === "gateway" && Math.abs(dy) > 36) return [dy > 0 ? "bottom" : "top", "left"];
    return ["right", "left"];
  }
  if (Math.abs(dx) < apart && dy >= (from.h + to.h) / 2) return ["bottom", "top"];
  if (Math.abs(dx) < apart && dy <= -(from.h + to.h) / 2) return ["top", "bottom"];
  return dy > 0 ? ["bottom", "bottom"] : ["top", "top"];
}

/** Texts as they fit; measuring all of them anew for every step of a key is what would be seen. @type {Map<string, string>} */
const fitting = new Map();

function cut(text, width, font) {
  const key = `${width} ${font} ${text ?? ""}`;
  if (fitting.size > 5000) fitting.clear();
  if (!fitting.has(key)) fitting.set(key, fitted(String(text ?? ""), width, font));
  return fitting.get(key);
}

function fitted(text, width, font) {
  let shown = text;
  pen.font = `${font} ${getComputedStyle(document.body).fontFamily}`;
  if (pen.measureText(shown).width <= width) return shown;
  while (shown && pen.measureText(`${shown}…`).width > width) shown = shown.slice(0, -1);
  return `${shown}…`;
}
