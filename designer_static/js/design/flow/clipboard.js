/** Copies of nodes, kept in this browser so that they can be pasted into another flow as well. */

import { page } from "../draft.js";
import { Failed, send } from "../../request.js";
import { toast } from "../../toast.js";
import { word } from "../words.js";

const KEPT = "biaoliu-flow-copy";
/** Units that a copy stands beside what was copied. */
const BESIDE = 40;

/**
 * @param {{board: object, settled: () => Promise<unknown>, paste: (change: object) => void}} options  `settled`
 *   resolves when what was made before is kept: only then the document holds what is copied
 */
export function clipboard({ board, settled, paste }) {
  /** What is pasted at once waits for what is being copied. */
  let copying = Promise.resolve();
  return {
    copy,
    paste: () => {
      copying.then(put);
      return true;
    },
  };

  function copy() {
    const codes = board.ids().filter((id) => id.startsWith("node:")).map((id) => id.slice(5)).filter((code) => code !== "start");
    if (!codes.length) return false;
    copying = settled().then(() => keep(codes)).catch((error) => {
      if (!(error instanceof Failed)) throw error;
      toast(error.message, { tone: "bad" });
    });
    return true;
  }

  /** What the picture says is not all of a node: the whole documents are asked for. */
  async function keep(codes) {
    const url = page.url.replace(/edit$/, "view");
    const { html } = await send(url, { data: { file: page.file, view: { ...page.view, whole: true } } });
    const found = new DOMParser().parseFromString(html, "text/html").getElementById("flow-graph");
    const { nodes, documents, sources } = JSON.parse(found.textContent);
    const at = {};
    for (const one of nodes) if (codes.includes(one.code)) at[one.code] = [one.x, one.y];
    const copied = {
      nodes: codes.map((code) => documents[code]).filter(Boolean),
      edges: sources.filter((one) => codes.includes(one.from) && codes.includes(one.to)),
      at,
      times: 0,
    };
    localStorage.setItem(KEPT, JSON.stringify(copied));
    toast(word("copied", { n: copied.nodes.length }), { tone: "ok" });
  }

  function put() {
    const copied = JSON.parse(localStorage.getItem(KEPT) ?? "null");
    if (!copied?.nodes?.length) {
      toast(word("nothing_copied"));
      return;
    }
    copied.times += 1;
    localStorage.setItem(KEPT, JSON.stringify(copied));
    const by = BESIDE * copied.times;
    const at = Object.fromEntries(Object.entries(copied.at).map(([code, [x, y]]) => [code, [x + by, y + by * 2]]));
    paste({ do: "paste_nodes", nodes: copied.nodes, edges: copied.edges, at });
  }
}
