/** A link with colors, names, order and settings in its fragment, without the picture. */

import { copy } from "./copy.js";
import { regionText } from "./solve.js";
import { KINDS, defaults, newId, on, set, state } from "./state.js";
import { WORDS } from "./words.js";
import { plainName } from "./color.js";

const BETWEEN = "~"; // separates names, and is removed from names
const UNIT = 1e5; // shares are whole numbers of 1/100000
const OWN = "o."; // before a method's own options

/** The fragment for the current palette, with its #. */
export function fragment() {
  const { pans, settings } = state;
  if (state.view === "collection" && state.search) return `#${searched(state.search)}`;
  if (!pans.length) return "";
  const plain = defaults();
  const given = new URLSearchParams({ colors: pans.map((pan) => pan.hex.slice(1)).join("-"), names: pans.map((pan) => pan.name.replaceAll(BETWEEN, "")).join(BETWEEN) });
  if (state.weighed) given.set("shares", pans.map((pan) => Math.max(Math.round(pan.weight * UNIT), Math.ceil(pan.weight))).join("-"));
  const locked = pans.flatMap((pan, i) => (pan.locked ? [i + 1] : []));
  if (locked.length) given.set("locked", locked.join("-"));
  const own = pans.flatMap((pan, i) => (pan.own ? [i + 1] : []));
  if (own.length) given.set("own", own.join("-"));
  for (const name of /** @type {const} */ (["k", "method", "space", "order", "mood"])) if (settings[name] !== plain[name]) given.set(name, String(settings[name]));
  if (settings.ignore.length) given.set("ignore", settings.ignore.join("-"));
  if (regionText(settings)) given.set("region", regionText(settings));
  if (settings.names) given.set("vocabulary", settings.names);
  for (const [name, value] of Object.entries(settings.options)) given.set(OWN + name, value);
  return `#${given}`;
}

/** The search in a collection as text; a picture from this computer is left out. @param {import("./types.js").Search} search */
function searched({ name, wishes, like }) {
  const given = new URLSearchParams({ collection: name });
  for (const { color, share, no } of wishes) given.append(no ? "no" : "wish", share && !no ? `${color}:${share}` : color);
  if (like?.id) given.set("like", like.id);
  return given;
}

/** The region in a text, or null. @param {string | null} text @returns {[number, number, number, number] | null} */
function regionOf(text) {
  const [l, t, r, b, ...more] = (text ?? "").split(",").map((n) => (/^[01]\.\d{1,4}$/.test(n) ? Number(n) : NaN));
  return !more.length && 0 <= l && l < r && r <= 1 && 0 <= t && t < b && b <= 1 ? [l, t, r, b] : null;
}

/** Restore the palette of a link; only hex colors and plain words are accepted. */
export function restore() {
  const given = new URLSearchParams(location.hash.slice(1));
  const hexes = (given.get("colors") ?? "").split("-").filter((hex) => /^[0-9a-f]{6}$/i.test(hex)).slice(0, 16);
  if (!hexes.length) return;
  const names = (given.get("names") ?? "").split(BETWEEN);
  const places = (/** @type {string} */ name) => (given.get(name) ?? "").split("-").map(Number);
  const [locked, own] = [places("locked"), places("own")];
  const k = Number(given.get("k"));
  const plain = defaults();
  const word = (/** @type {string} */ name, /** @type {string} */ fallback) => (/^[\w-]{1,40}$/.test(given.get(name) ?? "") ? String(given.get(name)) : fallback);
  const shares = (given.get("shares") ?? "").split("-").map(Number);
  const weighed = shares.length === hexes.length && shares.every((share) => Number.isInteger(share) && share >= 0 && share <= UNIT);
  set({
    weighed,
    pans: hexes.map((hex, i) => {
      const color = `#${hex.toLowerCase()}`;
      return { id: newId(), hex: color, weight: weighed ? shares[i] / UNIT : 1 / hexes.length, position: null, name: names[i]?.slice(0, 60) || plainName(color), own: own.includes(i + 1), locked: locked.includes(i + 1), moved: false };
    }),
    settings: {
      ...plain,
      k: Number.isInteger(k) && k >= 1 && k <= 16 ? k : "auto",
      method: word("method", plain.method), space: word("space", plain.space), order: word("order", plain.order),
      mood: word("mood", ""), ignore: KINDS.filter((kind) => (given.get("ignore") ?? "").split("-").includes(kind)), region: regionOf(given.get("region")), names: word("vocabulary", state.settings.names),
      options: Object.fromEntries([...given].filter(([name]) => name.startsWith(OWN)).map(([name, value]) => [name.slice(OWN.length), value])),
    },
  });
}

export const link = () => `${location.origin}${location.pathname}${fragment()}`;

/** Copy the link and confirm it. */
export const shareLink = () => copy(link(), WORDS.linkCopied);

/** @type {ReturnType<typeof setTimeout>} */
let soon;

export function startShare() {
  on(["pans", "settings", "search", "view"], () => {
    clearTimeout(soon);
    soon = setTimeout(() => history.replaceState(null, "", fragment() || location.pathname), 300);
  });
  addEventListener("hashchange", restore);
  document.getElementById("share")?.addEventListener("click", shareLink);
}
