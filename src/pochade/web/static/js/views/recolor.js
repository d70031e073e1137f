/** Recolor: edits of the palette recolor the picture. */

/** @import {Pan} from "../types.js" */
import { oklch } from "../color.js";
import { el, phone } from "../dom.js";
import { focusPan, useActions } from "../pans.js";
import { asked, becomeAll, canvasOf, edited, follow, reset, told, warm } from "../recoloring.js";
import { on, set, state } from "../state.js";
import { WORDS } from "../words.js";
import { fitted, loaded } from "./fitted.js";
import { dragged, mixer } from "./mixer.js";
import { chooser } from "./chooser.js";
import { saver } from "./saving.js";

/** The color that the sliders edit. @type {number | null} */
let chosen = null;
let of = "";

const mix = mixer();
const resetAll = el("button", { type: "button", className: "plain", onclick: () => state.pans.some(edited) && reset() }, "Reset all");

const mixed = () => state.pans.find((pan) => pan.id === chosen) ?? strongest();
const strongest = () => state.pans.reduce((one, other) => (oklch(other.hex)[1] > oklch(one.hex)[1] ? other : one), state.pans[0]);

/** @param {Pan} pan */
function choose(pan) {
  chosen = pan.id;
  show();
}

/** Actions on a pan in this view. */
const ACTIONS = {
  word: "Recolor",
  click: (/** @type {Pan} */ pan) => {
    choose(pan);
    mix.focus();
  },
  drag: (/** @type {Pan} */ pan, /** @type {PointerEvent} */ event, /** @type {HTMLButtonElement} */ button) => dragged(pan, event, button, () => choose(pan)),
};

function show() {
  if (state.view !== "recolor") return;
  const pan = mixed();
  if (pan) mix.show(pan);
  resetAll.setAttribute("aria-disabled", String(!state.pans.some(edited)));
  for (const item of document.querySelectorAll(".pan")) item.classList.toggle("mixing", Number(item.getAttribute("data-id")) === pan?.id);
}

/** Show the original picture while a button or key is held. @param {HTMLElement} node @param {HTMLElement} wall */
function heldBefore(node, wall) {
  const before = (/** @type {boolean} */ whether) => wall.classList.toggle("before", whether);
  node.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    node.setPointerCapture(event.pointerId);
    before(true);
  });
  for (const name of ["pointerup", "pointercancel", "blur"]) node.addEventListener(name, () => before(false));
  node.addEventListener("keydown", (event) => [" ", "Enter"].includes(event.key) && (event.preventDefault(), before(true)));
  node.addEventListener("keyup", (event) => [" ", "Enter"].includes(event.key) && (event.preventDefault(), before(false)));
  node.addEventListener("contextmenu", (event) => event.preventDefault());
}

/** Buttons that change all colors: harmony, or the colors of another picture. @param {HTMLElement} side */
function together(side) {
  const harmonize = el("button", { type: "button", className: "line", onclick: () => becomeAll("harmonize=auto") }, "Harmonize");
  const like = el("button", { type: "button", className: "line", "aria-expanded": "false" }, "Like another…");
  like.addEventListener("click", () => {
    const open = side.querySelector(".others");
    like.setAttribute("aria-expanded", String(!open));
    if (open) return open.remove();
    const others = chooser("Take the colors of", (other) => {
      others.remove();
      like.setAttribute("aria-expanded", "false");
      like.focus();
      becomeAll(`like=${other.digest}`);
    });
    side.querySelector(".together")?.after(others);
    others.querySelector("button")?.focus();
  });
  return el("div", { className: "acts together" }, harmonize, like);
}

/** @param {HTMLElement} box */
async function build(box) {
  const { picture } = state;
  if (!picture) return;
  const image = await loaded(picture.src, picture.title);
  if (state.view !== "recolor" || state.picture?.src !== picture.src) return;
  const canvas = canvasOf(image);
  canvas.className = "over";
  const wall = fitted(null, image, canvas);
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", `${picture.title}, recolored`);
  heldBefore(/** @type {HTMLElement} */ (wall.firstElementChild), wall);
  const before = el("button", { type: "button", className: "line grow", "aria-label": "Show the original picture, while held" }, el("span", {}, "Hold to see original"));
  heldBefore(before, wall);
  const file = (/** @type {string} */ words, /** @type {string} */ format, /** @type {string} */ suffix, solid = false) =>
    saver(words, { path: "/recolor", asked: () => `${asked()}&format=${format}`, suffix, what: "recolored", solid, label: solid ? undefined : `Save as ${words}` });
  const side = el("div", { className: "side" });
  side.append(
    mix.node, el("div", { className: "acts" }, before, resetAll), together(side),
    el("div", { className: "saves" }, file("Save recolored PNG", "png", ".png", true), file("JPEG", "jpg", ".jpg"), file(".cube", "cube", ".cube"), file("Hald", "hald", "-hald.png")),
    el("p", { className: "hint" }, phone() ? "Drag across a color below to turn its hue, or tap it." : "Drag a color below: hue across, lightness up and down, chroma with Shift."),
  );
  box.replaceChildren(el("div", { className: "making recolor" }, wall, side));
  show();
  follow(true);
  warm();
}

/** @param {HTMLElement} box */
export function draw(box) {
  if (!state.picture) return box.replaceChildren(el("p", { className: "hint" }, WORDS.noPicture));
  if (of === state.picture.src && box.querySelector(".recolor")) return show();
  of = state.picture.src;
  useActions(ACTIONS);
  build(box);
}

on(["recolored"], () => {
  show();
  if (state.view === "recolor") set({ told: told() });
});
on(["view"], () => {
  if (state.view === "recolor") set({ told: told() });
  else {
    useActions(null);
    of = "";
    document.querySelectorAll(".mixing").forEach((item) => item.classList.remove("mixing"));
  }
});
addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || state.view !== "recolor" || !(event.target instanceof Element) || !event.target.closest(".mixer")) return;
  focusPan(Math.max(0, state.pans.findIndex((pan) => pan === mixed())));
});
