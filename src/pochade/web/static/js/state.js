/** The page's state and undo history. Modules read `state`, change it with `set`, and listen with `on`. */

/** @import {Film, Pan, Settings, Picture, Entry, Recolored} from "./types.js" */

import { plainName } from "./color.js";

/** The kinds of color that extract() can ignore. */
export const KINDS = ["background", "white", "black", "gray"];

/** @returns {Settings} */
export const defaults = () => ({ k: "auto", method: "prominent", space: "oklab", order: "weight", mood: "", ignore: [], region: null, names: "everyday", seed: 0, avoid: [], options: {} });

/** @returns {Recolored} */
export const unedited = () => ({ to: {}, tone: "", reason: "" });

export const state = {
  /** @type {Picture | null} */ picture: null,
  /** @type {Pan[]} */ pans: [],
  /** The pictures that share one palette; `picture` is the one shown. @type {Picture[] | null} */ together: null,
  /** Files that were opened at once, until one palette of them is made. @type {{file: File, title: string}[]} */ offered: [],
  /** The film, while it is counted and after. @type {Film | null} */ film: null,
  settings: defaults(),
  view: "picture",
  /** The edits of Recolor. */ recolored: unedited(),
  /** The search in a collection of the server, if it has any. @type {import("./types.js").Search | null} */ search: null,
  /** Which rows Suggest shows; a seed for the server. */ suggested: 0,
  /** The view's sentence in the label. */ told: "",
  /** The id of the hovered or focused color. @type {number | null} */ current: null,
  /** Whether the veil covers the pixels of other colors. */ why: false,
  pinned: false,
  /** Whether a request takes longer than 400 ms. */ busy: false,
  /** A line in the label while waiting. */ waiting: "",
  /** Cancels the request that is waited for. @type {(() => void) | null} */ cancel: null,
  /** @type {{words: string, retry?: () => void} | null} */ error: null,
  /** A line in the label, not an error. */ note: "",
  /** Duration of the last solve in ms. @type {number | null} */ took: null,
  /** Number of colors of the picture, if known to be small. @type {number | null} */ most: null,
  /** The query of the palette shown, and the color ids in the order of its answer, which the label map refers to;
   * `shown` is the query for the frame or picture on the stage, if the palette is of more than that.
   * @type {{query: string, ids: number[], shown?: string} | null} */ solved: null,
  /** Whether the weights of the colors are known; those of a link may be missing. */ weighed: true,
  /** The server's registries. @type {Record<string, Entry[]>} */ lists: {},
};

/** @typedef {typeof state} State */

/** @type {{keys: (keyof State)[], f: () => void}[]} */
const listeners = [];

/** Call `f` after a change of any of `keys`. @param {(keyof State)[]} keys @param {() => void} f */
export function on(keys, f) {
  listeners.push({ keys, f });
}

/** @param {Partial<State>} patch */
export function set(patch) {
  const changed = /** @type {(keyof State)[]} */ (Object.keys(patch)).filter((key) => patch[key] !== state[key]);
  Object.assign(state, patch);
  for (const { keys, f } of listeners) if (keys.some((key) => changed.includes(key))) f();
}

/** Change some settings. @param {Partial<Settings>} patch */
export const setSettings = (patch) => set({ settings: { ...state.settings, ...patch } });

/** The current color. @returns {Pan | undefined} */
export const current = () => state.pans.find((pan) => pan.id === state.current);

let last = 0;
export const newId = () => ++last;

/** @typedef {{pans: Pan[], settings: Settings, solved: State["solved"], recolored: Recolored, together: State["together"]}} Moment */

/** @type {Moment[]} */
let past = [];
/** @type {Moment[]} */
let future = [];

/** The part of the state that undo restores. @returns {Moment} */
export const now = () => ({ pans: state.pans, settings: state.settings, solved: state.solved, recolored: state.recolored, together: state.together });

/** Record a moment as an undo step, by default the present one. @param {Moment} [moment] */
export function remember(moment = now()) {
  past = [...past.slice(-99), moment];
  future = [];
}

export const canUndo = () => past.length > 0;
export const canRedo = () => future.length > 0;

/** Clear the undo history. */
export function forget() {
  past = [];
  future = [];
}

/** Undo, or redo. @param {boolean} [forward] @returns {boolean} whether a step was left */
export function step(forward = false) {
  const [from, to] = forward ? [future, past] : [past, future];
  const moment = from.pop();
  if (!moment) return false;
  to.push(now());
  set(moment);
  return true;
}

/** A copy of the pans with one changed. @param {number} id @param {Partial<Pan>} patch */
export const changed = (id, patch) => state.pans.map((pan) => (pan.id === id ? { ...pan, ...patch } : pan));

/** The color that a pan shows: in Recolor its edit, elsewhere its own. @param {Pan} pan */
export const shownHex = (pan) => (state.view === "recolor" && state.recolored.to[pan.id]) || pan.hex;

/** A pan as shown: in Recolor with its edited color and a plain name, numbered if an earlier one has it. @param {Pan} pan @returns {Pan} */
export function shownPan(pan) {
  const hex = shownHex(pan);
  if (hex === pan.hex) return pan;
  const name = plainName(hex);
  const before = state.pans.slice(0, state.pans.indexOf(pan)).filter((other) => shownHex(other) !== other.hex && plainName(shownHex(other)) === name).length;
  return { ...pan, hex, name: before ? `${name} ${before + 1}` : name };
}
