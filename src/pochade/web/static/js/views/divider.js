/** A movable divider between two states of a picture. */

import { el } from "../dom.js";

const STEP = 2;

/** The last position of the line, in percent. */
let at = 50;

/**
 * @param {HTMLElement} fitted the element with both pictures, the other state above
 * @param {(at: number) => string} words the text for a position, for screen readers
 */
export function divided(fitted, words) {
  const line = el("div", { className: "divider", role: "slider", tabIndex: 0, "aria-label": "Divider", "aria-valuemin": "0", "aria-valuemax": "100" }, el("i"));
  const put = (/** @type {number} */ percent) => {
    at = Math.min(100, Math.max(0, percent));
    fitted.style.setProperty("--at", `${at}%`);
    line.setAttribute("aria-valuenow", String(Math.round(at)));
    line.setAttribute("aria-valuetext", words(Math.round(at)));
  };
  fitted.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    event.preventDefault();
    line.focus({ preventScroll: true });
    fitted.setPointerCapture(event.pointerId);
    const move = (/** @type {PointerEvent} */ e) => {
      const box = fitted.getBoundingClientRect();
      put((100 * (e.clientX - box.left)) / box.width);
    };
    move(event);
    fitted.addEventListener("pointermove", move);
    for (const end of ["pointerup", "pointercancel"]) fitted.addEventListener(end, () => fitted.removeEventListener("pointermove", move), { once: true });
  });
  line.addEventListener("keydown", (event) => {
    const to = { ArrowLeft: at - STEP, ArrowDown: at - STEP, ArrowRight: at + STEP, ArrowUp: at + STEP, PageUp: at + 10, PageDown: at - 10, Home: 0, End: 100 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    put(to);
  });
  fitted.append(line);
  put(at);
  return { say: () => put(at) };
}
