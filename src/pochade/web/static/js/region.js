/** The region of the picture that counts: a box, drawn with the pointer, or moved and sized with the arrow keys. */

import { $, el, speak, toast } from "./dom.js";
import { change } from "./solve.js";
import { on, set, state } from "./state.js";
import { extent } from "./picture.js";

/** @typedef {[number, number, number, number]} Box left, top, right, bottom, 0 to 1 */

const LEAST = 0.01; // the smallest side, as a part of the picture's
const STEP = 0.01;
const CORNERS = /** @type {const} */ (["nw", "ne", "se", "sw"]);
const HINT = "Arrow keys move it, with Shift they size it. Enter keeps it, Escape restores it, Delete removes it.";

const frame = $("frame");
const box = el("button", { type: "button", className: "box", "aria-roledescription": "region" }, ...CORNERS.map((corner) => el("i", { "data-corner": corner })));
const layer = el("div", { className: "region", hidden: true }, box, el("span", { className: "unseen", id: "region-hint" }, HINT));
box.setAttribute("aria-describedby", "region-hint");

/** The box while it is drawn, moved or sized. @type {Box | null} */
let draft = null;
let drawing = false;

const shown = () => draft ?? state.settings.region;

/** @param {number} value @param {number} [low] @param {number} [high] */
const clamp = (value, low = 0, high = 1) => Math.min(high, Math.max(low, value));

/** @param {Box} box */
const words = ([l, t, r, b]) => {
  const part = (/** @type {number} */ n) => `${Math.round(n * 100)} percent`;
  return `Region: ${part(r - l)} of the width from ${part(l)}, ${part(b - t)} of the height from ${part(t)}`;
};

export function drawRegion() {
  const now = shown();
  layer.hidden = !state.picture || Boolean(state.together) || !(now || drawing);
  layer.classList.toggle("drawing", drawing);
  box.hidden = !now;
  $("region-draw").setAttribute("aria-pressed", String(drawing));
  if (!now) return;
  ["--l", "--t", "--r", "--b"].forEach((name, i) => box.style.setProperty(name, String(now[i])));
  box.setAttribute("aria-label", words(now));
}

/** The corners of a box in order, inside the picture, no smaller than a pixel. @param {Box} of @returns {Box} */
function tidy([x0, y0, x1, y1]) {
  const { width, height } = extent();
  const [w, h] = [Math.max(LEAST, 1 / (width || 1)), Math.max(LEAST, 1 / (height || 1))];
  const l = clamp(Math.min(x0, x1), 0, 1 - w), t = clamp(Math.min(y0, y1), 0, 1 - h);
  return [l, t, clamp(Math.max(x0, x1), l + w), clamp(Math.max(y0, y1), t + h)];
}

/** Keep the draft, or drop it. @param {boolean} keep */
function end(keep) {
  const made = draft;
  draft = null;
  drawing = false;
  if (keep && made) {
    const region = /** @type {Box} */ (made.map((n) => Number(n.toFixed(4))));
    const whole = region[0] === 0 && region[1] === 0 && region[2] === 1 && region[3] === 1;
    if (region.join() !== state.settings.region?.join()) change({ region: whole ? null : region });
  }
  drawRegion();
}

/** @param {PointerEvent} event @returns {[number, number]} */
function place(event) {
  const at = frame.getBoundingClientRect();
  return [clamp((event.clientX - at.left) / at.width), clamp((event.clientY - at.top) / at.height)];
}

/** @param {PointerEvent} event */
function onPointer(event) {
  if (event.button || !(event.target instanceof Element)) return;
  const corner = event.target.getAttribute("data-corner");
  const old = shown();
  if (!corner && !drawing) return;
  event.preventDefault();
  const from = place(event);
  const inside = old && !corner && event.target === box;
  layer.setPointerCapture(event.pointerId);
  const [fixedX, fixedY] = corner && old ? [corner.includes("w") ? old[2] : old[0], corner.includes("n") ? old[3] : old[1]] : from;
  const move = (/** @type {PointerEvent} */ e) => {
    const [x, y] = place(e);
    if (inside && old) {
      const dx = clamp(x - from[0], -old[0], 1 - old[2]), dy = clamp(y - from[1], -old[1], 1 - old[3]);
      draft = [old[0] + dx, old[1] + dy, old[2] + dx, old[3] + dy];
    } else draft = tidy([fixedX, fixedY, x, y]);
    drawRegion();
  };
  const up = (/** @type {PointerEvent} */ e) => {
    layer.removeEventListener("pointermove", move);
    layer.removeEventListener("pointerup", up);
    layer.removeEventListener("pointercancel", up);
    const moved = Math.hypot(e.clientX - event.clientX, e.clientY - event.clientY) >= 4;
    if (e.type === "pointerup" && !moved && !corner) return void ((draft = null), drawRegion()); // a click draws nothing
    end(e.type === "pointerup");
  };
  layer.addEventListener("pointermove", move);
  layer.addEventListener("pointerup", up);
  layer.addEventListener("pointercancel", up);
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  const step = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] }[event.key];
  const now = shown();
  if (!now) return;
  if (step && event.shiftKey) draft = tidy([now[0], now[1], clamp(now[2] + step[0], now[0] + LEAST), clamp(now[3] + step[1], now[1] + LEAST)]);
  else if (step) {
    const dx = clamp(step[0], -now[0], 1 - now[2]), dy = clamp(step[1], -now[1], 1 - now[3]);
    draft = [now[0] + dx, now[1] + dy, now[2] + dx, now[3] + dy];
  } else if (event.key === "Enter" || event.key === " ") end(true);
  else if (event.key === "Escape") leave();
  else if (event.key === "Delete" || event.key === "Backspace") clearRegion();
  else return;
  event.preventDefault();
  event.stopPropagation();
  if (!step) return;
  drawRegion();
  speak(words(/** @type {Box} */ (draft)), 300);
}

/** Stop drawing without a change. */
function leave() {
  end(false);
  if (box.hidden) $("region-draw").focus();
}

/** Start or stop drawing; from the keyboard, with a box in the middle that the arrow keys move. @param {MouseEvent} event */
export function toggleDrawing(event) {
  if (!state.picture || state.together) return;
  if (drawing) return end(false);
  if (state.view !== "picture") $("tab-picture").click();
  drawing = true;
  set({ current: null, why: false, pinned: false }); // no veil over the picture
  const keys = event.detail === 0;
  if (keys) draft = state.settings.region ?? [0.25, 0.25, 0.75, 0.75];
  else toast("Drag over the picture.");
  drawRegion();
  frame.scrollIntoView({ block: "center" });
  if (keys) box.focus();
}

/** Stop drawing, as Escape does. */
export const stopDrawing = () => void (drawing && end(false));

export function clearRegion() {
  end(false);
  if (state.settings.region) change({ region: null });
  $("region-draw").focus();
}

export function startRegion() {
  frame.append(layer);
  layer.addEventListener("pointerdown", onPointer);
  box.addEventListener("keydown", onKey);
  box.addEventListener("blur", () => draft && !layer.matches(":active") && end(true));
  on(["picture"], () => end(false));
}
