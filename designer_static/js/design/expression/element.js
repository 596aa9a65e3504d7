/** Elements made by scripts: nothing is ever written as HTML. */

/**
 * A new element with properties and what stands in it.
 * @param {string} name
 * @param {Record<string, unknown>} properties
 * @param {...(Node | string)} inside
 */
export function element(name, properties = {}, ...inside) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...inside);
  return made;
}
