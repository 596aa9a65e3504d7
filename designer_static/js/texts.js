/** Words in the language of the page: runtime/web/texts.py. */

const words = JSON.parse(document.getElementById("texts")?.textContent ?? "{}");

/**
 * The words of `key`, with `{name}` filled in.
 * @param {string} key
 * @param {Record<string, string | number>} values
 */
export function text(key, values = {}) {
  return (words[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}
