/** Palettes from the server: the query, the merge of the answer with the pans shown, and edits by hand. */

/** @import {Answer, Pan, Picture, Settings} from "./types.js" */
import { Problem, aborted, call, send, serverTime, wordsFor } from "./api.js";
import { WORDS, decent } from "./words.js";
import { changed, newId, now, on, remember, set, setSettings, state } from "./state.js";

/**
 * The query string of the settings and locks, in the server's names.
 * @param {Settings} settings
 * @param {Record<string, string | number>} [other] replacements for settings; "" omits one
 */
export function query(settings, other = {}) {
  const { k, method, space, order, mood, ignore, names, seed, avoid, options } = settings;
  const locked = state.pans.filter((pan) => pan.locked).map((pan) => pan.hex);
  const all = {
    k, method, space, mood, names, unique_names: "true", ...options,
    seed: seed || "",
    sort: order === "mine" ? "" : order,
    keep: [...new Set(locked)].join(","),
    avoid: avoid.join(","),
    ignore: ignore.join(","),
    region: regionText(settings),
    ...other,
  };
  return new URLSearchParams(Object.entries(all).filter(([, value]) => value !== "").map(([name, value]) => [name, String(value)])).toString();
}

/** A region as the server's option; "" for the whole picture, and for several pictures. @param {Settings} settings */
export const regionText = ({ region }) => (state.together ? "" : (region?.map((n) => n.toFixed(4)).join(",") ?? ""));

/** The query that keeps all colors, for shares and a label map after an edit by hand. */
function settled(more = {}, pans = state.pans) {
  const keep = [...new Set(pans.map((pan) => pan.hex))];
  const { names, order } = state.settings;
  const bare = { ...state.settings, mood: "", seed: 0, avoid: [], options: {}, method: "prominent", space: "oklab" };
  return query(bare, { k: keep.length, keep: keep.join(","), names, sort: order === "mine" ? "" : order, ...more });
}

/**
 * A response about the current picture, which is uploaded again if the server no longer holds it.
 * @param {string} path
 * @param {string} asked
 * @param {AbortSignal} [signal]
 */
export const ofPicture = (path, asked, signal) => held(state.picture, (digest) => `${path}?picture=${digest}&${asked}`, { signal });

/**
 * The response of an address that names a picture, which is uploaded again if the server no longer holds it.
 * @param {Picture | null} picture
 * @param {(digest: string) => string} address
 * @param {RequestInit} [init]
 */
export async function held(picture, address, init = {}) {
  if (!picture) throw new Problem(404, { detail: WORDS.noPicture });
  if (!picture.digest) picture.digest = (await send(picture.file ?? picture.address, init.signal ?? undefined)).picture;
  try {
    return await call(address(picture.digest), init);
  } catch (error) {
    if (!(error instanceof Problem && error.status === 404 && (picture.file || picture.address))) throw error;
    picture.digest = (await send(picture.file ?? picture.address, init.signal ?? undefined)).picture;
    return call(address(picture.digest), init);
  }
}

/**
 * The response with the palette of the picture, or with one palette of all pictures together.
 * @param {string} asked
 * @param {AbortSignal} signal
 */
async function ofPictures(asked, signal) {
  const { together } = state;
  if (!together) return ofPicture("/palette", asked, signal);
  const all = async () => {
    for (const picture of together) if (!picture.digest) picture.digest = (await send(picture.file ?? picture.address, signal)).picture;
    return call(`/palette?pictures=${together.map((picture) => picture.digest).join()}&${asked}`, { signal });
  };
  try {
    return await all();
  } catch (error) {
    if (!(error instanceof Problem && error.status === 404)) throw error;
    for (const picture of together) picture.digest = "";
    return all();
  }
}

/** Whether the palette is of more than the stage shows: of several pictures, or of the frames of an animation. */
const beyond = () => Boolean(state.together) || (state.picture?.frames ?? 1) > 1;

/** Find the colors in the picture or the frame on the stage: the points, and the order of the label map. @param {string} [query] of the palette */
export async function locate(query) {
  const { pans, picture } = state;
  const asked = settled({ ignore: "" }, pans) + ((picture?.frames ?? 1) > 1 ? "&frame=0" : "");
  /** @type {Answer} */
  const answer = await (await ofPicture("/palette", asked)).json();
  if (state.pans !== pans || state.picture !== picture) return;
  const places = new Map(answer.colors.map((color) => [color.hex, color.weight ? color.position : null]));
  const placed = pans.map((pan) => (pan.moved ? pan : { ...pan, position: places.get(pan.hex) ?? null }));
  set({ pans: placed, solved: { query: state.together || !query ? asked : query, ids: idsOf(answer, placed), shown: asked } });
}

/** @type {AbortController | null} */
let asking = null;

/**
 * Request a palette and pass it to `take`; a request that is still under way is canceled.
 * @param {string} asked
 * @param {(answer: Answer, took: number | null) => void} take
 * @param {() => void} retry
 * @param {string} [instead] the query to send if the server refuses the first
 */
async function ask(asked, take, retry, instead) {
  asking?.abort();
  const mine = (asking = new AbortController());
  const timer = setTimeout(() => set({ busy: true, waiting: WORDS.looking }), 400);
  const start = performance.now();
  try {
    const refused = (/** @type {unknown} */ error) => {
      if (instead && error instanceof Problem && error.status === 400) return ofPictures(instead, mine.signal);
      throw error;
    };
    const answer = await ofPictures(asked, mine.signal).catch(refused);
    const palette = await answer.json();
    if (mine.signal.aborted) return;
    set({ error: null, weighed: true });
    take(palette, serverTime(answer) ?? performance.now() - start);
    if (beyond()) await locate(asked);
  } catch (error) {
    if (!aborted(error) && asking === mine) set({ error: { words: wordsFor(error), retry } });
  } finally {
    clearTimeout(timer);
    if (asking === mine) {
      asking = null;
      set({ busy: false, waiting: "" });
    }
  }
}

/** Whether a request is under way. */
export const awaiting = () => asking !== null;

/**
 * Solve again with the current settings; locked colors stay.
 * @param {{before?: ReturnType<typeof now> | null, other?: Record<string, string | number>}} [how] the moment that
 *   undo restores (null for none), and replacements for settings
 */
export async function solve({ before = now(), other = {} } = {}) {
  if (!state.picture) return;
  const asked = query(state.settings, other);
  await ask(
    asked,
    (answer, took) => {
      if (before?.pans.length) remember(before);
      const pans = merged(answer, state.pans);
      const k = other.k ?? state.settings.k;
      const short = typeof k === "number" && answer.colors.length < k;
      set({ pans, solved: shared({ query: asked, ids: idsOf(answer, pans) }), took, most: short ? answer.colors.length : null, note: [...(short ? [WORDS.fewer(answer.colors.length)] : []), ...(answer.notes ?? [])].join(" ") });
    },
    () => solve({ before, other }),
  );
}

/** Request shares and names of the current colors, after an edit by hand. @param {{sorted?: boolean}} [how] */
export async function settle({ sorted = !["mine", "weight"].includes(state.settings.order) } = {}) {
  if (!state.picture || !state.pans.length) return;
  const asked = settled();
  await ask(
    asked,
    (answer) => {
      const byHex = new Map(answer.colors.map((color) => [color.hex, color]));
      let pans = state.pans.map((pan, i) => {
        const color = byHex.get(pan.hex);
        if (!color || state.pans.findIndex((other) => other.hex === pan.hex) !== i) return { ...pan, weight: 0 };
        return { ...pan, weight: color.weight, position: pan.position ?? (beyond() ? null : color.position), accent: color.accent, name: pan.own ? pan.name : decent(color.name, color.hex) };
      });
      if (sorted) {
        const at = answer.colors.map((color) => color.hex);
        pans = pans.toSorted((a, b) => at.indexOf(a.hex) - at.indexOf(b.hex));
      }
      set({ pans, solved: shared({ query: asked, ids: idsOf(answer, pans) }) });
    },
    () => settle({ sorted }),
    state.settings.ignore.length ? settled({ ignore: "" }) : undefined, // a color from the picture may be of an ignored kind
  );
}

/** What `solved` becomes with an answer; if the palette is of more than the stage shows, `locate` sets it. @param {NonNullable<typeof state.solved>} solved */
const shared = (solved) => (beyond() ? null : solved);

/** @param {Answer} answer @param {Pan[]} pans */
const idsOf = (answer, pans) => answer.colors.map((color) => pans.find((pan) => pan.hex === color.hex)?.id ?? -1);

/**
 * The answer's colors as pans: a color that was already shown keeps its pan, and a locked one also its place.
 * @param {Answer} answer
 * @param {Pan[]} before
 * @returns {Pan[]}
 */
function merged(answer, before) {
  const old = new Map(before.map((pan) => [pan.hex, pan]));
  const pans = answer.colors.map((color) => {
    const was = old.get(color.hex);
    const own = was?.own ?? false;
    const moved = was?.moved ?? false;
    return {
      id: was?.id ?? newId(), hex: color.hex, weight: color.weight, own, moved, locked: was?.locked ?? false,
      name: own && was ? was.name : decent(color.name, color.hex),
      position: moved && was ? was.position : beyond() ? null : color.position, accent: color.accent,
    };
  });
  if (!["mine", "weight"].includes(state.settings.order)) return pans;
  const free = pans.filter((pan) => !pan.locked);
  for (const pan of before) {
    const stays = pan.locked && pans.find((other) => other.id === pan.id);
    if (stays) free.splice(Math.min(before.indexOf(pan), free.length), 0, stays);
  }
  return free;
}

/** The unlocked colors to replace: a third of them, the next third the next time, never the background. */
function replaceable() {
  const rest = state.pans.filter((pan) => !pan.locked);
  const accents = rest.filter((pan) => pan.weight <= 0.3);
  const able = accents.length ? accents : rest;
  const parts = Math.min(3, able.length);
  return able.filter((_, i) => i % parts === state.settings.seed % parts).map((pan) => pan.hex);
}

/** Solve the unlocked colors again, with another seed and without some of the current colors. */
export async function another() {
  if (!state.picture || state.pans.every((pan) => pan.locked)) return;
  const before = now();
  const { seed } = state.settings;
  setSettings({ seed: seed + 1, avoid: replaceable() });
  await solve({ before, other: { k: state.pans.length } });
  // That answer leaves out avoided pixels; shares are of all pixels.
  if (!state.error) await settle();
}

/** Solve with changed settings, and reset the seed and avoided colors of "try another". @param {Partial<Settings>} patch */
export function change(patch) {
  const before = now();
  setSettings({ seed: 0, avoid: [], ...patch });
  return solve({ before });
}

/** @param {number} id */
export function toggleLock(id) {
  remember();
  set({ pans: state.pans.map((pan) => (pan.id === id ? { ...pan, locked: !pan.locked } : pan)) });
}

/** @param {number} id */
export function removePan(id) {
  if (state.pans.length < 2) return;
  remember();
  const pans = state.pans.filter((pan) => pan.id !== id);
  set({ pans, settings: { ...state.settings, k: pans.length }, current: null, why: false, pinned: false });
  settle();
}

/** @param {number} id @param {string} name */
export function rename(id, name) {
  const pan = state.pans.find((other) => other.id === id);
  if (!pan || !name.trim() || name === pan.name) return;
  remember();
  set({ pans: changed(id, { name: name.trim().slice(0, 60), own: true }) });
}

/** Move a color to another place, and set the order to the user's own. @param {number} id @param {number} to */
export function reorder(id, to) {
  const from = state.pans.findIndex((pan) => pan.id === id);
  if (from < 0 || to < 0 || to >= state.pans.length || from === to) return;
  const pans = [...state.pans];
  pans.splice(to, 0, ...pans.splice(from, 1));
  set({ pans, settings: { ...state.settings, order: "mine" } });
}

/** Add a color, taken from the picture or, without a position, generated. @param {string} hex @param {[number, number] | null} position @param {string} name */
export function addPan(hex, position, name) {
  remember();
  const pan = { id: newId(), hex, weight: 0, position, name, accent: false, own: false, locked: true, moved: true };
  const pans = [...state.pans, pan];
  set({ pans, settings: { ...state.settings, k: Math.min(pans.length, 16) } });
  settle();
  return pan.id;
}

/** Sort the current colors. @param {string} order */
export function arrange(order) {
  remember();
  setSettings({ order });
  if (order !== "mine") settle({ sorted: true });
}

on(["picture"], () => set({ most: null, note: "" }));
