/** The values of the current color, and its tints and shades, in the label. */

/** @import {Pan} from "./types.js" */
import { json } from "./api.js";
import { notations } from "./color.js";
import { copy } from "./copy.js";
import { el } from "./dom.js";
import { openTints } from "./export.js";
import { useDetail } from "./label.js";
import { state } from "./state.js";
import { WORDS } from "./words.js";

/** @typedef {{hex: string, black: number, white: number}} Tint */
/** @typedef {{step: number, steps: Record<string, Tint>}} Scale */

/** @type {Map<string, Promise<Scale | null>>} */
const scales = new Map();

/** The tints and shades of a color, from the server; null if it does not answer. @param {string} hex */
function scaleOf(hex) {
  const known = scales.get(hex) ?? json(`/tints?colors=${hex.slice(1)}`).then((answer) => answer.tints[0], () => (scales.delete(hex), null));
  scales.set(hex, known);
  return known;
}

/** The notations of a color; each is a button that copies it if the label stays. @param {string} hex */
function values(hex) {
  const rows = notations(hex).flatMap(([name, text, about]) => {
    const said = about ? `${name}, ${about}` : name;
    const value = state.pinned ? el("button", { type: "button", className: "value", "aria-label": `Copy ${said}: ${text}`, onclick: () => copy(text) }, text) : text;
    return [el("dt", {}, name), el("dd", {}, value, about && el("small", {}, ` ${about}`))];
  });
  return el("dl", { className: "values" }, ...rows);
}

/** The level of WCAG 2.2 for text. @param {number} ratio */
const level = (ratio) => (ratio >= 7 ? " AAA" : ratio >= 4.5 ? " AA" : ratio >= 3 ? " large" : "");

/** @param {string} step @param {Tint} tint */
const about = (step, { hex, black, white }) => `${step}, ${hex.toUpperCase()}: contrast of black text ${black.toFixed(1)}${level(black)}, of white ${white.toFixed(1)}${level(white)}.`;

/** A strip of the tints and shades; a click copies one, and the line below tells its contrast. @param {string} hex */
function tints(hex) {
  const said = el("p", { className: "tint-said", "aria-hidden": "true" });
  const strip = el("div", { className: "tint-strip", role: "group", "aria-label": "Tints and shades" });
  const box = el("div", { className: "tints" }, el("div", { className: "row" }, el("h3", {}, "Tints and shades"), el("button", { type: "button", className: "plain", onclick: openTints }, "Export…")), strip, said);
  scaleOf(hex).then((scale) => {
    if (!scale) return void (said.textContent = WORDS.gone);
    strip.replaceChildren(...Object.entries(scale.steps).map(([step, tint]) => {
      const own = Number(step) === scale.step;
      const tell = () => void (said.textContent = about(step, tint));
      const rest = () => void (said.textContent = about(String(scale.step), scale.steps[scale.step]));
      const button = el("button", { type: "button", "--c": tint.hex, "--on": tint.black > tint.white ? "#000" : "#fff", "aria-label": `${about(step, tint)}${own ? " The color itself." : ""} Copy.`, onclick: () => copy(tint.hex.toUpperCase()) });
      if (own) button.classList.add("own"), tell();
      for (const name of ["pointerenter", "focus"]) button.addEventListener(name, tell);
      for (const name of ["pointerleave", "blur"]) button.addEventListener(name, rest);
      return button;
    }));
  });
  return box;
}

/** The values of a color; and if the label stays, its tints. @param {Pan} pan */
const detail = (pan) => [values(pan.hex), ...(state.pinned ? [tints(pan.hex)] : [])];

export const startDetail = () => useDetail(detail);
