/** The neutral around the picture: light, mid-gray or dark; by default the system's preference. */

import { set, state } from "./state.js";

const KEY = "pochade.surround";

/** @param {string} name */
function apply(name) {
  document.documentElement.dataset.surround = name;
  const input = document.querySelector(`#surround [value="${name}"]`);
  if (input instanceof HTMLInputElement) input.checked = true;
  if (state.why) set({ why: false, current: null }); // the veil has the color of the wall
}

/** Read, or first write, local storage; null if the browser forbids it. @param {string} key @param {string} [value] */
export function stored(key, value) {
  try {
    if (value !== undefined) localStorage.setItem(key, value);
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

export function startSurround() {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const preferred = () => (dark.matches ? "dark" : "light");
  const chosen = stored(KEY);
  apply(chosen && ["light", "gray", "dark"].includes(chosen) ? chosen : preferred());
  dark.addEventListener("change", () => stored(KEY) ?? apply(preferred()));
  document.getElementById("surround")?.addEventListener("change", (event) => {
    if (!(event.target instanceof HTMLInputElement)) return;
    apply(event.target.value);
    stored(KEY, event.target.value);
  });
}
