/** The colors in harmony with a color of the palette: of this picture first; generated ones are marked. */

import { oklch } from "../color.js";
import { el, toast } from "../dom.js";
import { felt } from "../felt.js";
import { addPan, ofPicture, query } from "../solve.js";
import { set, state } from "../state.js";
import { WORDS, decent } from "../words.js";

/** @import {Pan} from "../types.js" */
/** @typedef {{hex: string, name: string, in_picture: boolean, position: [number, number] | null}} Partner */

/** Below this Oklab chroma a color is a gray, as on the server. */
const MIN_CHROMA = 0.04;

/** The schemes in the server's order, with titles and descriptions. @type {[string, string, string][]} */
const SCHEMES = [
  ["complementary", "Complementary", "The opposite hue"],
  ["analogous", "Analogous", "The hues beside it"],
  ["triad", "Triad", "Three hues evenly apart"],
  ["split", "Split", "The hues beside the opposite"],
  ["square", "Square", "Four hues evenly apart"],
];

/** Answers by query. @type {Map<string, Record<string, Partner[]>>} */
const answers = new Map();
/** The chosen color's id. @type {number | null} */
let around = null;

/** The color that the harmonies are around: the chosen one, a locked one, or the most chromatic. */
function center() {
  const able = state.pans.filter((pan) => oklch(pan.hex)[1] >= MIN_CHROMA);
  const vivid = able.toSorted((a, b) => oklch(b.hex)[1] - oklch(a.hex)[1])[0];
  return { able, pan: able.find((pan) => pan.id === around) ?? able.find((pan) => pan.locked) ?? vivid };
}

/** Add a partner; the harmonies stay around the same color. @param {Partner} partner */
function add(partner) {
  if (state.pans.length >= 16) return toast(WORDS.most);
  around = center().pan?.id ?? null;
  addPan(partner.hex, partner.position, decent(partner.name, partner.hex));
}

/** @param {Partner} partner */
function swatch(partner) {
  const name = decent(partner.name, partner.hex), hex = partner.hex.toUpperCase();
  const there = state.pans.some((pan) => pan.hex === partner.hex);
  const origin = partner.in_picture ? "in the picture" : "generated";
  const button = el("button", { type: "button", className: "fill", "--c": partner.hex, "aria-label": `${name}, ${hex}, ${origin}. ${there ? "In the palette." : "Add to the palette."}`, "aria-disabled": there ? "true" : undefined, "data-hex": partner.hex });
  if (!there) button.addEventListener("click", () => add(partner));
  return el("li", { className: partner.in_picture ? "" : "generated" }, button,
    el("span", { className: "name" }, name), el("span", { className: "hex" }, hex), el("span", { className: "hex" }, there ? "in the palette" : origin));
}

/** @param {Pan} pan @param {Pan[]} able */
function chooser(pan, able) {
  const chips = able.map((one) => {
    const input = el("input", { type: "radio", name: "harmony-around", value: String(one.id), checked: one === pan, "aria-label": `${one.name}, ${one.hex.toUpperCase()}` });
    input.addEventListener("change", () => {
      around = one.id;
      const box = input.closest("#other");
      if (box instanceof HTMLElement) draw(box);
    });
    return el("label", { className: "chip", title: one.name, "--c": one.hex }, input);
  });
  return el("fieldset", { className: "field around" }, el("legend", {}, "Around"), el("div", { className: "chips" }, ...chips));
}

/** @param {HTMLElement} box @param {Pan} pan @param {Pan[]} able @param {Record<string, Partner[]>} schemes */
function paint(box, pan, able, schemes) {
  const focused = document.activeElement;
  const held = focused?.getAttribute("name") === "harmony-around" ? "[name=harmony-around]:checked" : focused?.getAttribute("data-hex") ? `[data-hex="${focused.getAttribute("data-hex")}"]` : "";
  const rows = SCHEMES.map(([scheme, title, words]) => el("li", { "data-scheme": scheme },
    el("div", { className: "told" }, el("h2", {}, title), el("p", {}, words)),
    el("ul", { className: "partners" },
      el("li", {}, el("span", { className: "fill", "--c": pan.hex }), el("span", { className: "name" }, pan.name), el("span", { className: "hex" }, pan.hex.toUpperCase()), el("span", { className: "hex" }, "in the palette")),
      ...(schemes[scheme] ?? []).map(swatch))));
  const all = Object.values(schemes).flat(), found = all.filter((one) => one.in_picture).length;
  box.replaceChildren(el("div", { className: "making harmony" },
    el("ul", { className: "schemes" }, ...rows),
    el("div", { className: "side" }, chooser(pan, able), el("p", { className: "hint" }, "Click a color to add it to the palette, locked. A dashed edge: the picture has no such hue, so the color is generated, as light and as chromatic as the one in the middle of the harmony."))));
  box.dataset.drawn = pan.hex;
  if (held) /** @type {HTMLElement | null} */ (box.querySelector(held))?.focus();
  set({ told: `Hues in harmony with ${pan.name.toLowerCase()}: ${found} of ${all.length} are in this picture.` });
}

/** @param {HTMLElement} box */
export async function draw(box) {
  const { pan, able } = center();
  if (!state.picture || !pan) return box.replaceChildren(el("p", { className: "hint" }, state.picture ? "All colors of this palette are grays, which have no hue." : WORDS.noPicture));
  const asked = `${query({ ...state.settings, k: 8, seed: 0, avoid: [] }, { keep: "", sort: "", unique_names: "" })}&color=${pan.hex.slice(1)}`;
  const key = `${state.picture.digest} ${asked}`;
  let schemes = answers.get(key);
  if (!schemes) {
    const told = await felt(async () => (await ofPicture("/harmony", asked)).json(), () => draw(box));
    if (!told) return;
    schemes = /** @type {Record<string, Partner[]>} */ (told.schemes);
    answers.set(key, schemes);
  }
  if (state.view === "harmony" && center().pan?.hex === pan.hex) paint(box, pan, able, schemes);
}
