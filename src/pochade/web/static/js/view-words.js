/** The sentences of single views, which load with them. */

import { WORDS, clock, percent, upper } from "./words.js";

/** What a film waits for; "" if it is done. @param {import("./types.js").Film} film */
export function filmWords({ state, share, left, shots }) {
  const part = share === null ? "" : percent(share);
  if (state === "sending") return WORDS.sendingFilm(part);
  if (state === "waiting") return WORDS.waitingFilm;
  if (state === "counting") return WORDS.countingFilm(shots.length, part, left === null ? "" : clock(left));
  return state === "writing" ? WORDS.writingFilm : "";
}

/** The sentences of the view Suggest. */
export const SUGGEST = {
  rows: "Proposed palettes",
  row: (/** @type {number} */ n, /** @type {string[]} */ names, /** @type {string} */ words) => `Proposal ${n}: ${names.join(", ")}. ${upper(words)}. Take it.`,
  locked: ", locked",
  noSource: "After no palette in particular",
  bits: (/** @type {number} */ bits) => `${bits < 0 ? "\u2212" : "+"}${Math.abs(bits).toFixed(1)} bits`,
  next: "Next five",
  space: "Space",
  fresh: "Five other palettes.",
  taken: "Taken as the palette.",
  colors: "Colors",
  method: "Method",
  example: "Palettes, moved",
  masked: "Network",
  wheel: "Rules of hue",
  frequent: "Frequent colors",
  fewer: (/** @type {number} */ n) => `${n === 1 ? "1 row" : `${n} rows`}: of so many colors there are no more that differ.`,
  stand: (/** @type {number} */ n) => `${n === 1 ? "1 locked color stands" : `${n} locked colors stand`} in every row. Click a row to take it.`,
  nothing: "Lock a color, and it stands in every row. Click a row to take it.",
  about: "\u201cAfter\u201d says which palette was moved to fit, not that its author chose these colors. Bits: how much likelier the colors are together than alone, in palettes by people. Likely is not beautiful.",
  most: (/** @type {number} */ n) => `A proposal has at most ${n} colors: unlock some.`,
  told: (/** @type {string} */ method) => (method === "example" ? "Palettes by people, moved by as little as makes them contain the locked colors." : "Palettes that contain the locked colors."),
};
