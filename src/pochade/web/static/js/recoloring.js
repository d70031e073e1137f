/** The picture in other colors: what was edited, the server's table for it, and the canvas that follows at once. */

/** @import {Pan} from "./types.js" */
/** @import {Painter} from "./lut.js" */
import { felt } from "./felt.js";
import { plainPainter, webglPainter } from "./lut.js";
import { ofPicture } from "./solve.js";
import { asItWas, on, remember, set, state } from "./state.js";
import { inTurn } from "./turn.js";

/** Wider, a picture is shown smaller while it is edited; what is saved is whole. */
const WIDEST = 1200;

/** What is drawn on now. @type {{canvas: HTMLCanvasElement, painter: Painter} | null} */
let shown = null;
/** The table of what is shown, by the query that brought it. */
let drawn = "";

/** Whether a color was edited. @param {Pan} pan */
export const edited = (pan) => (state.recolored.to[pan.id] ?? pan.hex) !== pan.hex;

/** What is asked: the palette as it stands, and what became of it; locked colors stay themselves. */
export function asked() {
  const { to, tone } = state.recolored;
  const own = [...new Map(state.pans.map((pan) => [pan.hex, pan])).values()];
  const changes = own.filter((pan) => pan.id in to || pan.locked).map((pan) => `${pan.hex}:${to[pan.id] ?? pan.hex}`);
  if (!changes.length) changes.push(`${own[0].hex}:${own[0].hex}`); // nothing is asked for by a color that stays
  const query = new URLSearchParams({ colors: palette(), change: changes.join(",").replaceAll("#", "") });
  if (tone) query.set("tone", tone);
  return query.toString();
}

/** The colors of the picture, each once. */
export const palette = () => [...new Set(state.pans.map((pan) => pan.hex.slice(1)))].join(",");

/** A canvas with the picture, as wide as it is edited. @param {HTMLImageElement} image loaded */
export function canvasOf(image) {
  const scale = Math.min(1, WIDEST / image.naturalWidth);
  const [width, height] = [image.naturalWidth, image.naturalHeight].map((side) => Math.max(1, Math.round(side * scale)));
  const flat = new OffscreenCanvas(width, height).getContext("2d");
  flat?.drawImage(image, 0, 0, width, height);
  const picture = flat?.getImageData(0, 0, width, height) ?? new ImageData(width, height);
  const fresh = () => Object.assign(document.createElement("canvas"), { width, height });
  let canvas = fresh();
  let painter = webglPainter(canvas, picture);
  if (!painter) painter = plainPainter((canvas = fresh()), picture); // a canvas that gave one context gives no other
  canvas.addEventListener("webglcontextlost", () => {
    if (shown?.canvas !== canvas) return;
    const other = fresh();
    for (const { name, value } of canvas.attributes) other.setAttribute(name, value);
    canvas.replaceWith(other);
    shown = { canvas: other, painter: plainPainter(other, picture) };
    other.dataset.painter = shown.painter.kind;
    delete other.dataset.drawn;
    follow(true);
  });
  canvas.dataset.painter = painter.kind;
  shown = { canvas, painter };
  painter.paint(new Int16Array(24), 2);
  drawn = "";
  return canvas;
}

const ask = inTurn(async (/** @type {string} */ query) => {
  const to = shown;
  const answer = await felt(async () => {
    const told = await ofPicture("/recolor", `${query}&format=lut`);
    return { moves: new Int16Array(await told.arrayBuffer()), size: Number(told.headers.get("Pochade-Lut-Size")) };
  }, () => follow(true));
  if (!answer || to !== shown || !to) return;
  to.painter.paint(answer.moves, answer.size);
  drawn = query;
  to.canvas.dataset.drawn = query;
});

/** Has the canvas follow what was edited. @param {boolean} [again] */
export function follow(again = false) {
  if (!shown?.canvas.isConnected || state.view !== "recolor") return;
  const query = state.pans.some(edited) ? asked() : "";
  if (query === drawn && !again) return;
  if (query) return ask(query);
  drawn = query;
  shown.canvas.dataset.drawn = "";
  shown.painter.paint(new Int16Array(24), 2);
}

/** The picture as it is shown: in Recolor, once a color was edited, what it became. @param {AbortSignal} [signal] */
export async function shownPicture(signal) {
  const { picture } = state;
  if (!picture || state.view !== "recolor" || !state.pans.some(edited)) return picture;
  const file = await (await ofPicture("/recolor", `${asked()}&format=webp`, signal)).blob();
  return { ...picture, digest: "", file, address: "" };
}

/** A color becomes another, while the hand moves. @param {number} id @param {string} hex */
export function become(id, hex) {
  if (state.recolored.to[id] === hex) return;
  const pan = state.pans.find((one) => one.id === id);
  const { [id]: _, ...rest } = state.recolored.to;
  set({ recolored: { ...state.recolored, to: hex === pan?.hex && !state.recolored.tone ? rest : { ...rest, [id]: hex }, reason: "" } });
}

/** All at once: in harmony, or like another picture. @param {string} query */
export async function becomeAll(query) {
  const answer = await felt(async () => (await ofPicture("/recolor", `colors=${palette()}&${query}&format=json`)).json());
  if (!answer) return;
  const after = new Map(answer.palette.map((/** @type {string} */ hex, /** @type {number} */ i) => [hex, answer.after[i]]));
  remember();
  set({ recolored: { to: Object.fromEntries(state.pans.map((pan) => [pan.id, after.get(pan.hex) ?? pan.hex])), tone: answer.tone, reason: answer.reason } });
}

/** One color as it was, or all of them. @param {number} [id] */
export function reset(id) {
  remember();
  if (id === undefined) return set({ recolored: asItWas() });
  const pan = state.pans.find((one) => one.id === id);
  if (pan) become(id, pan.hex);
}

/** Has the server weigh the palette, so that the first edit is as quick as the next. */
export function warm() {
  if (state.pans.length && state.picture?.digest) ofPicture("/recolor", `${asked()}&format=lut`).catch(() => {});
}

on(["recolored", "pans"], follow);
let of = state.picture?.src;
on(["picture"], () => {
  if (of !== state.picture?.src) set({ recolored: asItWas() });
  of = state.picture?.src;
});

