/** Paint: the tubes to buy for the palette, how to mix its colors, and what one more tube would gain. */

import { Problem, call, list } from "../api.js";
import { copy, save, stem } from "../copy.js";
import { el } from "../dom.js";
import { felt } from "../felt.js";
import { dropdown, slider } from "../pick.js";
import { ofPicture } from "../solve.js";
import { set, state } from "../state.js";
import { inTurn } from "../turn.js";
import { WORDS, titled } from "../words.js";

/** @typedef {{name: string, hex: string, own?: boolean}} Tube */
/** @typedef {{original: string, target: string, color: string, parts: Record<string, number>, difference: number, within_reach: boolean}} Recipe */
/** @typedef {{name: string, parts: Record<string, number>, color: string}} Stock */
/** @typedef {{tubes: Tube[], recipes: Recipe[], stock: Stock[], curve: number[], difference: number, words: string[], credit: string}} Told */
/** @typedef {{name: string, paints: Tube[]}} Box */

/** The boxes of the server. @type {Box[]} */
let boxes = [];
let boxName = "kimera", n = 5, stock = true;
/** The names of the tubes at home. @type {Set<string>} */
const own = new Set();
/** @type {Told | null} */
let told = null;
let drawn = "";
/** The slider of tubes. @type {ReturnType<typeof slider> | null} */
let tubes = null;

const box = () => boxes.find((one) => one.name === boxName) ?? boxes[0];

/** The least share that counts: an added color is not in the picture, but has to be mixed. */
const MIN_SHARE = 1e-4;

/** The query of the palette and the options. @param {Record<string, string>} [more] */
function asked(more = {}) {
  const query = new URLSearchParams({ n: String(n), box: boxName, own: [...own].join(), stock: String(stock), colors: state.pans.map((pan) => pan.hex.slice(1)).join(), ...more });
  if (state.weighed) query.set("weights", state.pans.map((pan) => Math.max(pan.weight, MIN_SHARE).toFixed(6)).join());
  return query.toString();
}

/** Parts in words: "3 white + 1 black". @param {Record<string, number>} parts */
function words(parts) {
  const all = Object.entries(parts);
  return all.length === 1 ? all[0][0] : all.map(([name, count]) => `${count} ${name}`).join(" + ");
}

/** @param {Told} answer */
function recipes({ recipes: all, tubes: chosen, stock: made }) {
  const hexes = Object.fromEntries([...chosen.map((one) => [one.name, one.hex]), ...made.map((one) => [one.name, one.color])]);
  return el("ol", { className: "recipes" }, ...all.map((recipe) => {
    const parts = Object.entries(recipe.parts).flatMap(([name, count]) => Array.from({ length: count }, () => el("i", { "--c": hexes[name] })));
    return el("li", { className: recipe.within_reach ? "" : "far", "data-hex": recipe.original },
      el("span", { className: "beside", "aria-hidden": "true" }, el("i", { "--c": recipe.target }), el("i", { "--c": recipe.color })),
      el("span", { className: "parts", "aria-hidden": "true" }, ...parts),
      el("span", {}, words(recipe.parts)),
      el("span", { className: "left" }, `${recipe.difference.toFixed(1)}${recipe.within_reach ? "" : ", out of reach"}`));
  }));
}

/** A bar for each number of tubes, as high as the difference that they leave. @param {Told} answer */
function curve({ curve: points }) {
  const most = Math.max(...points);
  const bars = points.map((left, i) => el("i", { className: i + 1 === n ? "now" : "", "--h": (left / most).toFixed(4) }));
  return el("div", { className: "curve", "aria-hidden": "true" }, ...bars);
}

/** @param {HTMLElement} room */
function paint(room) {
  if (!told) return;
  const { tubes: chosen, stock: made, words: sentences, credit } = told;
  const swatches = chosen.map((one) => el("li", {}, el("span", { className: "fill", "--c": one.hex }), el("span", { className: "name" }, titled(one.name)), el("span", { className: "hex" }, one.own ? "at home" : one.hex.toUpperCase())));
  const first = made.map((one) => el("li", {}, el("span", { className: "fill", "--c": one.color }), el("span", {}, `First make ${one.name}: ${words(one.parts)}.`)));
  room.replaceChildren(
    el("p", { className: "says" }, sentences.join(" ")),
    el("h2", {}, "Tubes"), el("ul", { className: "tubes" }, ...swatches),
    ...(made.length ? [el("h2", {}, "Stock tints"), el("ul", { className: "stock" }, ...first)] : []),
    el("h2", {}, "Recipes"), el("p", { className: "hint" }, "The color to mix beside its mix, parts by weight, and the difference (CIEDE2000; 1 is just visible). Opaque, dry paint in daylight."),
    recipes(told),
    el("p", { className: "hint" }, credit));
}

const ask = inTurn(async (/** @type {HTMLElement} */ view, /** @type {string} */ query) => {
  const answer = await felt(async () => (await call(`/paints?${query}`)).json(), () => update(view));
  if (!answer) drawn = "";
  const room = view.querySelector(".paint .mixes");
  if (!answer || !(room instanceof HTMLElement) || state.view !== "paint") return;
  told = /** @type {Told} */ (answer);
  paint(room);
  view.querySelector(".curve")?.replaceWith(curve(told));
  view.dataset.drawn = query;
  set({ told: told.words.join(" ") });
});

/** @param {HTMLElement} view */
function update(view) {
  const query = asked();
  if (query === drawn || !state.pans.length) return;
  drawn = query;
  ask(view, query);
}

/** Ticks for the tubes at home; n is at least their number. @param {HTMLElement} view */
function ticks(view) {
  const all = box().paints.map((one) => {
    const input = el("input", { type: "checkbox", value: one.name, checked: own.has(one.name) });
    input.addEventListener("change", () => {
      if (input.checked) own.add(one.name);
      else own.delete(one.name);
      if (n < own.size) tubes?.put((n = own.size));
      update(view);
    });
    return el("label", { className: "check", "--c": one.hex }, input, el("i"), el("span", {}, titled(one.name)));
  });
  return el("fieldset", { className: "field have" }, el("legend", {}, "I have this"), ...all);
}

async function saveSheet() {
  const blob = await felt(async () => (await call(`/paints?${asked({ format: "png" })}`)).blob(), saveSheet);
  if (blob) save(blob, `${stem(state.picture?.title ?? "palette")}-paints.png`);
}

/** A sheet to paint by: PDF with the answer and the recipes; SVG, the sheet alone, if the server cannot write PDF. */
async function saveNumbers() {
  const query = new URLSearchParams({ n: String(n), box: boxName, stock: String(stock), colors: state.pans.map((pan) => pan.hex.slice(1)).join() });
  if (own.size) query.set("own", [...own].join());
  const sheet = (/** @type {string} */ format) => ofPicture("/numbers", `${query}&format=${format}`);
  const answer = await felt(() => sheet("pdf").catch((error) => {
    if (error instanceof Problem && error.message.includes("reportlab")) return sheet("svg");
    throw error;
  }), saveNumbers);
  const suffix = answer?.headers.get("content-type") === "application/pdf" ? "pdf" : "svg";
  if (answer) save(await answer.blob(), `${stem(state.picture?.title ?? "palette")}-numbers.${suffix}`);
}

function copyRecipes() {
  if (!told) return;
  const first = told.stock.map((one) => `First make ${one.name}: ${words(one.parts)}.`);
  copy([...told.words, ...first, ...told.recipes.map((one) => `${one.original}: ${words(one.parts)} (${one.difference.toFixed(1)})`)].join("\n"), WORDS.copied("the recipes"));
}

/** @param {HTMLElement} view */
function build(view) {
  const most = box().paints.length;
  n = Math.min(Math.max(n, own.size, 1), most);
  tubes = slider("paint-n", "Tubes", { min: 1, max: most, step: 1, value: n, words: (count) => `${count} of ${most}` }, (count) => {
    n = Math.max(count, own.size);
    if (n !== count) tubes?.put(n);
    update(view);
  });
  const which = dropdown("paint-box", "Box", boxes.map((one) => ({ value: one.name, label: titled(one.name) })), boxName, (name) => {
    boxName = name;
    for (const one of [...own]) if (!box().paints.some((each) => each.name === one)) own.delete(one);
    build(view);
    document.getElementById("paint-box")?.focus();
  });
  const toggle = el("input", { type: "checkbox", checked: stock });
  toggle.addEventListener("change", () => {
    stock = toggle.checked;
    update(view);
  });
  view.replaceChildren(el("div", { className: "making paint" },
    el("div", { className: "side" }, tubes.field, el("div", { className: "curve" }), which,
      el("div", { className: "field" }, el("label", { className: "check" }, toggle, el("span", {}, "Stock tints")), el("p", { className: "help-text" }, "1 part of a paint and 9 of white, made first: strong paints need it.")),
      ticks(view),
      el("div", { className: "saves" }, el("button", { type: "button", className: "solid", onclick: () => print() }, "Print"), el("button", { type: "button", className: "line", onclick: saveSheet }, "Save PNG"), el("button", { type: "button", className: "line", onclick: saveNumbers }, "Sheet to paint by"), el("button", { type: "button", className: "line", onclick: copyRecipes }, "Copy"))),
    el("div", { className: "mixes", tabIndex: 0, role: "region", "aria-label": "Tubes and recipes" })));
  drawn = "";
  update(view);
}

/** @param {HTMLElement} view */
export async function draw(view) {
  if (!boxes.length) boxes = /** @type {Box[]} */ (/** @type {unknown} */ (await felt(() => list("boxes"), () => draw(view)) ?? []));
  if (!boxes.length || state.view !== "paint") return;
  if (view.querySelector(".paint")) update(view);
  else build(view);
}
