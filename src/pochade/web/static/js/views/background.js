/** Background: the picture on a background that the server draws, for stories, squares and slides. */

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

/** The server's sizes, their ratios of width to height, and the widths of their previews in pixels. */
const SIZES = [{ name: "story", ratio: 9 / 16, width: 540 }, { name: "square", ratio: 1, width: 480 }, { name: "slide", ratio: 16 / 9, width: 720 }];

/** The user's options that differ from the server's defaults. @type {Record<string, string>} */
const chosen = {};
let size = SIZES[0].name;
let of = "", drawn = "";
/** @type {Record<string, Option>} */
let options = {};
let css = "";

/** The query; a strip shows the current palette. @param {Record<string, string>} [more] */
function asked(more = {}) {
  const query = new URLSearchParams({ ...chosen, ...more });
  if (chosen.strip) query.set("palette", [...new Set(state.pans.map((pan) => pan.hex.slice(1)))].join(","));
  return query.toString();
}

const show = inTurn(async (/** @type {HTMLElement} */ box, /** @type {string} */ query) => {
  const images = await felt(async () => {
    const [facts, ...blobs] = await Promise.all([
      ofPicture("/background", `${query}&size=${size}&format=json`).then((answer) => answer.json()),
      ...SIZES.map((one) => ofPicture("/background", `${query}&size=${one.name}&width=${one.width}&format=jpg`).then((answer) => answer.blob())),
    ]);
    return { facts, blobs };
  }, () => update(box));
  if (!images) drawn = "";
  if (!images || !box.querySelector(".previews")) return;
  SIZES.forEach((one, i) => {
    const image = box.querySelector(`[data-size=${one.name}] img`);
    if (!(image instanceof HTMLImageElement)) return;
    if (image.src) URL.revokeObjectURL(image.src);
    image.src = URL.createObjectURL(images.blobs[i]);
    image.hidden = false;
  });
  css = images.facts.css;
  box.dataset.drawn = query;
  if (state.view === "background") set({ told: [images.facts.reason, ...(images.facts.notes ?? [])].join(" ") });
});

/** @param {HTMLElement} box */
function update(box) {
  const query = asked();
  if (query === drawn) return;
  drawn = query;
  show(box, query);
}

/** Segments for an option with few choices. @param {HTMLElement} box @param {string} name @param {string} label */
function few(box, name, label) {
  const option = options[name];
  if (!option?.choices) return null;
  return segments(`background-${name}`, label, option.choices.map((value) => ({ value: String(value), label: titled(String(value)) })), chosen[name] ?? String(option.default), (value) => {
    if (value === String(option.default)) delete chosen[name];
    else chosen[name] = value;
    update(box);
  });
}

/** A slider for an option that is a part of the shorter side. @param {HTMLElement} box @param {string} name @param {string} label */
function part(box, name, label) {
  const option = options[name];
  if (option?.minimum === undefined || option.maximum === undefined) return null;
  return slider(`background-${name}`, label, { min: option.minimum, max: option.maximum, step: 0.01, value: Number(chosen[name] ?? option.default), words: (n) => `${Math.round(n * 100)}%` }, (n) => {
    if (n === option.default) delete chosen[name];
    else chosen[name] = String(n);
    update(box);
  }).field;
}

/** A checkbox for the palette below the picture. @param {HTMLElement} box */
function strip(box) {
  const option = options.strip;
  if (!option) return null;
  return field({ ...option, title: "With palette", summary: undefined }, chosen.strip, (value) => {
    if (value === undefined) delete chosen.strip;
    else chosen.strip = value;
    update(box);
  });
}

/** @param {HTMLElement} box */
async function build(box) {
  const { picture } = state;
  options = (await felt(() => optionsOf("/background"), () => build(box))) ?? {};
  if (state.view !== "background" || state.picture !== picture) return;
  const previews = SIZES.map((one) => {
    const input = el("input", { type: "radio", name: "background-size", value: one.name, checked: one.name === size });
    input.addEventListener("change", () => (size = one.name));
    return el("label", { className: "preview", "data-size": one.name, "--ratio": one.ratio }, input, el("span", { className: "paper" }, el("img", { alt: `${picture?.title} on its background, ${one.name}`, hidden: true, draggable: false })), el("span", { className: "caption" }, titled(one.name)));
  });
  const file = saver("Save PNG", { path: "/background", asked: () => asked({ size, format: "png" }), suffix: ".png", get what() { return size; }, solid: true });
  const text = el("button", { type: "button", className: "line", onclick: () => css && copy(css, WORDS.copied("CSS")) }, "Copy CSS");
  box.replaceChildren(el("div", { className: "making background" },
    el("fieldset", { className: "previews" }, el("legend", { className: "unseen" }, "Size"), ...previews),
    el("div", { className: "side" }, few(box, "kind", "Background"), few(box, "mode", "Light or dark"), part(box, "margin", "Margin"), part(box, "radius", "Corners"), strip(box),
      el("div", { className: "saves" }, file, text), el("p", { className: "hint" }, "Save PNG uses the marked size. Text in the named color is readable everywhere on the background."))));
  drawn = "?";
  update(box);
}

/** @param {HTMLElement} box */
export function draw(box) {
  if (!state.picture) return box.replaceChildren(el("p", { className: "hint" }, WORDS.noPicture));
  if (!state.picture.digest) return;
  if (of === state.picture.digest && box.querySelector(".background")) return state.pans.length ? update(box) : undefined;
  of = state.picture.digest;
  build(box);
}
