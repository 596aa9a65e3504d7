/** Things that are done one after the other, however fast they are asked for. */

/** Returns what does a task when all before it are done, also if one of them failed; resolves to its result. */
export function turns() {
  let last = Promise.resolve();
  return (task) => {
    const turn = last.then(task);
    last = turn.catch(() => {});
    return turn;
  };
}
