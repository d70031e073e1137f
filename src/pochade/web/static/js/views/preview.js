/** The palette in use: an interface, a poster and a chart, in the colors of the interface theme, on light and on dark. */

import { call } from "../api.js";
import { oklab } from "../color.js";
import { copy } from "../copy.js";
import { el } from "../dom.js";
import { felt } from "../felt.js";
import { segments } from "../pick.js";
import { set, shownPan, state } from "../state.js";
import { colors, titled } from "../words.js";

/** @typedef {{text: string, background: string, promised: number, ratio: number}} Pair */
/** @typedef {{colors: Record<string, string>, pairs: Pair[]}} Theme */

/** Heights of the chart's columns and of its line, in percent: an example, no data. */
const COLUMNS = [34, 52, 41, 68, 57, 83, 72, 94], LINE = [58, 50, 63, 45, 52, 30, 38, 18];
const MONTHS = ["May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec"];

/** Themes by the colors that they are made of. @type {Map<string, {dark: Theme, light: Theme}>} */
const themes = new Map();
let dark = false;

const hexes = () => state.pans.map((pan) => shownPan(pan).hex);
const body = () => JSON.stringify({ colors: state.pans.map((pan) => ({ hex: shownPan(pan).hex, weight: pan.weight })) });

/** @param {string} format */
const exported = (format) => call(`/export/${format}`, { method: "POST", body: body(), headers: { "content-type": "application/json" } });

const text = (/** @type {string} */ kind, /** @type {string} */ words) => el("span", { className: kind }, words);

/** @param {string} title */
function page(title) {
  return el("div", { className: "mock page", role: "img", "aria-label": "An interface in these colors" },
    el("div", { className: "head" }, text("logo", title), text("on", "Overview"), text("", "Reports"), text("", "People")),
    el("div", { className: "body" },
      text("title", "Good morning"), text("muted", "Two reports wait for you, and one is late."),
      el("div", { className: "keys" }, text("key primary", "New report"), text("key", "Open"), text("link", "Show all")),
      el("div", { className: "card" },
        el("div", { className: "item" }, text("", "Summer"), text("badge on-success", "Saved")),
        el("div", { className: "item" }, text("", "Autumn"), text("badge on-warning", "Late")),
        el("div", { className: "item" }, text("", "Winter"), text("badge on-error", "Failed")))),
  );
}

/** @param {string} title */
function poster(title) {
  const sorted = state.pans.map(shownPan).toSorted((a, b) => oklab(b.hex)[0] - oklab(a.hex)[0]);
  const discs = sorted.map((pan, i) => el("i", { "--c": pan.hex, "--size": `${Math.round(100 - (92 * i) / sorted.length)}%` }));
  return el("div", { className: "mock sheet", role: "img", "aria-label": "A poster in these colors" },
    el("div", { className: "discs" }, ...discs),
    el("div", { className: "words" }, text("title", title), text("muted", `${colors(sorted.length)} from one picture`)),
    el("div", { className: "foot" }, text("", "Opens 1 June"), text("", "Free entry")));
}

function chart() {
  const shown = hexes();
  const columns = COLUMNS.map((high, i) => el("i", { "--c": shown[i % shown.length], "--high": `${high}%` }));
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 80 100");
  svg.setAttribute("preserveAspectRatio", "none");
  const line = document.createElementNS("http://www.w3.org/2000/svg", "polyline");
  line.setAttribute("points", LINE.map((y, i) => `${i * 10 + 5},${y}`).join(" "));
  svg.append(line);
  return el("div", { className: "mock chart", role: "img", "aria-label": "A chart in these colors" },
    el("div", { className: "row" }, text("title", "Visits by month"), text("accent", "Last year")),
    el("div", { className: "plot" }, ...columns, svg),
    el("div", { className: "months" }, ...MONTHS.map((month) => text("muted", month))));
}

/** The words for a color of the theme; "on-primary" is the color of text on primary. @param {string} name */
const worded = (name) => (name.startsWith("on-") ? "Text" : titled(name));

/** @param {Theme} theme */
function pairs(theme) {
  const rows = theme.pairs.filter((pair) => pair.background !== "surface").map((pair) =>
    el("tr", {}, el("th", { scope: "row" }, `${worded(pair.text)} on ${pair.background}`), el("td", {}, `${(Math.floor(pair.ratio * 10) / 10).toFixed(1)}`)));
  return el("table", { className: "looks" }, el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "Contrast"), el("th", { scope: "col" }, "to 1"))), el("tbody", {}, ...rows));
}

/** @param {HTMLElement} box @param {{dark: Theme, light: Theme}} both */
function paint(box, both) {
  const theme = dark ? both.dark : both.light;
  const title = state.picture?.title ?? "Palette";
  const fills = Object.fromEntries(Object.entries(theme.colors).map(([name, hex]) => [`--t-${name}`, hex]));
  const which = segments("preview-which", "Background", [{ value: "light", label: "Light" }, { value: "dark", label: "Dark" }], dark ? "dark" : "light", (value) => {
    dark = value === "dark";
    paint(box, both);
  });
  const css = el("button", { type: "button", className: "solid", onclick: () => felt(async () => copy(await (await exported("theme-css")).text(), "Copied the theme as CSS")) }, "Copy as CSS");
  const focused = document.activeElement instanceof HTMLInputElement && document.activeElement.name === "preview-which";
  box.replaceChildren(el("div", { className: "making inuse" },
    el("div", { className: "mocks", ...fills }, page(title), poster(title), chart()),
    el("div", { className: "side" }, which, el("p", { className: "hint" }, "Hues are the picture’s. Lightness changes until text is readable: at least 4.5 to 1 on its background, borders 3 to 1. Columns of the chart have such a border."), el("div", { className: "saves" }, css), pairs(theme))));
  box.dataset.drawn = dark ? "dark" : "light";
  if (focused) /** @type {HTMLElement | null} */ (box.querySelector("[name=preview-which]:checked"))?.focus();
  const least = Math.min(...theme.pairs.filter((pair) => pair.promised > 4).map((pair) => pair.ratio));
  set({ told: `The palette in use. The lowest contrast of a text here is ${(Math.floor(least * 10) / 10).toFixed(1)} to 1.` });
}

/** @param {HTMLElement} box */
export async function draw(box) {
  const key = body();
  let both = themes.get(key);
  if (!both) {
    const told = await felt(async () => (await exported("theme-json")).json(), () => draw(box));
    if (!told) return;
    both = told.interface;
    themes.set(key, told.interface);
  }
  if (both && state.view === "preview" && body() === key) paint(box, both);
}
