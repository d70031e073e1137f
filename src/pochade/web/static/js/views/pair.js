/** Two pictures: the flow of colors from one to the other, and how the two look. */

/** @import {AnswerColor, Picture} from "../types.js" */
/** @import {Flow} from "./flow.js" */
import { call } from "../api.js";
import { el } from "../dom.js";
import { felt } from "../felt.js";
import { held } from "../solve.js";
import { set, state } from "../state.js";
import { inTurn } from "../turn.js";
import { WORDS, decent, percent, upper } from "../words.js";
import { ribbons } from "./flow.js";
import { fitted } from "./fitted.js";
import { chooser } from "./chooser.js";

/** Number of sentences; the rest are summed up in one. */
const FEW = 5;
/** The looks in their order; for each, the value that counts as 100, or null for words alone: white is 1 bright, half
 * black and half white has a contrast of 0.5, and the most colorful pictures reach 150. @type {[string, number | null][]} */
const LOOKS = [["brightness", 1], ["contrast", 0.5], ["warmth", null], ["colorfulness", 150], ["harmony", null]];
/** Words for a mean color difference (CIEDE2000), with the least value of each. @type {[number, string][]} */
const APART = [[20, "very different"], [8, "clearly different"], [3, "somewhat different"], [0.05, "nearly the same"], [0, "the same"]];

/** The second picture. @type {Picture | null} */
let other = null;
let drawn = "", built = "";

/**
 * The page's names for the colors of a picture, by hex.
 * @param {Picture | null} picture
 * @param {number} k
 * @returns {Promise<[string, string][]>}
 */
async function named(picture, k) {
  const answer = await held(picture, (digest) => `/palette?picture=${digest}&k=${k}&names=${state.settings.names}&unique_names=true`);
  return (await answer.json()).colors.map((/** @type {AnswerColor} */ color) => [color.hex, decent(color.name, color.hex)]);
}

/** The server's comparison, with the page's color names. @param {Picture} second */
async function compared(second) {
  const first = state.picture;
  const k = Math.max(2, state.pans.length);
  const names = new Map((await Promise.all([named(first, k), named(second, k)])).flat());
  const told = await (await call(`/compare?a=${first?.digest}&b=${second.digest}&k=${k}`)).json();
  for (const one of told.flow) for (const color of [one.from, one.to]) color.name = names.get(color.hex) ?? color.name;
  return told;
}

/** @param {{hex: string, name: string}} color */
const chip = (color) => [el("i", { className: "chip", "--c": color.hex, "aria-hidden": "true" }), color.name];

/** @param {Flow} one */
const sentence = (one) => el("li", {}, ...chip(one.from), one.from.hex === one.to.hex ? " stayed" : " became ", ...(one.from.hex === one.to.hex ? [] : chip(one.to)), `: ${percent(one.share)}`);

/** @param {Flow[]} flow */
function sentences(flow) {
  const rest = flow.slice(FEW);
  return el("ul", { className: "sentences" }, ...flow.slice(0, FEW).map(sentence),
    rest.length > 0 && el("li", {}, `And ${rest.length} smaller ${rest.length === 1 ? "move" : "moves"}, ${percent(rest.reduce((sum, one) => sum + one.share, 0))} in all.`));
}

/** @param {any[]} looks @param {string[]} titles */
function table(looks, titles) {
  const told = (/** @type {any} */ look, /** @type {string} */ name, /** @type {number | null} */ most) =>
    el("td", {}, upper(look.words[name]), most !== null && el("small", {}, ` ${Math.round((100 * look[name]) / most)} of 100`));
  return el("table", { className: "looks" }, el("caption", { className: "unseen" }, "How the two look"),
    el("thead", {}, el("tr", {}, el("td", {}), ...titles.map((title) => el("th", { scope: "col", title }, title)))),
    el("tbody", {}, ...LOOKS.map(([name, most]) => el("tr", {}, el("th", { scope: "row" }, upper(name)), ...looks.map((look) => told(look, name, most))))));
}

/** The two titles; equal titles are numbered. */
function titles() {
  const [one, two] = [state.picture?.title ?? "", other?.title ?? ""];
  return one === two ? [`${one}, first`, `${two}, second`] : [one, two];
}

const show = inTurn(async (/** @type {HTMLElement} */ box, /** @type {string} */ key) => {
  const second = other;
  if (!second) return;
  const told = await felt(() => compared(second), () => update(box));
  const found = box.querySelector(".found"), between = box.querySelector(".between");
  if (!told) drawn = "";
  if (!told || !found || !between || other !== second) return;
  const apart = APART.find(([least]) => told.distance >= least)?.[1];
  const distance = `The colors of the two are ${apart}.`;
  between.replaceChildren(ribbons(told.flow, `Color changes: ${told.flow.slice(0, FEW).map((/** @type {Flow} */ one) => `${one.from.name} became ${one.to.name}, ${percent(one.share)}`).join("; ")}`));
  found.replaceChildren(
    el("div", {}, el("h2", {}, distance), el("p", { className: "hint" }, `If one picture becomes the other with the least change, its colors differ by ${told.distance.toFixed(1)} on average (CIEDE2000: 1 is just visible, black and white are 100 apart).`), sentences(told.flow)),
    el("div", {}, table(told.looks, titles())),
  );
  box.dataset.drawn = key;
  if (state.view === "pair") set({ told: besides(told.beside) });
});

/** The server's sentence, with titles in place of "the first" and "the second". @param {string} words */
const besides = (words) => upper(words.replace(/ \([^)]*\)/g, "").replace(/\bthe second\b/i, titles()[1]).replace(/\bthe first\b/i, titles()[0]));

/** @param {HTMLElement} box */
function update(box) {
  const key = `${state.picture?.digest} ${other?.digest} ${state.pans.length}`;
  if (key === drawn || !other || !state.picture?.digest) return;
  drawn = key;
  show(box, key);
}

/** @param {Picture} picture @param {string} title @param {...Node} more */
const side = (picture, title, ...more) => el("figure", {}, fitted(picture, el("img", { src: picture.src, alt: title, draggable: false })), el("figcaption", { className: "row" }, el("span", {}, title), ...more));

/** @param {HTMLElement} box */
function build(box) {
  const { picture } = state;
  if (!picture) return;
  const choose = () => {
    other = null;
    set({ told: "" });
    build(box);
    /** @type {HTMLElement | null} */ (box.querySelector(".others button"))?.focus();
  };
  const [one, two] = titles();
  const chosen = chooser("Compare with", (second) => {
    other = second;
    build(box);
    /** @type {HTMLElement | null} */ (box.querySelector(".change"))?.focus();
  });
  drawn = "";
  if (!other) {
    return box.replaceChildren(el("div", { className: "pair choosing" }, el("div", { className: "both" }, side(picture, one), chosen)));
  }
  const change = el("button", { type: "button", className: "plain change", onclick: choose }, "Another…");
  const right = side(other, two, change);
  right.dataset.takes = "picture";
  right.addEventListener("given", (event) => event instanceof CustomEvent && chosen.dispatchEvent(new CustomEvent("given", { detail: event.detail })));
  box.replaceChildren(el("div", { className: "pair" },
    el("div", { className: "both" }, side(picture, one), el("div", { className: "between" }), right),
    el("div", { className: "found" })));
  update(box);
}

/** @param {HTMLElement} box */
export function draw(box) {
  if (!state.picture) return box.replaceChildren(el("p", { className: "hint" }, WORDS.noPicture));
  const key = `${state.picture.src} ${other?.digest}`;
  if (built === key && box.querySelector(".pair")) return update(box);
  built = key;
  build(box);
}
