/** Recoloring: the edits, the server's lookup table for them, and the canvas that shows the result. */

/** @import {Pan} from "./types.js" */
/** @import {Painter} from "./lut.js" */
import { notesOf } from "./api.js";
import { felt } from "./felt.js";
import { plainPainter, webglPainter } from "./lut.js";
import { ofPicture } from "./solve.js";
import { unedited, on, remember, set, state } from "./state.js";
import { inTurn } from "./turn.js";

/** Width of the canvas in pixels, at most; the saved file has full size. */
const MAX_WIDTH = 1200;

/** The canvas in use. @type {{canvas: HTMLCanvasElement, painter: Painter} | null} */
let shown = null;
/** The query of the lookup table that is drawn. */
let drawn = "";
/** The server's notes on the picture. */
let notes = "";

/** The view's sentences: the reason for the edit, and the notes on the picture. */
export const told = () => [state.recolored.reason, notes].filter(Boolean).join(" ");

/** Take the notes of an answer. @param {Response} answer */
function note(answer) {
  if (notes === notesOf(answer)) return;
  notes = notesOf(answer);
  if (state.view === "recolor") set({ told: told() });
}

/** Whether a color was edited. @param {Pan} pan */
export const edited = (pan) => (state.recolored.to[pan.id] ?? pan.hex) !== pan.hex;

/** The query: the palette and its edits; locked colors keep their color. */
export function asked() {
  const { to, tone } = state.recolored;
  const own = [...new Map(state.pans.map((pan) => [pan.hex, pan])).values()];
  const changes = own.filter((pan) => pan.id in to || pan.locked).map((pan) => `${pan.hex}:${to[pan.id] ?? pan.hex}`);
  if (!changes.length) changes.push(`${own[0].hex}:${own[0].hex}`); // an unchanged color asks for no edit
  const query = new URLSearchParams({ colors: palette(), change: changes.join(",").replaceAll("#", "") });
  if (tone) query.set("tone", tone);
  return query.toString();
}

/** The distinct colors of the palette. */
export const palette = () => [...new Set(state.pans.map((pan) => pan.hex.slice(1)))].join(",");

/** A canvas with the picture, ready for edits. @param {HTMLImageElement} image loaded */
export function canvasOf(image) {
  const scale = Math.min(1, MAX_WIDTH / image.naturalWidth);
  const [width, height] = [image.naturalWidth, image.naturalHeight].map((side) => Math.max(1, Math.round(side * scale)));
  const flat = new OffscreenCanvas(width, height).getContext("2d");
  flat?.drawImage(image, 0, 0, width, height);
  const picture = flat?.getImageData(0, 0, width, height) ?? new ImageData(width, height);
  const fresh = () => Object.assign(document.createElement("canvas"), { width, height });
  let canvas = fresh();
  let painter = webglPainter(canvas, picture);
  if (!painter) painter = plainPainter((canvas = fresh()), picture); // a canvas has one kind of context only
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
    const table = await ofPicture("/recolor", `${query}&format=lut`);
    note(table);
    return { moves: new Int16Array(await table.arrayBuffer()), size: Number(table.headers.get("Pochade-Lut-Size")) };
  }, () => follow(true));
  if (!answer || to !== shown || !to) return;
  to.painter.paint(answer.moves, answer.size);
  drawn = query;
  to.canvas.dataset.drawn = query;
});

/** Draw the current edits on the canvas. @param {boolean} [again] */
export function follow(again = false) {
  if (!shown?.canvas.isConnected || state.view !== "recolor") return;
  const query = state.pans.some(edited) ? asked() : "";
  if (query === drawn && !again) return;
  if (query) return ask(query);
  drawn = query;
  shown.canvas.dataset.drawn = "";
  shown.painter.paint(new Int16Array(24), 2);
}

/** The picture as shown: recolored if the Recolor view is open and a color was edited. @param {AbortSignal} [signal] */
export async function shownPicture(signal) {
  const { picture } = state;
  if (!picture || state.view !== "recolor" || !state.pans.some(edited)) return picture;
  const file = await (await ofPicture("/recolor", `${asked()}&format=webp`, signal)).blob();
  return { ...picture, digest: "", file, address: "" };
}

/** Change one color, without an undo step. @param {number} id @param {string} hex */
export function become(id, hex) {
  if (state.recolored.to[id] === hex) return;
  const pan = state.pans.find((one) => one.id === id);
  const { [id]: _, ...rest } = state.recolored.to;
  set({ recolored: { ...state.recolored, to: hex === pan?.hex && !state.recolored.tone ? rest : { ...rest, [id]: hex }, reason: "" } });
}

/** Change all colors: in harmony, or like another picture. @param {string} query */
export async function becomeAll(query) {
  const answer = await felt(async () => (await ofPicture("/recolor", `colors=${palette()}&${query}&format=json`)).json());
  if (!answer) return;
  const after = new Map(answer.palette.map((/** @type {string} */ hex, /** @type {number} */ i) => [hex, answer.after[i]]));
  remember();
  set({ recolored: { to: Object.fromEntries(state.pans.map((pan) => [pan.id, after.get(pan.hex) ?? pan.hex])), tone: answer.tone, reason: answer.reason } });
}

/** Undo the edits of one color, or of all. @param {number} [id] */
export function reset(id) {
  remember();
  if (id === undefined) return set({ recolored: unedited() });
  const pan = state.pans.find((one) => one.id === id);
  if (pan) become(id, pan.hex);
}

/** Make the server compute the palette's weights now, which speeds up the first edit. */
export function warm() {
  if (state.pans.length && state.picture?.digest) ofPicture("/recolor", `${asked()}&format=lut`).then(note).catch(() => {});
}

on(["recolored", "pans"], follow);
let of = state.picture?.src;
on(["picture"], () => {
  if (of !== state.picture?.src) {
    notes = "";
    set({ recolored: unedited() });
  }
  of = state.picture?.src;
});

