/** Run work: the label says if it takes longer than 400 ms, and why it failed. */

import { aborted, wordsFor } from "./api.js";
import { set, state } from "./state.js";
import { WORDS } from "./words.js";

let waits = 0;
/** The error that this module showed last. @type {typeof state.error} */
let said = null;

/**
 * The result of `work`, or undefined if it failed.
 * @template T
 * @param {() => Promise<T>} work
 * @param {() => void} [retry]
 * @returns {Promise<T | undefined>}
 */
export async function felt(work, retry) {
  waits += 1;
  const timer = setTimeout(() => set({ waiting: WORDS.looking }), 400);
  try {
    const result = await work();
    if (said && state.error === said) set({ error: null });
    return result;
  } catch (error) {
    if (!aborted(error)) set({ error: (said = { words: wordsFor(error), retry }) });
    return undefined;
  } finally {
    clearTimeout(timer);
    waits -= 1;
    if (!waits) set({ waiting: "" });
  }
}
