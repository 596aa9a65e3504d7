/** The flow designer: canvas, outline, palette and panel work on one document; every gesture is one edit. */

import { choosers } from "../../choosers.js";
import { Failed, send } from "../../request.js";
import { toast } from "../../toast.js";
import { edit, isSaved, onChange, page, refresh, settled } from "../draft.js";
import { tell } from "../panel.js";
import { word } from "../words.js";
import { canvas } from "./canvas.js";
import { clipboard } from "./clipboard.js";
import { grid } from "./grid.js";
import { keys } from "./keys.js";
import { palette } from "./palette.js";
import { problems } from "./problems.js";

const root = document.querySelector("[data-flow]");
const dialog = document.getElementById("matrix-dialog");
page.view = { name: "flow", code: root.dataset.flow, selected: "flow", tab: "work" };

const graph = () => JSON.parse(document.getElementById("flow-graph").textContent);
const board = canvas(document.getElementById("flow-canvas"), {
  moved: (to) => edit({ do: "move_nodes", to }),
  joined: (origin, to) => edit({ do: "connect", origin, to }),
  led,
  chosen: (ids) => choose(ids),
});
board.show(graph());
board.view.fit();
// On a phone a whole flow is too small to read: it begins at the start.
if (innerWidth <= 720 && board.graph.zoom() < 0.5) {
  board.view.to(0.6);
  board.graph.centerCell(board.graph.getCellById("node:start"));
}

const actions = {
  board,
  choose,
  remove,
  add,
  move,
  fit: board.view.fit,
  zoomIn: board.view.zoomIn,
  zoomOut: board.view.zoomOut,
  selectAll: () => board.selectAll(),
  ...clipboard({ board, settled, paste: (change) => edit(change) }),
};
keys(actions);
palette(document.getElementById("flow-palette"), board, actions);
grid(document);
problems(root, { go: (what) => choose([what], { from: "list" }) });
minimap();

/** As the server measures nodes: runtime/nodes/picture.py. */
const SIZES = { task: { w: 156, h: 64 }, gateway: { w: 46, h: 46 }, event: { w: 44, h: 44 } };
let asked = 0;
let fits = false;
/** Milliseconds after a step until it is told; a key that is held repeats twice as fast. */
const RESTING = 60;
/** Steps of the keyboard that are not told yet. */
let moving = 0;
const steps = {};
/** Codes that were given to nodes: one that has no place yet does not stand on the canvas. */
const given = new Set();
/** Who is imagined to have begun the case, the widget that asks, and how often that was asked. */
let initiator = { value: "", label: "" };
let picker = null;
let findings = 0;
onChange(() => {
  // What was made meanwhile is on the canvas already: only the last answer shows everything.
  setTimeout(() => {
    if (!isSaved() || Object.keys(steps).length) return;
    const next = graph();
    if (next.lanes.length !== board.picture().lanes.length) fits = true;
    board.show(next);
    if (fits) board.view.fit();
    fits = false;
    // Several are chosen together where the panel is about the flow: they stay so.
    if (page.view.selected !== "flow" || board.ids().length < 2) board.select(page.view.selected);
  });
  receivers();
});
receivers();

/** Selects nodes and edges; one of them is what the panel is about. */
async function choose(ids, { from = "canvas" } = {}) {
  const what = ids.length === 1 ? ids[0] : "flow";
  if (from !== "canvas") board.select(what);
  if (page.view.selected === what) return;
  page.view.selected = what;
  asked += 1;
  const mine = asked;
  // A rubber band chooses many, one after the other; the panel is drawn for the last.
  await new Promise((resolve) => setTimeout(resolve, 30));
  if (mine === asked) refresh();
}

function remove() {
  const ids = board.ids().length ? board.ids() : [page.view.selected];
  const nodes = ids.filter((id) => id.startsWith("node:")).map((id) => id.slice(5));
  const edges = ids.filter((id) => id.startsWith("edge:")).map(edgeOf).filter((one) => one.n >= 0);
  if (nodes.includes("start")) {
    toast(word("start_stays"), { tone: "bad" });
    return;
  }
  if (!nodes.length && !edges.length) return;
  board.remove([...nodes.map((code) => `node:${code}`), ...ids.filter((id) => id.startsWith("edge:"))]);
  page.view.selected = "flow";
  edit({ do: "remove_nodes", nodes, edges });
}

/** Puts in a node: at a place, on an edge, behind another one, or behind what is selected. */
function add({ kind, name, values, look, at, split, after }) {
  const code = freeCode(kind);
  const change = { do: "add_node", kind, code, name, values };
  if (at) change.at = at;
  if (split) change.split = { from: split.from, to: split.to, n: split.n };
  const selected = page.view.selected;
  if (after) change.after = after;
  else if (!at && selected.startsWith("node:")) change.after = selected.slice(5);
  else if (!at && selected.startsWith("edge:")) change.split = edgeOf(selected);
  else if (!at && kind !== "end") change.split = wayToTheEnd();
  const near = board.picture().nodes.find((one) => one.code === change.after);
  const [x, y] = at ?? (near ? [near.x + 220, near.y] : [0, 0]);
  // It stands there at once; the answer says where it belongs.
  if (at || near) board.add({ code, kind, name, ...look, ...SIZES[look.shape], note: "", state: "", x, y });
  return edit(change, { back: turned(`node:${code}`) });
}

/** Leads an edge elsewhere by one of its ends; it stays selected under its new name. */
function led({ from, to, n }, origin, target) {
  if (from === origin && to === target) return;
  const { edges } = board.picture();
  const before = edges.slice(0, edges.findIndex((one) => one.from === from && one.to === to && one.n === n));
  const number = before.filter((one) => one.from === origin && one.to === target && one.n >= 0).length;
  const change = { do: "set_edge", edge: { from, to, n }, values: { from: origin, to: target } };
  edit(change, { view: { selected: `edge:${origin}>${target}#${number}`, tab: "work" } });
}

/** The only edge into the only end, into which goes what is put nowhere else; null if there are several. */
function wayToTheEnd() {
  const { nodes, edges } = board.picture();
  const ends = nodes.filter((one) => one.kind === "end").map((one) => one.code);
  const ways = edges.filter((one) => ends.includes(one.to));
  if (ends.length !== 1 || ways.length !== 1 || ways[0].n < 0 || ways[0].kind === "reject") return null;
  const [{ from, to, n }] = ways;
  return { from, to, n };
}

/** Turns to another part at once; returns what turns back. */
function turned(to) {
  const { selected } = page.view;
  Object.assign(page.view, { selected: to, tab: "work" });
  return () => {
    if (page.view.selected === to) page.view.selected = selected;
  };
}

/** Moves what is selected by a step; several steps soon after each other are one edit. */
function move(dx, dy) {
  const picture = board.picture();
  for (const id of board.ids()) {
    const node = picture.nodes.find((one) => `node:${one.code}` === id);
    if (node) steps[node.code] = [node.x + dx, node.y + dy];
  }
  if (!Object.keys(steps).length) return;
  board.step({ ...steps });
  clearTimeout(moving);
  moving = setTimeout(arrive, RESTING);
}

/** Tells where the steps have led. */
function arrive() {
  clearTimeout(moving);
  const to = { ...steps };
  for (const code of Object.keys(steps)) delete steps[code];
  if (Object.keys(to).length) edit({ do: "move_nodes", to });
}
// Before anything else is done: undo is about the last edit, and what is made later comes later.
for (const type of ["keydown", "pointerdown"]) {
  document.addEventListener(type, (event) => {
    if (!(event.altKey && /^(Alt|Arrow)/.test(event.key))) arrive();
  }, true);
}

function freeCode(kind) {
  if (isSaved()) given.clear();
  const known = new Set([...given, ...board.picture().nodes.map((one) => one.code)]);
  let code = kind;
  for (let number = 1; known.has(code); number += 1) code = `${kind}_${number}`;
  given.add(code);
  return code;
}

function edgeOf(id) {
  const [, from, to, n] = id.match(/^edge:(.*)>(.*)#(-?\d+)$/);
  return { from, to, n: Number(n) };
}

document.addEventListener("click", (event) => {
  const chosen = event.target.closest("[data-select]");
  if (chosen) setTimeout(() => board.select(chosen.dataset.select));
  const tab = event.target.closest("[data-tab]");
  if (tab) {
    page.view.tab = tab.dataset.tab;
    refresh();
  }
  const cell = event.target.closest("[data-allow]");
  if (cell) allow(cell);
  if (event.target.closest("[data-delete]")) remove();
  if (event.target.closest("[data-copy]")) actions.copy();
  if (event.target.closest("[data-paste]")) actions.paste();
  if (event.target.closest("[data-then-fit]")) fits = true;
  if (event.target.closest("[data-open-matrix]")) openMatrix();
});

/** Inputs whose value is filled into an edit (`data-filled`), and selects whose options are edits. */
document.addEventListener("change", (event) => {
  const input = event.target;
  if (input.dataset.filled) {
    const value = input.value.trim();
    const filled = (text) => text.replaceAll("$value", JSON.stringify(value).slice(1, -1));
    const { selects } = input.dataset;
    const view = selects ? { selected: selects.replaceAll("$value", value) } : undefined;
    edit(JSON.parse(filled(input.dataset.filled)), { view, refused: (failed) => refused(input, failed, value) });
  }
  if ("edits" in input.dataset) {
    const change = JSON.parse(input.value);
    if ("reselect" in input.dataset) page.view.selected = "flow";
    edit(change);
  }
});

/** What was typed stays, to be put right. */
function refused(input, failed, value) {
  const now = document.getElementById(input.id);
  if (!now || !tell(now, failed.problems[0]?.message ?? failed.message)) return false;
  now.value = value;
  return true;
}

/** Switches what may be done with a field at a node. */
function allow(cell) {
  const [node, path, what] = cell.dataset.allow.split(" ");
  const on = cell.getAttribute("aria-pressed") !== "true";
  cell.setAttribute("aria-pressed", String(on));
  edit({ do: "allow", node, fields: [path], what, on });
}

async function openMatrix() {
  page.view.matrix = true;
  if (await refresh()) dialog.showModal();
}
dialog.addEventListener("close", () => {
  delete page.view.matrix;
});

/** "谁会收到": asks again whenever the node or the initiator is another one. */
function receivers() {
  // An answer that drew the panel anew has taken the search box away; what it made of the select stays.
  if (picker && !picker.wrapper.isConnected) {
    picker.destroy();
    picker = null;
  }
  const place = document.querySelector("[data-receivers-of]");
  const select = document.getElementById("receivers-initiator");
  if (!place || !select) return;
  if (!select.tomselect) {
    if (initiator.value) select.append(new Option(initiator.label, initiator.value, true, true));
    choosers(place);
    picker = select.tomselect;
    const own = picker;
    own.on("change", (value) => {
      initiator = { value, label: own.options[value]?.label ?? value };
      find();
    });
  }
  find();
}

/** Asks who receives the work of the node that the panel is about. */
async function find() {
  const found = document.getElementById("receivers-found");
  const node = document.querySelector("[data-receivers-of]").dataset.receiversOf;
  findings += 1;
  const mine = findings;
  if (!initiator.value) {
    found.replaceChildren();
    return;
  }
  const answer = await send(root.dataset.receivers, { data: { node, initiator: initiator.value } }).catch((error) => {
    if (!(error instanceof Failed)) throw error;
    return error;
  });
  // Meanwhile the panel may be about another node, or drawn anew.
  const now = document.getElementById("receivers-found");
  if (mine !== findings || !now) return;
  if (answer instanceof Failed) now.textContent = answer.message;
  else now.innerHTML = answer.html;
}

function minimap() {
  const place = document.getElementById("flow-minimap");
  const button = document.querySelector("[data-minimap]");
  // It draws every node once more: when there is nothing better to do.
  const idle = window.requestIdleCallback ?? ((draw) => setTimeout(draw, 300));
  idle(() => board.graph.use(new X6.MiniMap({ container: place, width: 196, height: 116, padding: 8 })));
  button.addEventListener("click", () => {
    place.hidden = !place.hidden;
    button.setAttribute("aria-pressed", String(!place.hidden));
  });
}
