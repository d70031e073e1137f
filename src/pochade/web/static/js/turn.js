/** Run calls one at a time: while one runs, only the latest other call waits; earlier ones are dropped. */

/**
 * @template {any[]} A
 * @param {(...args: A) => Promise<void>} f reports its own errors
 */
export function inTurn(f) {
  let busy = false;
  /** @type {A | null} */
  let next = null;
  /** @param {A} args */
  return async function run(...args) {
    next = args;
    if (busy) return;
    busy = true;
    try {
      while (next) {
        const now = next;
        next = null;
        await f(...now);
      }
    } finally {
      busy = false;
    }
  };
}
