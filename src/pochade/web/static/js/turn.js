/** Wishes in turn: one is under way, the last of those that came meanwhile is next, and those between are dropped. */

/**
 * @template {any[]} A
 * @param {(...given: A) => Promise<void>} f says its own faults
 */
export function inTurn(f) {
  let busy = false;
  /** @type {A | null} */
  let next = null;
  /** @param {A} given */
  return async function run(...given) {
    next = given;
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
