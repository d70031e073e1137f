/** The points on the picture, moved by dragging or with arrow keys, with a loupe over single pixels. */

/** @import {Pan} from "./types.js" */
import { $, el, framed, speak, toast, touch } from "./dom.js";
import { hexOf, plainName } from "./color.js";
import { addPan, removePan, settle } from "./solve.js";
import { changed, now, on, remember, set, state } from "./state.js";
import { leave, point as showPoint } from "./attention.js";
import { extent, pixels } from "./picture.js";
import { WORDS } from "./words.js";


const SIZE = 136, CELLS = 11, GAP = 24;
const frame = $("frame"), box = $("points"), loupe = $("loupe", HTMLCanvasElement), tag = $("loupe-tag");

/** Side of the square of pixels that a point averages: 1, 3 or 5. */
let sample = 1;
export const setSample = (/** @type {number} */ n) => (sample = n);
export const getSample = () => sample;

/** The color and pixel at a position, 0 to 1 from the top left. @param {number} x @param {number} y */
function sampled(x, y) {
  const { width, height } = extent();
  const px = Math.min(width - 1, Math.max(0, Math.floor(x * width)));
  const py = Math.min(height - 1, Math.max(0, Math.floor(y * height)));
  const data = pixels(px, py, sample);
  const mean = [0, 0, 0];
  let n = 0;
  for (let i = 0; i < data.length; i += 4) {
    if (!data[i + 3]) continue;
    n += 1;
    for (let c = 0; c < 3; c++) mean[c] += data[i + c];
  }
  return { hex: hexOf(mean.map((sum) => sum / Math.max(1, n))), px, py, position: /** @type {[number, number]} */ ([(px + 0.5) / width, (py + 0.5) / height]) };
}

/** @param {string} hex @param {number} px @param {number} py @param {[number, number]} position */
function drawLoupe(hex, px, py, position) {
  const pen = loupe.getContext("2d");
  if (!pen) return;
  const cell = SIZE / CELLS;
  const data = pixels(px, py, CELLS);
  for (let i = 0; i < CELLS * CELLS; i++) {
    pen.fillStyle = data[4 * i + 3] ? hexOf(data.subarray(4 * i, 4 * i + 3)) : "#808080";
    pen.fillRect(Math.floor((i % CELLS) * cell), Math.floor(Math.floor(i / CELLS) * cell), cell + 1, cell + 1);
  }
  const middle = Math.floor(CELLS / 2) * cell;
  pen.lineWidth = 1;
  pen.strokeStyle = "#000";
  pen.strokeRect(middle - 1.5, middle - 1.5, cell + 3, cell + 3);
  pen.strokeStyle = "#fff";
  pen.strokeRect(middle - 0.5, middle - 0.5, cell + 1, cell + 1);
  tag.textContent = `${plainName(hex)} ${hex.toUpperCase()}`;
  loupe.hidden = tag.hidden = false;
  const at = frame.getBoundingClientRect();
  const x = at.left + position[0] * at.width, y = at.top + position[1] * at.height;
  const below = y < SIZE + GAP + 36;
  const left = Math.min(innerWidth - SIZE - 8, Math.max(4, x - SIZE / 2));
  const top = Math.min(innerHeight - SIZE - 8, below ? y + GAP : y - GAP - SIZE);
  place(loupe, left, top);
  const wide = tag.offsetWidth;
  place(tag, Math.min(innerWidth - wide - 4, Math.max(4, left + (SIZE - wide) / 2)), below ? Math.min(top + SIZE + 8, innerHeight - 24) : top - 28);
}

/** @param {HTMLElement} node @param {number} x @param {number} y */
function place(node, x, y) {
  node.style.setProperty("--lx", `${Math.round(x)}px`);
  node.style.setProperty("--ly", `${Math.round(y)}px`);
}

const hideLoupe = () => (loupe.hidden = tag.hidden = true);

/** Move a point: its color becomes the one of that pixel and is locked. @param {number} id @param {number} x @param {number} y */
function moveTo(id, x, y) {
  const clamp = (/** @type {number} */ v) => Math.min(0.999999, Math.max(0, v));
  const { hex, px, py, position } = sampled(clamp(x), clamp(y));
  const was = state.pans.find((pan) => pan.id === id);
  const name = was?.own ? was.name : plainName(hex);
  set({ pans: changed(id, { hex, position, name, moved: true, locked: true }), current: id, why: false });
  drawLoupe(hex, px, py, position);
  speak(`${name}, ${hex.toUpperCase()}`, 300);
}

/** @param {HTMLElement} node @param {number} id */
function draggable(node, id) {
  /** @type {ReturnType<typeof now> | null} */
  let before = null;
  const follow = framed((/** @type {number} */ x, /** @type {number} */ y) => {
    if (!before) return;
    const at = frame.getBoundingClientRect();
    moveTo(id, (x - at.left) / at.width, (y - at.top) / at.height);
  });
  node.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    node.setPointerCapture(event.pointerId);
    const [x, y] = [event.clientX, event.clientY];
    const move = (/** @type {PointerEvent} */ e) => {
      if (!before && Math.hypot(e.clientX - x, e.clientY - y) < 3) return;
      before ??= now();
      document.body.classList.add("dragging");
      node.classList.add("held");
      follow(e.clientX, e.clientY);
    };
    const end = (/** @type {PointerEvent} */ e) => {
      node.removeEventListener("pointermove", move);
      node.classList.remove("held");
      document.body.classList.remove("dragging");
      if (!before) return;
      if (e.type === "pointerup") {
        const at = frame.getBoundingClientRect();
        moveTo(id, (e.clientX - at.left) / at.width, (e.clientY - at.top) / at.height);
      }
      remember(before);
      before = null;
      hideLoupe();
      settle();
    };
    node.addEventListener("pointermove", move);
    node.addEventListener("pointerup", end, { once: true });
    node.addEventListener("pointercancel", end, { once: true });
  });
  walkable(node, id);
}

/** Arrow keys move by a pixel, with Shift by ten; Enter ends, Escape restores. @param {HTMLElement} node @param {number} id */
function walkable(node, id) {
  /** @type {ReturnType<typeof now> | null} */
  let before = null;
  const done = (/** @type {boolean} */ keep) => {
    hideLoupe();
    if (!before) return;
    const moment = before;
    before = null;
    if (keep) {
      remember(moment);
      settle();
    } else set(moment);
  };
  node.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    const pan = state.pans.find((other) => other.id === id);
    if (!pan) return;
    if (step && pan.position) {
      before ??= now();
      const { width, height } = extent();
      const far = event.shiftKey ? 10 : 1;
      moveTo(id, pan.position[0] + (step[0] * far) / width, pan.position[1] + (step[1] * far) / height);
    } else if (event.key === "Enter" || event.key === "Escape") done(event.key === "Enter");
    else if (event.key === "Delete" || event.key === "Backspace") removePan(id);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  node.addEventListener("blur", () => done(true));
}

/** @type {Map<number, HTMLButtonElement>} */
const nodes = new Map();

/** @param {Pan} pan */
function create(pan) {
  const node = el("button", { className: "point", "aria-roledescription": "point", "data-id": pan.id });
  draggable(node, pan.id);
  node.addEventListener("pointerenter", () => state.why || showPoint(pan.id));
  node.addEventListener("pointerleave", leave);
  node.addEventListener("focus", () => showPoint(pan.id));
  node.addEventListener("blur", leave);
  nodes.set(pan.id, node);
  return node;
}

function draw() {
  const shown = state.picture && state.solved ? state.pans.filter((pan) => pan.position) : [];
  for (const [id, node] of nodes) if (!shown.some((pan) => pan.id === id)) (node.remove(), nodes.delete(id));
  shown.forEach((pan, i) => {
    const node = nodes.get(pan.id) ?? create(pan);
    const [x, y] = pan.position ?? [0, 0];
    node.style.setProperty("--c", pan.hex);
    node.style.setProperty("--x", String(x));
    node.style.setProperty("--y", String(y));
    node.setAttribute("aria-label", `${pan.name}, ${pan.hex.toUpperCase()}`);
    if (box.children[i] !== node && document.activeElement !== node) box.insertBefore(node, box.children[i] ?? null);
  });
  mark();
}

function mark() {
  for (const [id, node] of nodes) node.classList.toggle("current", id === state.current);
}

/** Add the color at the clicked pixel. @param {MouseEvent} event */
function addAt(event) {
  const at = frame.getBoundingClientRect();
  const { hex, position } = sampled((event.clientX - at.left) / at.width, (event.clientY - at.top) / at.height);
  if (state.pans.length >= 16) return toast(WORDS.most);
  set({ current: addPan(hex, position, plainName(hex)), why: false });
  adding(false);
}

/** Toggle the mode in which a click on the picture adds a color. @param {boolean} [whether] */
export function adding(whether = !frame.classList.contains("adding")) {
  frame.classList.toggle("adding", whether && Boolean(state.picture));
  if (whether && state.picture) speak("Click the picture to add a color there.");
}

export function startPoints() {
  on(["pans", "solved", "picture"], draw);
  on(["current"], mark);
  draw();
  $("picture").addEventListener("dblclick", addAt);
  $("picture").addEventListener("click", (event) => frame.classList.contains("adding") && addAt(event));
  if (touch()) $("picture").addEventListener("contextmenu", (event) => event.preventDefault());
}
