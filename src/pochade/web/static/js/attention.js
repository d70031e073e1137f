/** The current color: hovered, focused or pinned. */

import { set, state } from "./state.js";

let pause = 0;

/** Show which pixels a color stands for, after 60 ms. @param {number} id @param {number} [wait] */
export function why(id, wait = 60) {
  clearTimeout(pause);
  if (state.pinned) return;
  pause = window.setTimeout(() => set({ current: id, why: true }), wait);
}

/** Make a color current, without the veil. @param {number} id */
export function point(id) {
  clearTimeout(pause);
  if (!state.pinned) set({ current: id, why: false });
}

/** Hover or focus has ended. */
export function leave() {
  clearTimeout(pause);
  if (!state.pinned) pause = window.setTimeout(() => set({ current: null, why: false }), 30);
}

/** Show the details of a color until they are closed. @param {number} id */
export function details(id) {
  const same = state.pinned && state.current === id;
  set({ pinned: false });
  set(same ? { current: null, why: false } : { current: id, why: true, pinned: true });
}

export function pin() {
  if (state.pinned) set({ pinned: false, why: false, current: null });
  else if (state.current !== null) set({ pinned: true, why: true });
}
