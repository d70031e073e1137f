/** Backdrop: what to put behind the picture, as the server draws it, for stories, squares and slides. */

/** @import {Option} from "../types.js" */
import { copy } from "../copy.js";
import { el } from "../dom.js";
import { felt } from "../felt.js";
import { segments, slider } from "../pick.js";
import { field, optionsOf } from "../schema.js";
import { ofPicture } from "../solve.js";
import { set, state } from "../state.js";
import { inTurn } from "../turn.js";
import { WORDS, titled } from "../words.js";
import { saver } from "./saving.js";

/** Names of sizes as the server knows them, their width by height, and how wide a preview is asked for. */
const SIZES = [{ name: "story", ratio: 9 / 16, width: 540 }, { name: "square", ratio: 1, width: 480 }, { name: "slide", ratio: 16 / 9, width: 720 }];

/** What is asked that is not the server's default. @type {Record<string, string>} */
const wish = {};
let size = SIZES[0].name;
let of = "", drawn = "";
/** @type {Record<string, Option>} */
let options = {};
let css = "";

/** What is asked; a strip has the palette as it stands. @param {Record<string, string>} [more] */
function asked(more = {}) {
  const query = new URLSearchParams({ ...wish, ...more });
  if (wish.strip) query.set("palette", [...new Set(state.pans.map((pan) => pan.hex.slice(1)))].join(","));
  return query.toString();
}

const show = inTurn(async (/** @type {HTMLElement} */ box, /** @type {string} */ query) => {
  const made = await felt(async () => {
    const [told, ...blobs] = await Promise.all([
      ofPicture("/background", `${query}&size=${size}&format=json`).then((answer) => answer.json()),
      ...SIZES.map((one) => ofPicture("/background", `${query}&size=${one.name}&width=${one.width}&format=jpg`).then((answer) => answer.blob())),
    ]);
    return { told, blobs };
  }, () => update(box));
  if (!made) drawn = "";
  if (!made || !box.querySelector(".grounds")) return;
  SIZES.forEach((one, i) => {
    const image = box.querySelector(`[data-size=${one.name}] img`);
    if (!(image instanceof HTMLImageElement)) return;
    if (image.src) URL.revokeObjectURL(image.src);
    image.src = URL.createObjectURL(made.blobs[i]);
    image.hidden = false;
  });
  css = made.told.css;
  box.dataset.drawn = query;
  if (state.view === "backdrop") set({ told: made.told.reason });
});

/** @param {HTMLElement} box */
function update(box) {
  const query = asked();
  if (query === drawn) return;
  drawn = query;
  show(box, query);
}

/** One of few that the server's schema lists. @param {HTMLElement} box @param {string} name @param {string} label */
function few(box, name, label) {
  const option = options[name];
  if (!option?.choices) return null;
  return segments(`backdrop-${name}`, label, option.choices.map((value) => ({ value: String(value), label: titled(String(value)) })), wish[name] ?? String(option.default), (value) => {
    if (value === String(option.default)) delete wish[name];
    else wish[name] = value;
    update(box);
  });
}

/** A part of the shorter side. @param {HTMLElement} box @param {string} name @param {string} label */
function part(box, name, label) {
  const option = options[name];
  if (option?.minimum === undefined || option.maximum === undefined) return null;
  return slider(`backdrop-${name}`, label, { min: option.minimum, max: option.maximum, step: 0.01, value: Number(wish[name] ?? option.default), words: (n) => `${Math.round(n * 100)}%` }, (n) => {
    if (n === option.default) delete wish[name];
    else wish[name] = String(n);
    update(box);
  }).field;
}

/** Whether the palette stands under the picture. @param {HTMLElement} box */
function strip(box) {
  const option = options.strip;
  if (!option) return null;
  return field({ ...option, title: "With palette", summary: undefined }, wish.strip, (value) => {
    if (value === undefined) delete wish.strip;
    else wish.strip = value;
    update(box);
  });
}

/** @param {HTMLElement} box */
async function build(box) {
  const { picture } = state;
  options = (await felt(() => optionsOf("/background"), () => build(box))) ?? {};
  if (state.view !== "backdrop" || state.picture !== picture) return;
  const grounds = SIZES.map((one) => {
    const input = el("input", { type: "radio", name: "backdrop-size", value: one.name, checked: one.name === size });
    input.addEventListener("change", () => (size = one.name));
    return el("label", { className: "ground", "data-size": one.name, "--ratio": one.ratio }, input, el("span", { className: "paper" }, el("img", { alt: `${picture?.title} on its backdrop, ${one.name}`, hidden: true, draggable: false })), el("span", { className: "caption" }, titled(one.name)));
  });
  const file = saver("Save PNG", { path: "/background", asked: () => asked({ size, format: "png" }), suffix: ".png", get what() { return size; }, solid: true });
  const text = el("button", { type: "button", className: "line", onclick: () => css && copy(css, WORDS.copied("CSS")) }, "Copy CSS");
  box.replaceChildren(el("div", { className: "making backdrop" },
    el("fieldset", { className: "grounds" }, el("legend", { className: "unseen" }, "Size"), ...grounds),
    el("div", { className: "side" }, few(box, "kind", "Ground"), few(box, "mode", "Light or dark"), part(box, "margin", "Margin"), part(box, "radius", "Corners"), strip(box),
      el("div", { className: "saves" }, file, text), el("p", { className: "hint" }, "Save PNG takes the size that is marked. Text in the named color reads everywhere on the ground."))));
  drawn = "?";
  update(box);
}

/** @param {HTMLElement} box */
export function draw(box) {
  if (!state.picture) return box.replaceChildren(el("p", { className: "hint" }, WORDS.noPicture));
  if (!state.picture.digest) return;
  if (of === state.picture.digest && box.querySelector(".backdrop")) return state.pans.length ? update(box) : undefined;
  of = state.picture.digest;
  build(box);
}
