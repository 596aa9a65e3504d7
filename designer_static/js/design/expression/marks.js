/** Colours behind the text of an expression: names, functions, texts, numbers, and what is wrong. */

const PIECE = /'(?:[^'\\]|\\.)*'?|"(?:[^"\\]|\\.)*"?|[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*|\d+(?:\.\d+)?/gu;
const WORDS = new Set(["and", "or", "not", "in", "is", "null", "true", "false"]);

/**
 * Nodes that show `source` with its pieces marked.
 * @param {string} source
 * @param {{names: Map<string, object>, functions: Map<string, object>, template?: boolean,
 *   problems: {from: number, to: number}[]}} known
 */
export function marked(source, { names, functions, template, problems }) {
  const bad = new Set();
  for (const { from, to } of problems) for (let at = from; at < Math.max(to, from + 1); at += 1) bad.add(at);
  const pieces = [];
  let end = 0;
  for (const [from, to] of template ? holes(source) : [[0, source.length]]) {
    pieces.push([end, from, ""]);
    end = from;
    for (const found of source.slice(from, to).matchAll(PIECE)) {
      const at = from + found.index;
      pieces.push([end, at, ""], [at, at + found[0].length, kindOf(found[0], names, functions)]);
      end = at + found[0].length;
    }
  }
  pieces.push([end, source.length, ""]);
  const nodes = pieces.filter(([from, to]) => to > from).flatMap((piece) => [...cut(source, piece, bad)]);
  // What is wrong behind the last character needs a place of its own; so does a last line that is empty.
  const tail = document.createElement("span");
  tail.textContent = " ";
  if (bad.has(source.length)) tail.className = "is-wrong";
  return [...nodes, tail];
}

/** Character positions of the server as positions of the text here, where some characters count twice. */
export function offsets(source, found) {
  if (!/[\u{10000}-\u{10FFFF}]/u.test(source)) return found;
  const characters = [...source];
  const at = (count) => characters.slice(0, count).join("").length;
  return found.map((one) => ({ ...one, from: at(one.from), to: at(one.to) }));
}

/** Where the insides of `{…}` begin and end. */
export function holes(source) {
  return [...source.matchAll(/\{\{|\}\}|\{([^{}]*)\}?/g)]
    .filter((one) => one[1] !== undefined)
    .map((one) => [one.index + 1, one.index + 1 + one[1].length]);
}

function kindOf(piece, names, functions) {
  if (/^['"]/.test(piece)) return "is-text";
  if (/^\d/.test(piece)) return "is-number";
  if (WORDS.has(piece)) return "is-word";
  if (names.has(piece)) return "is-name";
  return functions.has(piece) ? "is-function" : "";
}

function* cut(source, [from, to, kind], bad) {
  let start = from;
  for (let at = from; at <= to; at += 1) {
    if (at < to && bad.has(at) === bad.has(start)) continue;
    if (at > start) {
      const node = document.createElement("span");
      node.textContent = source.slice(start, at);
      node.className = `${kind}${bad.has(start) ? " is-wrong" : ""}`.trim();
      yield node;
    }
    start = at;
  }
}
