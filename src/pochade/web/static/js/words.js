/** The page's sentences, and numbers as text. */

/** @import {Pan} from "./types.js" */
import { distance, plainName } from "./color.js";

/** A share as text: at most one decimal, and never 0% for more than nothing. @param {number} share */
export function percent(share) {
  const p = share * 100;
  if (p === 0) return "0%";
  if (p > 0 && p < 0.1) return "<0.1%";
  return p >= 9.95 ? `${Math.round(p)}%` : `${p.toFixed(1)}%`;
}

/** @param {number} bytes */
export function size(bytes) {
  if (bytes >= 1e6) return `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;
  return `${Math.max(1, Math.round(bytes / 1000))} KB`;
}

/** @param {number} n */
export const colors = (n) => `${n} ${n === 1 ? "color" : "colors"}`;

/** @param {number} n */
export const shotCount = (n) => `${n} ${n === 1 ? "shot" : "shots"}`;

/** Seconds as h:mm:ss or m:ss. @param {number} seconds */
export function clock(seconds) {
  const all = Math.round(seconds), two = (/** @type {number} */ n) => String(n).padStart(2, "0");
  const [h, m, s] = [Math.floor(all / 3600), Math.floor(all / 60) % 60, all % 60];
  return h ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** @param {string} text */
export const upper = (text) => (text && !text.startsWith("k-") ? text[0].toUpperCase() + text.slice(1) : text);

/** The title of a registered name: "median_cut" becomes Median cut, "wu_kmeans" Wu k-means. @param {string} name */
export const titled = (name) => upper(name.replace(/\b(css|xkcd|iscc|nbs|rgb|hsl|hsv|h?dbscan)\b/g, (short) => short.toUpperCase()).replace(/[_-](?!means|medoids)/g, " ").replace(/k[_-]?(means|medoids)/, "k-$1"));

/** The description of a pan for screen readers. @param {Pan} pan */
export const spoken = (pan) =>
  `${pan.name}, ${pan.hex.toUpperCase()}, ${percent(pan.weight).replace("<", "less than ").replace("%", " percent")} of the picture.${pan.accent ? " Accent." : ""}`;

/** Words of the XKCD survey that would insult a color. */
const RUDE = /\b(poo|poop|shit|puke|vomit|barf|snot|booger|piss|pee|diarrhea|bile|crap|sick|ugly|nasty|icky|gross)/i;

/** A color name for display: capitalized, or a plain name instead of a rude one. @param {string} name @param {string} hex */
export const decent = (name, hex) => (RUDE.test(name) ? plainName(hex) : upper(name));

/**
 * One sentence on why a color is in the palette.
 * @param {Pan} pan
 * @param {Pan[]} pans
 * @param {{width: number, height: number} | null} picture
 */
export function whySentence(pan, pans, picture) {
  const locked = pan.locked ? " Locked." : "";
  if (pan.moved && pan.position && picture) {
    const [x, y] = [Math.floor(pan.position[0] * picture.width), Math.floor(pan.position[1] * picture.height)];
    return `You chose this color, at ${x}, ${y}.${locked}`;
  }
  if (pan.moved && !pan.weight) return `You added this color; the picture does not have it.${locked}`;
  const others = pans.filter((other) => other !== pan).map((other) => distance(pan.hex, other.hex));
  const d = others.length ? Math.min(...others) : 0;
  if (pan.weight > 0.3) return `The background of the picture: most pixels that look ${pan.name.toLowerCase()} belong to it.${locked}`;
  if (!others.length) return `Stands for every pixel of the picture.${locked}`;
  if (pan.weight < 0.03 && d >= 10) return `A small accent: few pixels, but no other color here is like it.${locked}`;
  const like = pans.filter((other) => other !== pan).reduce((one, other) => (distance(pan.hex, other.hex) < distance(pan.hex, one.hex) ? other : one));
  return `Stands for every pixel nearer to it than to the other ${others.length === 1 ? "color" : `${others.length} colors`}, of which ${like.name.toLowerCase()} is most like it.${locked}`;
}

export const WORDS = {
  emptyTitle: "No picture yet",
  empty: "Your picture goes to the pochade process that served this page, and nowhere else. It is not kept after you close the page.",
  begin: "Or begin with one of these",
  getting: "Getting the picture...",
  looking: "Looking...",
  notPicture: (/** @type {string} */ kinds) => `That file is not a picture pochade can read. It reads ${kinds}.`,
  tooLarge: (/** @type {string} */ is, /** @type {string} */ limit) => `That picture is ${is}. The limit here is ${limit}.`,
  urlFailed: (/** @type {string | number} */ status) => `That address did not return a picture (${status}).`,
  urlBlocked: "This server is not allowed to fetch from that address.",
  urlSigned: "This server opens no addresses for this page. Open a file instead.",
  clipboardEmpty: "There is no picture on the clipboard.",
  gone: "pochade is not answering. Your palette is still here.",
  busy: "pochade is busy. Your palette is still here.",
  fewer: (/** @type {number} */ n) => `This picture has only ${colors(n)}.`,
  endsEarly: "This file ends before its picture does. Save or download it again.",
  transparent: "This picture is fully transparent.",
  copied: (/** @type {string} */ what) => `Copied ${what}`,
  saved: (/** @type {string} */ file) => `Saved ${file}`,
  linkCopied: "Link copied",
  copyRefused: "The browser did not allow copying. Select it and press Ctrl+C.",
  noPicture: "This palette has no picture.",
  most: "A palette has at most 16 colors.",
  unlock: "Unlock a color to try another.",
  offer: (/** @type {number} */ n) => `One palette of all ${n} pictures`,
  allPictures: (/** @type {number} */ n) => `all ${n} pictures`,
  together: (/** @type {number} */ n) => `One palette of ${n} pictures. Each pixel counts once, so a larger picture counts more.`,
  filmsOff: "This server takes no films. Start it with pochade serve --films.",
  filmGone: "The server no longer has this film. Open it again.",
  filmTooLarge: (/** @type {string} */ is, /** @type {string} */ limit) => `That film is ${is}. The limit here is ${limit}.`,
  sendingFilm: (/** @type {string} */ share) => `Sending the film: ${share}`,
  waitingFilm: "Waiting for another film to be done...",
  countingFilm: (/** @type {number} */ shots, /** @type {string} */ share, /** @type {string} */ left) => `${shotCount(shots)} so far${share && `, ${share}`}${left && `, ${left} left`}`,
  writingFilm: "Writing its files...",
  someOpened: (/** @type {number} */ n) => `1 of ${n} opened`,
};

/** The sentences of the view Collection. */
export const COLLECTION = {
  title: "Collection",
  about: "A collection of pictures on this server. All colors that you wish for count; the first pictures fit best.",
  strip: "Palette of the collection",
  look: (/** @type {string} */ name, /** @type {string} */ hex) => `Look for ${name}, ${hex.toUpperCase()}`,
  wish: "A color",
  example: "teal, any green, #c32727",
  add: "Add",
  wishes: "Colors wished for",
  anySize: "any size",
  share: (/** @type {string} */ color) => `Share of ${color}`,
  none: "None of this",
  remove: (/** @type {string} */ color) => `Remove ${color}`,
  like: "Like this",
  drop: "Drop a picture here, or click one of those that were found.",
  choose: "Choose a picture…",
  unlike: "Remove the picture",
  results: "Pictures",
  more: "More like this",
  tile: (/** @type {string} */ id, /** @type {string[]} */ why) => `${[id, ...why].join(". ")}. More like this.`,
  nothing: "Click a color of the collection, or write one. Each picture here shows much of one of its colors.",
  found: (/** @type {number} */ shown, /** @type {number} */ fits, /** @type {number} */ of) => `${shown < fits ? `The best ${shown} of ` : ""}${fits.toLocaleString("en")} of ${of.toLocaleString("en")} pictures fit.`,
};
