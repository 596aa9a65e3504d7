/** Lists whose items are dragged: each is let go of once it has left the page. */

const standing = new Set();

/** Lets the items of a list be dragged; once is enough. */
export function sorted(list, options) {
  if (list.sorting) return;
  list.sorting = new Sortable(list, options);
  standing.add(list.sorting);
}

/**
 * Lets go of lists that an answer has taken off the page. Sortable takes a list without a parent for one as
 * large as the window: an empty one would catch whatever is dragged anywhere.
 */
export function forget() {
  for (const one of standing) {
    if (one.el.isConnected) continue;
    standing.delete(one);
    one.destroy();
  }
}
