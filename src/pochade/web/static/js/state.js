/** The one store: what is shown, what is asked, and the way back. Modules read `state`, change it by `set`, and listen by `on`. */

/** @import {Pan, Settings, Picture, Entry, Recolored} from "./types.js" */

import { plainName } from "./color.js";

/** @returns {Settings} */
export const defaults = () => ({ k: "auto", method: "prominent", space: "oklab", order: "prominence", mood: "", names: "xkcd", seed: 0, avoid: [], options: {} });

/** @returns {Recolored} */
export const asItWas = () => ({ to: {}, tone: "", reason: "" });

export const state = {
  /** @type {Picture | null} */ picture: null,
  /** @type {Pan[]} */ pans: [],
  settings: defaults(),
  view: "picture",
  /** What Recolor makes of the colors. */ recolored: asItWas(),
  /** What the view has to say in the label. */ told: "",
  /** id of the color that has hover or focus. @type {number | null} */ current: null,
  /** Whether the others are veiled for it. */ why: false,
  pinned: false,
  /** Something has been asked, and felt as a wait. */ busy: false,
  /** A line in the label while waiting. */ waiting: "",
  /** Ends that wait. @type {(() => void) | null} */ cancel: null,
  /** @type {{words: string, retry?: () => void} | null} */ error: null,
  /** A line in the label that is no error. */ note: "",
  /** What the last solve took, in ms. @type {number | null} */ took: null,
  /** The most colors this picture has, once known. @type {number | null} */ most: null,
  /** How the server was asked for what is shown, and the ids in the order of its answer: shares and the label map go by it.
   * @type {{query: string, ids: number[]} | null} */ solved: null,
  /** Registries as the server lists them. @type {Record<string, Entry[]>} */ lists: {},
};

/** @typedef {typeof state} State */

/** @type {{keys: (keyof State)[], f: () => void}[]} */
const listeners = [];

/** Calls `f` after any of `keys` was set. @param {(keyof State)[]} keys @param {() => void} f */
export function on(keys, f) {
  listeners.push({ keys, f });
}

/** @param {Partial<State>} patch */
export function set(patch) {
  const changed = /** @type {(keyof State)[]} */ (Object.keys(patch)).filter((key) => patch[key] !== state[key]);
  Object.assign(state, patch);
  for (const { keys, f } of listeners) if (keys.some((key) => changed.includes(key))) f();
}

/** Settings with some of them changed. @param {Partial<Settings>} patch */
export const setSettings = (patch) => set({ settings: { ...state.settings, ...patch } });

/** The color that has hover or focus. @returns {Pan | undefined} */
export const current = () => state.pans.find((pan) => pan.id === state.current);

let last = 0;
export const newId = () => ++last;

/** @typedef {{pans: Pan[], settings: Settings, solved: State["solved"], recolored: Recolored}} Moment */

/** @type {Moment[]} */
let past = [];
/** @type {Moment[]} */
let future = [];

/** What an undo brings back. @returns {Moment} */
export const now = () => ({ pans: state.pans, settings: state.settings, solved: state.solved, recolored: state.recolored });

/** Keeps a moment, so that what comes next can be undone. By default the present one. @param {Moment} [moment] */
export function remember(moment = now()) {
  past = [...past.slice(-99), moment];
  future = [];
}

export const canUndo = () => past.length > 0;
export const canRedo = () => future.length > 0;

/** Forgets the way back: another picture was opened. */
export function forget() {
  past = [];
  future = [];
}

/** One step back, or forward again. @param {boolean} [forward] @returns {boolean} whether there was one */
export function step(forward = false) {
  const [from, to] = forward ? [future, past] : [past, future];
  const moment = from.pop();
  if (!moment) return false;
  to.push(now());
  set(moment);
  return true;
}

/** Pans with one of them changed. @param {number} id @param {Partial<Pan>} patch */
export const changed = (id, patch) => state.pans.map((pan) => (pan.id === id ? { ...pan, ...patch } : pan));

/** The color that a pan shows: in Recolor what it became, elsewhere its own. @param {Pan} pan */
export const shownHex = (pan) => (state.view === "recolor" && state.recolored.to[pan.id]) || pan.hex;

/** A pan as it is shown: in Recolor it has what its color became, and a plain name. @param {Pan} pan @returns {Pan} */
export function shownPan(pan) {
  const hex = shownHex(pan);
  return hex === pan.hex ? pan : { ...pan, hex, name: plainName(hex) };
}
