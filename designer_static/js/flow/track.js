/** A case on its flow's picture: fetched and drawn when somebody wants to see it. */

import { Failed, send } from "../request.js";

const tabs = document.querySelector("[data-views]");
const panel = document.getElementById("case-flow");
let drawn = null;

tabs.addEventListener("click", (event) => {
  const tab = event.target.closest("[role=tab]");
  if (tab) open(tab);
});
tabs.addEventListener("keydown", (event) => {
  if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
  const other = [...tabs.querySelectorAll("[role=tab]")].find((one) => one !== event.target);
  open(other);
  other.focus();
});
if (location.hash === "#flow") open(document.getElementById("case-flow-tab"));

function open(tab) {
  for (const one of tabs.querySelectorAll("[role=tab]")) {
    const chosen = one === tab;
    one.setAttribute("aria-selected", String(chosen));
    one.tabIndex = chosen ? 0 : -1;
    document.getElementById(one.getAttribute("aria-controls")).hidden = !chosen;
  }
  if (tab.id === "case-flow-tab") drawn ??= draw();
}

async function draw() {
  const wait = panel.querySelector("[data-wait]");
  try {
    const [picture, { cellsOf, register }, { viewport }] = await Promise.all([
      send(panel.dataset.track),
      import("./picture.js"),
      import("./viewport.js"),
      library(),
    ]);
    register({ magnets: false });
    const place = panel.querySelector("[data-place]");
    const graph = new X6.Graph({ container: place, autoResize: true, background: { color: "#fafbfc" }, panning: { enabled: true }, interacting: false });
    graph.resetCells(cellsOf(picture, { sprite: panel.dataset.sprite, reading: true }).map((one) => (one.shape === "edge" ? graph.createEdge(one) : graph.createNode(one))));
    const view = viewport(graph, place, panel);
    wait.hidden = true;
    // After the canvas has its size.
    requestAnimationFrame(() => begin(graph, view, picture));
  } catch (error) {
    drawn = null;
    wait.textContent = error.message;
    if (!(error instanceof Failed)) throw error;
  }
}

/** On a desk the whole picture; on a phone where the case is, large enough to read. */
function begin(graph, view, picture) {
  view.fit();
  const active = picture.nodes.find((one) => one.state === "active");
  if (innerWidth > 720 || graph.zoom() >= 0.7) return;
  view.to(0.72);
  const cell = graph.getCellById(`node:${(active ?? picture.nodes[0]).code}`);
  if (cell) graph.centerCell(cell);
}

function library() {
  if (window.X6) return Promise.resolve();
  return new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = panel.dataset.canvas;
    script.addEventListener("load", done);
    script.addEventListener("error", failed);
    document.head.append(script);
  });
}
