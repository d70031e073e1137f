/** The picture: its size on the page, its pixels, and the veil over pixels of other colors. */

import { $, framed, phone } from "./dom.js";
import { labelMap, onLabels } from "./labels.js";
import { on, state } from "./state.js";

const image = $("picture", HTMLImageElement);
const veil = $("veil", HTMLCanvasElement);

/** Height below the picture in px: share bar with margins and one row of pans; and of each further row. */
const RESERVE = 190, ROW = 152;

/** Rows and columns for `n` pans, as even as possible. @param {number} n @param {number} width */
export function grid(n, width) {
  const most = Math.max(1, Math.floor((width + 10) / 80));
  const rows = Math.max(1, Math.ceil(n / most));
  return { rows, columns: Math.max(1, Math.ceil(n / rows)) };
}

/** Fit the picture and the pans to the stage. */
function fit() {
  const stage = $("stage"), view = $("view");
  const n = Math.max(1, state.pans.length || 8);
  const wide = stage.clientWidth;
  const { rows, columns } = phone() ? { rows: n, columns: 1 } : grid(n, wide);
  const pans = $("pans");
  pans.style.setProperty("--columns", String(columns));
  pans.style.setProperty("--rows", String(rows));
  // Below these widths a code and a share, or "0.1% accent", need two lines.
  const marked = state.pans.some((pan) => pan.accent), each = (wide - 10 * (columns - 1)) / columns;
  pans.classList.toggle("tight", !phone() && each < (marked ? 150 : 108));
  pans.classList.toggle("marked", marked && each < 108);
  if (!document.body.classList.contains("shown")) return;
  const high = phone() ? innerHeight * 0.44 : Math.max(200, stage.clientHeight - RESERVE - ROW * (rows - 1));
  const room = phone() ? innerWidth : wide;
  const { width, height } = state.picture ?? { width: 3, height: 2 };
  const scale = Math.min(room / width, high / height, 2);
  const frame = $("frame");
  frame.style.setProperty("--frame-width", `${Math.round(width * scale)}px`);
  frame.style.setProperty("--frame-height", `${Math.round(height * scale)}px`);
  const other = state.view !== "picture" || !state.picture;
  const least = other ? high : Math.min(200, high);
  view.style.setProperty("--view-height", phone() && other ? "auto" : `${Math.round(Math.max(height * scale, least))}px`);
}

export const refit = framed(fit);

function show() {
  const { picture } = state;
  document.body.classList.toggle("empty", !picture && !state.pans.length && !state.film && !state.search);
  document.body.classList.toggle("shown", Boolean(picture || state.pans.length || state.film || state.search));
  $("drop").hidden = Boolean(picture) || state.view !== "picture";
  $("frame").hidden = !picture || state.view !== "picture";
  if (picture && image.getAttribute("src") !== picture.src) {
    image.src = picture.src;
    image.alt = picture.title;
    reader = null;
  }
  fit();
}

/** @type {CanvasRenderingContext2D | null} */
let reader = null;

/** RGBA codes of the `side` x `side` pixels around a pixel of the picture. @param {number} x @param {number} y @param {number} side */
export function pixels(x, y, side) {
  if (!reader) {
    const canvas = document.createElement("canvas");
    canvas.width = image.naturalWidth;
    canvas.height = image.naturalHeight;
    reader = canvas.getContext("2d", { willReadFrequently: true });
    reader?.drawImage(image, 0, 0, canvas.width, canvas.height);
  }
  const half = (side - 1) / 2;
  return reader ? reader.getImageData(x - half, y - half, side, side).data : new Uint8ClampedArray(4 * side * side);
}

/** Size of the picture that `pixels` reads. */
export const extent = () => ({ width: image.naturalWidth, height: image.naturalHeight });

/** @param {number} id the color whose pixels stay visible */
function paintVeil(id) {
  const map = labelMap();
  if (!map) return false;
  const { width, height, labels, ids } = map;
  const wall = getComputedStyle(document.documentElement).getPropertyValue("--wall").trim();
  const gray = parseInt(wall.length < 7 ? wall[1] + wall[1] : wall.slice(1, 3), 16);
  const cover = (Math.round(0.87 * 255) << 24) | (gray << 16) | (gray << 8) | gray;
  const data = new ImageData(width, height);
  const words = new Uint32Array(data.data.buffer);
  const label = ids.indexOf(id);
  for (let i = 0; i < words.length; i++) words[i] = labels[i] === label ? 0 : cover;
  veil.width = width;
  veil.height = height;
  veil.getContext("2d")?.putImageData(data, 0, 0);
  veil.dataset.id = String(id);
  return true;
}

function light() {
  const on = state.why && state.current !== null && state.view === "picture" && paintVeil(state.current);
  document.body.classList.toggle("why-on", Boolean(on));
}

export function startPicture() {
  on(["picture", "view", "film"], show);
  on(["pans"], () => {
    show();
    refit();
  });
  on(["current", "why", "view"], light);
  onLabels(light);
  new ResizeObserver(refit).observe($("stage"));
  addEventListener("resize", refit);
  show();
}
