/** Contrast of each pair of colors, and the palette as seen with color vision deficiencies. */

import { json } from "../api.js";
import { contrast, distance, hexOf, oklab, onColor } from "../color.js";
import { copy } from "../copy.js";
import { el, phone } from "../dom.js";
import { codeOf } from "../mixing.js";
import { state } from "../state.js";

/** Two colors at a smaller distance (Oklab x 100) look the same. */
const MIN_DISTANCE = 6;

/** Kinds of color vision: the server's name and the page's title. @type {[string, string][]} */
const SIGHTS = [["", "Full color vision"], ["protanopia", "Red-weak (protan)"], ["deuteranopia", "Green-weak (deutan)"], ["tritanopia", "Blue-weak (tritan)"], ["lightness", "Lightness only"]];

/** @type {Map<string, Record<string, string[]>>} */
const seen = new Map();

/** @param {number} ratio */
const grade = (ratio) => (ratio >= 7 ? "AAA" : ratio >= 4.5 ? "AA" : ratio >= 3 ? "large" : "");

/** The gray of equal Oklab lightness. @param {string} hex */
function gray(hex) {
  const code = Math.min(255, Math.max(0, codeOf(oklab(hex)[0] ** 3)));
  return hexOf([code, code, code]);
}

/** @param {string[]} hexes */
function merging(hexes) {
  let n = 0;
  for (let i = 0; i < hexes.length; i++) for (let j = 0; j < i; j++) if (distance(hexes[i], hexes[j]) < MIN_DISTANCE) n += 1;
  return n === 0 ? "all distinct" : n === 1 ? "1 pair merges" : `${n} pairs merge`;
}

function table() {
  const { pans } = state;
  const head = el("tr", {}, el("td", {}), ...pans.map((pan) => el("th", { scope: "col", className: "cell", "--c": pan.hex }, el("span", { className: "unseen" }, `${pan.name} as text`))));
  const rows = pans.map((background, y) => el("tr", {},
    el("th", { scope: "row", className: "cell", "--c": background.hex }, el("span", { className: "unseen" }, `on ${background.name}`)),
    ...pans.map((text, x) => {
      if (text === background) return el("td", {});
      // Rounded down: 4.46 does not reach 4.5.
      const ratio = Math.floor(contrast(text.hex, background.hex) * 10) / 10, passes = grade(ratio);
      const told = `${text.name} on ${background.name}, ${ratio.toFixed(1)}${passes ? `, ${passes}` : ""}. Copy as CSS.`;
      const button = el("button", { type: "button", className: passes ? `cell passes ${passes.toLowerCase()}` : "cell", tabIndex: x + y === 1 && y === 0 ? 0 : -1, "aria-label": told, "--c": background.hex, "--on": text.hex, "--plain": onColor(background.hex) }, ratio.toFixed(1), passes && el("small", {}, passes));
      button.addEventListener("click", () => copyPair(text, background));
      return el("td", { "data-at": `${x},${y}` }, button);
    }),
  ));
  const made = el("table", { className: "matrix", "--n": pans.length }, el("caption", {}, "Column color as text on row color. Filled cells pass; “large” from 24 px up."), el("thead", {}, head), el("tbody", {}, ...rows));
  made.addEventListener("keydown", (event) => walk(event, made));
  return made;
}

/** The background of the list on a phone, by id. @type {number | null} */
let ground = null;

/** On a phone, where no matrix fits: one background, and the other colors as text on it. */
function list() {
  const { pans } = state;
  const background = pans.find((pan) => pan.id === ground) ?? pans[0];
  const chips = pans.map((pan) => {
    const input = el("input", { type: "radio", name: "contrast-on", value: String(pan.id), checked: pan === background, "aria-label": pan.name });
    input.addEventListener("change", () => {
      ground = pan.id;
      input.closest(".pairs")?.replaceWith(list());
      /** @type {HTMLElement | null} */ (document.querySelector("[name=contrast-on]:checked"))?.focus();
    });
    return el("label", { className: "ground chip", "--c": pan.hex }, input);
  });
  const rows = pans.filter((pan) => pan !== background).map((text) => {
    const ratio = Math.floor(contrast(text.hex, background.hex) * 10) / 10, passes = grade(ratio);
    const button = el("button", { type: "button", className: `cell sample ${passes === "large" ? "large" : ""}`, "--c": background.hex, "--on": text.hex, "aria-label": `${text.name} on ${background.name}. Copy as CSS.`, onclick: () => copyPair(text, background) }, passes ? "Aa" : el("i"));
    return el("tr", {}, el("th", { scope: "row" }, text.name), el("td", {}, button), el("td", {}, ratio.toFixed(1)), el("td", {}, passes || "none"));
  });
  return el("div", { className: "pairs" },
    el("fieldset", { className: "field grounds" }, el("legend", {}, `Text on ${background.name.toLowerCase()}`), el("div", { className: "chips" }, ...chips)),
    el("table", {}, el("caption", { className: "unseen" }, `Contrast on ${background.name}`), el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "Text"), el("th", { scope: "col" }, "Sample"), el("th", { scope: "col" }, "Contrast"), el("th", { scope: "col" }, "Passes"))), el("tbody", {}, ...rows)));
}

/** @param {import("../types.js").Pan} text @param {import("../types.js").Pan} background */
const copyPair = (text, background) => copy(`color: ${text.hex};\nbackground: ${background.hex};`, `Copied ${text.name} on ${background.name}`);

/** Arrow keys move between cells and skip empty ones. @param {KeyboardEvent} event @param {HTMLTableElement} table */
function walk(event, table) {
  const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
  const here = event.target instanceof Element ? event.target.closest("td")?.dataset.at?.split(",").map(Number) : null;
  if (!step || !here) return;
  event.preventDefault();
  const n = state.pans.length;
  let [x, y] = here;
  do [x, y] = [x + step[0], y + step[1]];
  while (x === y);
  if (x < 0 || y < 0 || x >= n || y >= n) return;
  table.querySelectorAll("button").forEach((button) => (button.tabIndex = -1));
  const next = table.querySelector(`[data-at="${x},${y}"] button`);
  if (next instanceof HTMLButtonElement) {
    next.tabIndex = 0;
    next.focus();
  }
}

function strips() {
  const own = state.pans.map((pan) => pan.hex);
  const views = seen.get(own.join()) ?? {};
  return el("div", { className: "sights" }, el("h2", {}, "As others see it"), ...SIGHTS.map(([name, title]) => {
    const hexes = name === "" ? own : name === "lightness" ? own.map(gray) : views[name];
    return el("figure", {}, el("div", { className: "strip", "aria-hidden": "true" }, ...(hexes ?? []).map((hex) => el("i", { "--c": hex }))), el("figcaption", { className: "row" }, el("span", {}, title), el("span", {}, hexes ? merging(hexes) : "…")));
  }));
}

/** @param {HTMLElement} box */
export function draw(box) {
  const key = state.pans.map((pan) => pan.hex).join();
  if (!seen.has(key)) {
    seen.set(key, {});
    json(`/sight?colors=${encodeURIComponent(key)}`).then(
      (told) => {
        seen.set(key, Object.fromEntries(told.views.map((/** @type {{name: string, hex: string[]}} */ view) => [view.name, view.hex])));
        box.querySelector(".sights")?.replaceWith(strips());
      },
      () => seen.delete(key),
    );
  }
  box.replaceChildren(el("div", { className: "contrast" }, phone() ? list() : table(), strips()));
  drawn = box;
}

/** @type {HTMLElement | null} */
let drawn = null;
matchMedia("(max-width: 720px)").addEventListener("change", () => drawn && state.view === "contrast" && draw(drawn));
