/** Edit a color by hue, chroma and lightness: sliders, a hex field, and drags on its pan. */

/** @import {Pan} from "../types.js" */
import { oklch } from "../color.js";
import { el } from "../dom.js";
import { hexIn, hexOfOklch } from "../mixing.js";
import { slider } from "../pick.js";
import { become, edited, reset } from "../recoloring.js";
import { now, remember, shownHex, state } from "../state.js";

/** The largest OKLCH chroma in sRGB. */
const MAX_CHROMA = 0.33;

/** Change per pixel of a drag: hue in degrees (across), and lightness (down); chroma, with Shift, changes by half of STEP. */
const TURN = 1.5, STEP = 0.004;

/** The slider values; a gray keeps the hue that it had before. @type {{hex: string, l: number, c: number, h: number}} */
let values = { hex: "", l: 0, c: 0, h: 0 };

/** @type {ReturnType<typeof now> | null} */
let before = null;

/** A drag begins. */
const lift = () => (before ??= now());

/** A drag ends: record an undo step. */
function rest() {
  if (before && before.recolored !== state.recolored) remember(before);
  before = null;
}

/** @param {string} hex */
function read(hex) {
  if (hex === values.hex) return values;
  const [l, c, h] = oklch(hex);
  values = { hex, l, c, h: c < 0.002 ? values.h : h };
  return values;
}

/** @param {Pan} pan @param {Partial<typeof values>} part */
function mix(pan, part) {
  lift();
  const { l, c, h } = { ...read(shownHex(pan)), ...part };
  values = { l: Math.min(1, Math.max(0, l)), c: Math.min(MAX_CHROMA, Math.max(0, c)), h: ((h % 360) + 360) % 360, hex: "" };
  values.hex = hexOfOklch(values.l, values.c, values.h);
  become(pan.id, values.hex);
}

/** A drag on the pan: hue across, lightness up and down, chroma with Shift. @param {Pan} pan @param {PointerEvent} event @param {HTMLButtonElement} button @param {() => void} began */
export function dragged(pan, event, button, began) {
  const finger = event.pointerType !== "mouse";
  let [x, y] = [event.clientX, event.clientY], far = false;
  const move = (/** @type {PointerEvent} */ e) => {
    const [across, down] = [e.clientX - x, e.clientY - y];
    if (!far && Math.hypot(across, down) < 5) return;
    if (!far) {
      far = true;
      button.setPointerCapture(event.pointerId);
      document.body.classList.add("dragging");
      began();
    }
    [x, y] = [e.clientX, e.clientY];
    const { l, c, h } = read(shownHex(pan));
    if (e.shiftKey) mix(pan, { c: c - down * STEP * 0.5, h: h + across * TURN });
    else mix(pan, { h: h + across * TURN, ...(finger ? {} : { l: l - down * STEP }) });
  };
  const end = () => {
    button.removeEventListener("pointermove", move);
    document.body.classList.remove("dragging");
    if (far) button.dataset.moved = "yes"; // the click that follows must not act
    rest();
  };
  button.addEventListener("pointermove", move);
  for (const name of ["pointerup", "pointercancel"]) button.addEventListener(name, end, { once: true });
}

/** The mixer's fields; `show` sets them to a pan's color. */
export function mixer() {
  /** @type {Pan | null} */
  let pan = null;
  let shown = "";
  const set = (/** @type {Partial<typeof values>} */ part) => pan && mix(pan, part);
  const percent = (/** @type {number} */ n) => `${Math.round(n)}%`;
  const hue = slider("mix-hue", "Hue", { min: 0, max: 360, step: 1, value: 0, words: (n) => `${Math.round(n)}°` }, (h) => set({ h }), rest);
  const chroma = slider("mix-chroma", "Chroma", { min: 0, max: MAX_CHROMA, step: 0.005, value: 0, words: (n) => percent((100 * n) / MAX_CHROMA) }, (c) => set({ c }), rest);
  const light = slider("mix-light", "Lightness", { min: 0, max: 100, step: 0.5, value: 0, words: percent }, (l) => set({ l: l / 100 }), rest);
  const hex = el("input", { type: "text", id: "mix-hex", className: "code", autocomplete: "off", spellcheck: false, maxLength: 7 });
  const name = el("h2", { id: "mix-name" });
  const was = el("i", { className: "chip was" }), is = el("i", { className: "chip is" });
  const typed = () => {
    const code = hexIn(hex.value);
    hex.setAttribute("aria-invalid", String(!code));
    if (!code || !pan) return;
    hex.value = code.toUpperCase();
    lift();
    become(pan.id, code);
    rest();
  };
  hex.addEventListener("change", typed);
  const again = el("button", { type: "button", className: "line", onclick: () => pan && edited(pan) && reset(pan.id) }, "Reset");
  const node = el("div", { className: "mixer", role: "group", "aria-labelledby": name.id },
    el("div", { className: "row" }, name, el("span", { className: "chips", "aria-hidden": "true" }, was, is)), hue.field, chroma.field, light.field,
    el("div", { className: "field two" }, el("label", { htmlFor: hex.id }, "Hex"), hex, again));
  /** @param {Pan} one */
  const show = (one) => {
    again.setAttribute("aria-disabled", String(!edited(one)));
    const fresh = `${one.id} ${one.name} ${one.hex} ${shownHex(one)}`;
    pan = one;
    if (fresh === shown) return; // keep text that is being typed
    shown = fresh;
    const { l, c, h } = read(shownHex(one));
    name.textContent = one.name;
    was.style.setProperty("--c", one.hex);
    is.style.setProperty("--c", shownHex(one));
    hue.put(h);
    chroma.put(c);
    light.put(l * 100);
    hex.value = shownHex(one).toUpperCase();
    hex.removeAttribute("aria-invalid");
  };
  return { node, show, focus: () => hue.range.focus() };
}
