/** The server's label map: the palette color of each pixel. */

import { ofPicture } from "./solve.js";
import { on, set, state } from "./state.js";

const WIDTH = 1280;
const NONE = 255;

/** The color id of pixel `i` is `ids[labels[i]]`. @type {{width: number, height: number, labels: Uint8Array, ids: number[]} | null} */
let map = null;

/** @type {AbortController | null} */
let loading = null;

/** The map of the picture and palette shown, or null while it is loading. */
export const labelMap = () => map;

/** Callbacks for a loaded map. @type {(() => void)[]} */
const waiting = [];
export const onLabels = (/** @type {() => void} */ f) => waiting.push(f);

async function load() {
  loading?.abort();
  map = null;
  const { solved, picture } = state;
  if (!solved || !picture) return;
  const mine = (loading = new AbortController());
  try {
    const answer = await ofPicture("/labels", `${solved.shown ?? solved.query}&width=${WIDTH}`, mine.signal);
    const bitmap = await createImageBitmap(await answer.blob(), { colorSpaceConversion: "none", premultiplyAlpha: "none" });
    if (mine.signal.aborted || state.solved !== solved) return;
    const { width, height } = bitmap;
    const canvas = new OffscreenCanvas(width, height);
    const pen = canvas.getContext("2d", { willReadFrequently: true });
    if (!pen) return;
    pen.drawImage(bitmap, 0, 0);
    const rgba = pen.getImageData(0, 0, width, height).data;
    const labels = new Uint8Array(width * height);
    for (let i = 0; i < labels.length; i++) labels[i] = rgba[4 * i];
    map = { width, height, labels: despeckled(labels, width, height), ids: solved.ids };
    waiting.forEach((f) => f());
  } catch {
    // Without a map only the veil is missing.
  }
}

/**
 * Remove specks: a pixel whose label differs from its four neighbors takes the label that three of them share.
 * @param {Uint8Array} labels
 * @param {number} width
 * @param {number} height
 */
function despeckled(labels, width, height) {
  const out = labels.slice();
  for (let y = 1; y < height - 1; y++) {
    for (let i = y * width + 1; i < (y + 1) * width - 1; i++) {
      const here = labels[i], left = labels[i - 1], up = labels[i - width];
      if (here === left || here === up || here === labels[i + 1] || here === labels[i + width] || here === NONE) continue;
      if (left === labels[i + 1] && (left === up || left === labels[i + width])) out[i] = left;
    }
  }
  return out;
}

on(["solved"], load);
load();
on(["picture"], () => {
  map = null;
  set({ why: false, pinned: false, current: null });
});
