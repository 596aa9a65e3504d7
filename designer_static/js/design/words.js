/** Words in the language of the page: builder/web/texts.py. */

const words = JSON.parse(document.getElementById("design-texts")?.textContent ?? "{}");

/**
 * The words of `key`, with `{name}` filled in.
 * @param {string} key
 * @param {Record<string, string | number>} values
 */
export function word(key, values = {}) {
  return (words[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}
