/**
 * Places that are counted: the third grant, the second check. They mean something else once one before them has
 * gone, and an edit that was made on the old count must not reach another one.
 */

/** Edits after which things stand at other numbers. */
const SHIFTS = new Set([
  "remove", "move", "copy", "undo", "redo", "add_section", "move_section", "remove_section", "remove_from_file",
  "copy_rule", "copy_test", "paste_items",
]);
const OF_SECTIONS = new Set(["name_section", "move_section", "remove_section"]);

/** Whether an edit reaches its place by counting. */
export function byNumber(change) {
  return (change.place ?? []).some(Number.isInteger) || OF_SECTIONS.has(change.do);
}

/** Whether things may stand at other numbers after an edit. */
export function shiftsNumbers(change) {
  return SHIFTS.has(change.do);
}
