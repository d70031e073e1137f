/** Two states of a picture over each other, and the line between them that the hand moves. */

import { el } from "../dom.js";

const STEP = 2;

/** Where the line was left, in percent. */
let at = 50;

/**
 * @param {HTMLElement} hung the picture as it was; the other state lies over it
 * @param {(at: number) => string} words what is said of a place
 */
export function divided(hung, words) {
  const line = el("div", { className: "divider", role: "slider", tabIndex: 0, "aria-label": "Divider", "aria-valuemin": "0", "aria-valuemax": "100" }, el("i"));
  const put = (/** @type {number} */ percent) => {
    at = Math.min(100, Math.max(0, percent));
    hung.style.setProperty("--at", `${at}%`);
    line.setAttribute("aria-valuenow", String(Math.round(at)));
    line.setAttribute("aria-valuetext", words(Math.round(at)));
  };
  hung.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    event.preventDefault();
    line.focus({ preventScroll: true });
    hung.setPointerCapture(event.pointerId);
    const move = (/** @type {PointerEvent} */ e) => {
      const box = hung.getBoundingClientRect();
      put((100 * (e.clientX - box.left)) / box.width);
    };
    move(event);
    hung.addEventListener("pointermove", move);
    for (const end of ["pointerup", "pointercancel"]) hung.addEventListener(end, () => hung.removeEventListener("pointermove", move), { once: true });
  });
  line.addEventListener("keydown", (event) => {
    const to = { ArrowLeft: at - STEP, ArrowDown: at - STEP, ArrowRight: at + STEP, ArrowUp: at + STEP, PageUp: at + 10, PageDown: at - 10, Home: 0, End: 100 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    put(to);
  });
  hung.append(line);
  put(at);
  return { say: () => put(at) };
}
