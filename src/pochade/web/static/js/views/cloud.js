/** The picture's colors in Oklab as a cloud that the user turns; discs mark the palette. */

/** @import {Pan} from "../types.js" */
import { aborted, wordsFor } from "../api.js";
import { oklab, oklch } from "../color.js";
import { el, framed } from "../dom.js";
import { leave, point } from "../attention.js";
import { ofPicture } from "../solve.js";
import { on, set, state } from "../state.js";
import { WORDS } from "../words.js";

/** Scale of chroma relative to lightness; at 1 the cloud would be too thin to see. */
const WIDER = 1.6;
const RING = 0.22; // Oklab chroma
const START = { turn: -0.6, tilt: 0.28, zoom: 1 };

let { turn, tilt, zoom } = START;
/** L, a, b, hex. @type {[number, number, number, string][]} */
let points = [];
let asked = "";
/** @type {HTMLCanvasElement | null} */
let canvas = null;
/** @type {AbortController | null} */
let asking = null;

/** Canvas x and y of an Oklab color, and its depth. @param {number} l @param {number} a @param {number} b */
function project(l, a, b) {
  const { width, height } = size();
  const unit = Math.min(height * 0.8, width * 0.9) * zoom;
  const [sin, cos] = [Math.sin(turn), Math.cos(turn)];
  const [x, deep] = [(a * cos - b * sin) * WIDER, (a * sin + b * cos) * WIDER];
  const up = l - 0.5;
  return [width / 2 + x * unit, height / 2 - (up * Math.cos(tilt) - deep * Math.sin(tilt)) * unit, deep * Math.cos(tilt) + up * Math.sin(tilt)];
}

const size = () => ({ width: canvas?.clientWidth || 1, height: canvas?.clientHeight || 1 });

const paint = framed(() => {
  const pen = canvas?.getContext("2d");
  if (!canvas || !pen || !canvas.isConnected) return;
  const { width, height } = size(), dense = devicePixelRatio || 1;
  if (canvas.width !== Math.round(width * dense)) [canvas.width, canvas.height] = [Math.round(width * dense), Math.round(height * dense)];
  pen.setTransform(dense, 0, 0, dense, 0, 0);
  pen.clearRect(0, 0, width, height);
  const style = getComputedStyle(document.documentElement);
  const [line, ink2] = [style.getPropertyValue("--line"), style.getPropertyValue("--ink2")];
  pen.strokeStyle = line;
  for (const l of [0, 0.5, 1]) {
    pen.beginPath();
    for (let i = 0; i <= 72; i++) {
      const [x, y] = project(l, RING * Math.cos((i * Math.PI) / 36), RING * Math.sin((i * Math.PI) / 36));
      pen.lineTo(x, y);
    }
    pen.stroke();
  }
  const [white, black] = [project(1, 0, 0), project(0, 0, 0)];
  pen.strokeStyle = ink2;
  pen.beginPath();
  pen.moveTo(white[0], white[1]);
  pen.lineTo(black[0], black[1]);
  pen.stroke();
  pen.fillStyle = ink2;
  pen.font = "12px system-ui, sans-serif";
  pen.fillText("white", white[0] + 8, white[1] - 4);
  pen.fillText("black", black[0] + 8, black[1] + 14);
  const placed = points.map(([l, a, b, hex]) => ({ at: project(l, a, b), hex })).sort((one, other) => other.at[2] - one.at[2]);
  for (const { at, hex } of placed) {
    pen.fillStyle = hex;
    pen.fillRect(at[0] - 1.2, at[1] - 1.2, 2.4, 2.4);
  }
  for (const { pan, at } of discs()) {
    const radius = pan.id === state.current ? 14 : 10;
    pen.beginPath();
    pen.arc(at[0], at[1], radius, 0, 7);
    pen.fillStyle = pan.hex;
    pen.fill();
    pen.lineWidth = 2;
    pen.strokeStyle = "#fff";
    pen.stroke();
    pen.lineWidth = 1;
    pen.strokeStyle = "#000";
    pen.beginPath();
    pen.arc(at[0], at[1], radius + 1.5, 0, 7);
    pen.stroke();
  }
});

/** The palette's discs, the nearest last. @returns {{pan: Pan, at: number[]}[]} */
const discs = () => state.pans.map((pan) => ({ pan, at: project(.../** @type {[number, number, number]} */ (oklab(pan.hex))) })).sort((one, other) => other.at[2] - one.at[2]);

/** @param {number} across @param {number} up */
function turnBy(across, up) {
  turn += across;
  tilt = Math.min(1.5, Math.max(-1.5, tilt + up));
  paint();
}

/** @param {number} factor */
function zoomBy(factor) {
  zoom = Math.min(6, Math.max(0.5, zoom * factor));
  paint();
}

/** @param {HTMLCanvasElement} node */
function turnable(node) {
  /** @type {Map<number, [number, number]>} */
  const pointers = new Map();
  node.addEventListener("pointerdown", (event) => {
    pointers.set(event.pointerId, [event.clientX, event.clientY]);
    node.setPointerCapture(event.pointerId);
  });
  node.addEventListener("pointermove", (event) => {
    const from = pointers.get(event.pointerId);
    if (!from) return hover(event);
    const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
    if (other) {
      const apart = (/** @type {number} */ x, /** @type {number} */ y) => Math.hypot(x - other[0], y - other[1]);
      zoomBy(apart(event.clientX, event.clientY) / Math.max(1, apart(...from)));
    } else turnBy((event.clientX - from[0]) * 0.01, (event.clientY - from[1]) * 0.01);
    pointers.set(event.pointerId, [event.clientX, event.clientY]);
  });
  for (const end of ["pointerup", "pointercancel"]) node.addEventListener(end, (event) => event instanceof PointerEvent && pointers.delete(event.pointerId));
  node.addEventListener("pointerleave", leave);
  node.addEventListener("wheel", (event) => {
    event.preventDefault();
    zoomBy(Math.exp(-event.deltaY * 0.0015));
  }, { passive: false });
  node.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: [-0.12, 0], ArrowRight: [0.12, 0], ArrowUp: [0, -0.12], ArrowDown: [0, 0.12] }[event.key];
    if (step) turnBy(step[0], step[1]);
    else if (event.key === "+" || event.key === "=") zoomBy(1.2);
    else if (event.key === "-") zoomBy(1 / 1.2);
    else if (event.key === "0") {
      ({ turn, tilt, zoom } = START);
      paint();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });
}

/** @param {PointerEvent} event */
function hover(event) {
  const under = discs().reverse().find(({ at }) => Math.hypot(event.offsetX - at[0], event.offsetY - at[1]) < 13);
  if (under) point(under.pan.id);
  else if (state.current !== null && !state.pinned) set({ current: null, why: false });
}

function told() {
  if (!points.length) return "";
  const lights = points.map(([l]) => Math.round(l * 100));
  const strongest = state.pans.reduce((one, other) => (oklch(other.hex)[1] > oklch(one.hex)[1] ? other : one), state.pans[0]);
  return `${points.length} colors of the picture, lightness from ${Math.min(...lights)} to ${Math.max(...lights)} percent. The strongest color of the palette is ${strongest?.name}.`;
}

/** @param {HTMLElement} box */
async function load(box) {
  const { picture, solved } = state;
  if (!picture || !solved) return;
  const key = `${picture.digest} ${solved.query}`;
  if (key === asked) return;
  asked = key;
  asking?.abort();
  asking = new AbortController();
  try {
    const answer = await (await ofPicture("/cloud", `${solved.query}&cloud_space=oklab`, asking.signal)).json();
    points = answer.points;
  } catch (error) {
    if (aborted(error)) return;
    asked = "";
    box.querySelector(".hint")?.replaceChildren(wordsFor(error));
  }
  const words = box.querySelector("#cloud-told");
  if (words) words.textContent = told();
  paint();
}

/** @param {HTMLElement} box */
export function draw(box) {
  if (!state.picture) return box.replaceChildren(el("p", { className: "hint" }, WORDS.noPicture));
  if (!canvas?.isConnected) {
    canvas = el("canvas", { className: "cloud", tabIndex: 0, role: "application", "aria-label": "Color cloud", "aria-describedby": "cloud-told" });
    turnable(canvas);
    new ResizeObserver(paint).observe(canvas);
    box.replaceChildren(canvas, el("p", { className: "hint" }, "Oklab, chroma drawn wider. Drag or arrow keys to turn, + and − to zoom, 0 to reset."), el("p", { className: "unseen", id: "cloud-told" }, told()));
  }
  load(box);
  paint();
}

on(["current", "pans"], paint);
new MutationObserver(paint).observe(document.documentElement, { attributeFilter: ["data-surround"] });
