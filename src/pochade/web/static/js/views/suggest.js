/** Proposed palettes: locked colors stand, the others are found; each row says what it follows. */

import { json } from "../api.js";
import { plainName } from "../color.js";
import { el, speak } from "../dom.js";
import { felt } from "../felt.js";
import { settle } from "../solve.js";
import { newId, remember, set, state } from "../state.js";
import { SUGGEST } from "../view-words.js";

/** @typedef {{colors: string[], kept: number, words: string, bits: number}} Proposal */

const ROWS = 5;
/** The most colors of a proposal, as on the server. */
const MOST = 10;

/** The methods with their titles. @type {[string, string][]} */
const METHODS = [["example", SUGGEST.example], ["masked", SUGGEST.masked], ["wheel", SUGGEST.wheel], ["frequent", SUGGEST.frequent]];

/** Answers by query. @type {Map<string, Proposal[]>} */
const answers = new Map();
let method = METHODS[0][0];
let stop = 0; // the row that Tab reaches

/** The number of colors that the user chose; 0 for five, or two more than are locked. */
let chosen = 0;

/** The locked pans, of equal colors the first, and the number of colors to ask for. */
function request() {
  const locked = state.pans.filter((pan) => pan.locked);
  const kept = locked.filter((pan, i) => locked.findIndex((other) => other.hex === pan.hex) === i);
  const least = Math.max(2, kept.length + 1);
  return { kept, least, k: chosen ? Math.max(chosen, least) : Math.min(Math.max(5, kept.length + 2), Math.max(MOST, least)) };
}

/** The colors of a proposal, the locked pans first. @param {Proposal} one */
function places(one) {
  const { kept } = request();
  return one.colors.map((hex, i) => ({ hex, pan: i < one.kept ? (kept.find((pan) => pan.hex === hex) ?? null) : null }));
}

/** Use a proposal as the palette. @param {Proposal} one */
function take(one) {
  remember();
  const added = { position: null, accent: false, own: false, locked: false, moved: true, weight: 0 };
  const pans = places(one).map(({ pan, hex }) => pan ?? { ...added, id: newId(), hex, name: plainName(hex) });
  set({ pans, settings: { ...state.settings, k: pans.length, order: "mine" } });
  speak(SUGGEST.taken);
  settle();
}

/** @param {Proposal} one @param {number} i */
function row(one, i) {
  const colors = places(one);
  const taken = one.colors.join() === state.pans.map((pan) => pan.hex).join();
  const names = colors.map(({ pan, hex }) => `${pan?.name ?? plainName(hex)} ${hex.toUpperCase()}${pan ? SUGGEST.locked : ""}`);
  const button = el("button", { type: "button", className: "proposal", tabIndex: i === stop ? 0 : -1, "data-row": i, "aria-label": SUGGEST.row(i + 1, names, one.words || SUGGEST.noSource), "aria-pressed": String(taken) },
    ...colors.map(({ pan, hex }) => el("i", { className: pan ? "kept" : "", "--c": hex })));
  button.addEventListener("click", () => take(one));
  button.addEventListener("focus", () => (stop = i));
  return el("li", {}, button, el("p", {}, el("span", {}, one.words || SUGGEST.noSource), el("span", { className: "hex" }, SUGGEST.bits(one.bits))));
}

/** Move between rows with the arrows. @param {KeyboardEvent} event @param {HTMLElement} list */
function onKey(event, list) {
  const rows = /** @type {HTMLButtonElement[]} */ ([...list.querySelectorAll(".proposal")]);
  const at = rows.findIndex((one) => one === document.activeElement);
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  const to = step ? (at + step + rows.length) % rows.length : event.key === "Home" ? 0 : event.key === "End" ? rows.length - 1 : -1;
  if (at < 0 || to < 0) return;
  event.preventDefault();
  stop = to;
  rows.forEach((one, i) => (one.tabIndex = i === to ? 0 : -1));
  rows[to].focus();
}

/**
 * A select in the side.
 * @param {string} id @param {string} title @param {[string, string][]} choices values with titles
 * @param {string} value @param {(value: string) => void} change
 */
function chooser(id, title, choices, value, change) {
  const select = el("select", { id }, ...choices.map(([one, words]) => el("option", { value: one, selected: one === value }, words)));
  select.addEventListener("change", () => change(select.value));
  return el("div", { className: "field two" }, el("label", { htmlFor: id }, title), el("span", { className: "select" }, select));
}

/** @param {HTMLElement} box @param {Proposal[]} proposals */
function paint(box, proposals) {
  const { kept, least, k } = request();
  const counts = Array.from({ length: MOST - least + 1 }, (_, i) => /** @type {[string, string]} */ ([String(least + i), String(least + i)]));
  const held = document.activeElement;
  const focused = held instanceof HTMLElement && box.contains(held) ? (held.dataset.row ? `[data-row="${held.dataset.row}"]` : held.id ? `#${held.id}` : "") : "";
  const list = el("ol", { className: "proposals", "aria-label": SUGGEST.rows }, ...proposals.map(row));
  list.addEventListener("keydown", (event) => onKey(event, list));
  const next = el("button", { type: "button", className: "line grow", id: "next-rows", onclick: nextRows }, el("span", {}, SUGGEST.next), el("kbd", {}, SUGGEST.space));
  box.replaceChildren(el("div", { className: "making suggest" }, list,
    el("div", { className: "side" }, el("p", { className: "hint" }, kept.length ? SUGGEST.stand(kept.length) : SUGGEST.nothing), el("div", { className: "acts" }, next),
      chooser("suggest-count", SUGGEST.colors, counts, String(k), (value) => ((chosen = Number(value)), draw(box))),
      chooser("suggest-method", SUGGEST.method, METHODS, method, (value) => ((method = value), draw(box))),
      proposals.length < ROWS ? el("p", { className: "hint" }, SUGGEST.fewer(proposals.length)) : null,
       el("p", { className: "hint" }, SUGGEST.about))));
  box.dataset.drawn = String(state.suggested);
  if (focused) /** @type {HTMLElement | null} */ (box.querySelector(focused))?.focus();
  set({ told: SUGGEST.told(method) });
}

/** Show the next rows. */
export function nextRows() {
  speak(SUGGEST.fresh, 300);
  set({ suggested: state.suggested + 1 });
}

/** The query of the rows to show. */
function query() {
  const { kept, k } = request();
  return new URLSearchParams({ keep: kept.map((pan) => pan.hex).join(), k: String(k), n: String(ROWS), seed: String(state.suggested), method }).toString();
}

/** @param {HTMLElement} box */
export async function draw(box) {
  if (request().k > MOST) return box.replaceChildren(el("p", { className: "hint" }, SUGGEST.most(MOST)));
  const asked = query();
  let proposals = answers.get(asked);
  if (!proposals) {
    const told = await felt(() => json(`/suggest?${asked}`), () => draw(box));
    if (!told) return;
    proposals = /** @type {Proposal[]} */ (told.suggestions);
    answers.set(asked, proposals);
  }
  if (state.view !== "suggest" || query() !== asked) return;
  stop = Math.max(0, Math.min(stop, proposals.length - 1));
  paint(box, proposals);
}
