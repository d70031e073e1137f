/** The collections of the server: which one is open, the search in it, and its text in the address. */

/** @import {CollectionColor, Search, Wish} from "./types.js" */
import { json } from "./api.js";
import { plainName } from "./color.js";
import { newId, on, set, state } from "./state.js";

/** The names of the collections of this server. @type {string[]} */
export const names = JSON.parse(document.documentElement.dataset.collections ?? "[]");

/** The colors of the strip. */
const STRIP = 12;

/** A wish from its text, as the server reads it: teal, teal:60% or teal:2%..10%. @param {string} text @param {boolean} no @returns {Wish} */
export function wishOf(text, no = false) {
  const [, color, share] = /^(.*?)(?::([^:]*))?$/.exec(text.trim()) ?? ["", text, ""];
  return { color: color.trim(), share: no ? "" : (share ?? "").trim(), no };
}

/** The text of a wish. @param {Wish} wish */
export const textOf = ({ color, share, no }) => (share && !no ? `${color}:${share}` : color);

/** The search in a fragment of an address; null if it has none. @param {string} hash @returns {Search | null} */
export function searchOf(hash) {
  const given = new URLSearchParams(hash.slice(1)), name = given.get("collection") ?? "";
  if (!names.includes(name)) return null;
  const like = given.get("like");
  const wishes = [...given.getAll("wish").map((text) => wishOf(text)), ...given.getAll("no").map((text) => wishOf(text, true))];
  return { name, wishes: wishes.filter((wish) => wish.color).slice(0, 16), like: like ? { id: like, title: like } : null };
}

/** The palette of a collection, from the server once. @type {Map<string, Promise<CollectionColor[]>>} */
const palettes = new Map();

/** @param {string} name */
export function paletteOf(name) {
  const path = `/collections/${encodeURIComponent(name)}/palette?k=${STRIP}&sort=hue&unique_names=true`;
  if (!palettes.has(name)) palettes.set(name, json(path).then(({ colors }) => colors));
  const palette = /** @type {Promise<CollectionColor[]>} */ (palettes.get(name));
  palette.catch(() => palettes.delete(name));
  return palette;
}

/** Use the palette of the collection as that of the page, if it has none. @param {string} name */
async function fill(name) {
  const colors = await paletteOf(name).catch(() => []);
  if (state.picture || state.pans.length || state.film) return;
  set({ weighed: true, pans: colors.map(({ hex, weight }) => ({ id: newId(), hex, weight, position: null, name: plainName(hex), own: false, locked: false, moved: false })) });
}

/** Open the search of the address, or an empty one; without anything else on the page, show it. */
function open() {
  const asked = searchOf(location.hash);
  const free = !state.picture && !state.pans.length && !state.film;
  if (asked) set({ search: asked, view: "collection" });
  else if (!state.search) set({ search: { name: names[0], wishes: [], like: null }, ...(free ? { view: "collection" } : {}) });
  if (free && state.search) fill(state.search.name);
}

open();
addEventListener("hashchange", open);
on(["picture"], () => state.picture && state.view === "collection" && set({ view: "picture" }));
