/** Work whose wait the label says once it is felt, and whose fault it says in words. */

import { aborted, wordsFor } from "./api.js";
import { set, state } from "./state.js";
import { WORDS } from "./words.js";

let waits = 0;
/** The fault that was said last from here. @type {typeof state.error} */
let said = null;

/**
 * What `work` comes to, or undefined where it failed.
 * @template T
 * @param {() => Promise<T>} work
 * @param {() => void} [retry]
 * @returns {Promise<T | undefined>}
 */
export async function felt(work, retry) {
  waits += 1;
  const timer = setTimeout(() => set({ waiting: WORDS.looking }), 400);
  try {
    const made = await work();
    if (said && state.error === said) set({ error: null });
    return made;
  } catch (error) {
    if (!aborted(error)) set({ error: (said = { words: wordsFor(error), retry }) });
    return undefined;
  } finally {
    clearTimeout(timer);
    waits -= 1;
    if (!waits) set({ waiting: "" });
  }
}
