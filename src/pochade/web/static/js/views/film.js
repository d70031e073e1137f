/** The film: a barcode of the palettes of its shots, the shot that is chosen, and its files. */

/** @import {Film, Shot} from "../types.js" */
import { Problem, call } from "../api.js";
import { oklab } from "../color.js";
import { save, stem } from "../copy.js";
import { el, styled } from "../dom.js";
import { felt } from "../felt.js";
import { choose } from "../film.js";
import { set, state } from "../state.js";
import { filmWords } from "../view-words.js";
import { WORDS, clock } from "../words.js";

await styled("film");

/** Words, format and options of the files. */
const FILES = [
  ["Page", "html", ""], ["Barcode", "png", ""], ["Timeline", "png", "view=timeline"], ["Shot sheet", "pdf", "view=sheet"],
  ["Table", "csv", ""], ["JSON", "json", ""], ["EDL", "edl", ""], ["OTIO", "otio", ""], ["Chapters", "vtt", ""],
];

/** The seconds that the barcode shows: of the film, or while it is counted what the share says. @param {Film} film */
function extent({ shots, length, share }) {
  const [start, end] = [shots[0]?.start ?? 0, shots.at(-1)?.end ?? 0];
  return { start, whole: length ?? (share && share < 1 ? Math.max(end - start, (end - start) / Math.max(share, 0.02)) : end - start) };
}

/** Start, end and colors, lightest first, of each slice, or until they are known of each shot. @param {Film} film @param {number} start @returns {[number, number, [string, number][]][]} */
function stacks({ slices, shots }, start) {
  if (slices) return slices.columns.map(([from, until, , index]) => [from, until, slices.stacks[index]]);
  return shots.map((shot) => [shot.start - start, shot.end - start, shot.palette.toSorted((a, b) => oklab(b.hex)[0] - oklab(a.hex)[0]).map(({ hex, weight }) => [hex, weight])]);
}

/** Draw the film as stacks of palettes. @param {HTMLCanvasElement} canvas @param {Film} film */
function paint(canvas, film) {
  const ratio = devicePixelRatio || 1, { width, height } = canvas.getBoundingClientRect();
  canvas.width = Math.max(1, Math.round(width * ratio));
  canvas.height = Math.max(1, Math.round(height * ratio));
  const pen = canvas.getContext("2d");
  if (!pen) return;
  const { start, whole } = extent(film), scale = canvas.width / (whole || 1);
  for (const [from, until, stack] of stacks(film, start)) {
    const left = Math.floor(from * scale), right = Math.max(left + 1, Math.ceil(until * scale));
    let top = 0;
    for (const [hex, share] of stack) {
      pen.fillStyle = hex;
      pen.fillRect(left, Math.floor(top * canvas.height), right - left, Math.ceil(share * canvas.height) + 1);
      top += share;
    }
  }
  const shot = film.chosen ? film.shots[film.chosen - 1] : null;
  if (!shot) return;
  const left = (shot.start - start) * scale, wide = Math.max(2 * ratio, (shot.end - shot.start) * scale), edge = 2 * ratio;
  for (const [color, line] of /** @type {[string, number][]} */ ([["#000", 2.5 * edge], ["#fff", edge]])) {
    pen.strokeStyle = color;
    pen.lineWidth = line;
    pen.strokeRect(left + edge / 2, edge / 2, Math.max(1, wide - edge), canvas.height - edge);
  }
}

/** The number of the shot at a place of the barcode. @param {HTMLCanvasElement} canvas @param {number} x @param {Film} film */
function shotAt(canvas, x, film) {
  const box = canvas.getBoundingClientRect(), { start, whole } = extent(film);
  const time = start + ((x - box.left) / box.width) * whole;
  return film.shots.find((shot) => time < shot.end)?.number ?? film.shots.length;
}

/** @param {Shot} shot @param {Film} film */
const described = (shot, film) => `Shot ${shot.number} of ${film.shots.length}`;

/** The title of the chapter that the middle of a shot lies in, after a comma. @param {Shot} shot @param {Film} film */
function chapterOf(shot, { chapters }) {
  const middle = (shot.start + shot.end) / 2, title = chapters.findLast(({ start, end }) => start <= middle && middle < end)?.title;
  return title ? `, ${title}` : "";
}

/** @param {HTMLElement} box */
function build(box) {
  const canvas = el("canvas", { id: "film-code", tabIndex: 0, role: "slider", "aria-label": "Shot", "aria-valuemin": 0, "aria-valuenow": 0, "aria-valuetext": "" });
  canvas.addEventListener("click", (event) => state.film && choose(shotAt(canvas, event.clientX, state.film)));
  canvas.addEventListener("keydown", (event) => {
    const { film } = state;
    if (!film) return;
    const at = film.chosen ?? 0, last = film.shots.length;
    /** @type {Record<string, number>} */
    const steps = { ArrowRight: at + 1, ArrowUp: at + 1, ArrowLeft: at - 1, ArrowDown: at - 1, Home: 1, End: last, PageDown: at + 10, PageUp: at - 10 };
    if (!(event.key in steps)) return;
    event.preventDefault();
    choose(Math.min(last, Math.max(1, steps[event.key])));
  });
  new ResizeObserver(() => state.film && paint(canvas, state.film)).observe(canvas);
  const whole = el("button", { type: "button", className: "line", id: "film-whole", onclick: () => choose(0) }, "Whole film");
  const cancel = el("button", { type: "button", className: "line", id: "film-cancel", onclick: () => state.cancel?.() }, "Cancel");
  const files = FILES.map(([words, format, options]) => el("button", { type: "button", className: "line", onclick: (/** @type {Event} */ event) => saved(event, format, options, words) }, `${words} `, el("small", {}, `.${format}`)));
  box.replaceChildren(el("div", { className: "film" },
    canvas,
    el("div", { className: "film-line", "aria-hidden": "true" }, el("i", {})),
    el("div", { className: "film-shot" },
      el("img", { id: "film-still", alt: "", hidden: true }),
      el("div", { className: "film-about" }, el("h2", { id: "film-name" }), el("p", { id: "film-facts" }), whole, cancel),
      el("div", { className: "film-files", role: "group", "aria-label": "Files of the film" }, ...files))));
}

/** @param {Event} event @param {string} format @param {string} options @param {string} words */
async function saved(event, format, options, words) {
  const { film } = state, button = /** @type {HTMLElement} */ (event.currentTarget);
  if (!film || button.getAttribute("aria-disabled") === "true") return;
  button.setAttribute("aria-disabled", "true");
  const blob = await felt(async () => {
    try {
      return await (await call(`/films/${film.job}/${format}?${options}`)).blob();
    } catch (error) {
      if (error instanceof Problem && error.status === 404) throw new Problem(404, { detail: WORDS.filmGone });
      throw error;
    }
  }, () => saved(event, format, options, words));
  button.setAttribute("aria-disabled", String(state.film?.state !== "done"));
  if (blob) save(blob, `${stem(film.title)}${options ? `-${words.toLowerCase().replace(" ", "-")}` : ""}.${format}`);
}

/** @param {HTMLElement} box @param {Film} film */
function update(box, film) {
  const canvas = /** @type {HTMLCanvasElement} */ (box.querySelector("#film-code"));
  const shot = film.chosen ? film.shots[film.chosen - 1] : null;
  paint(canvas, film);
  canvas.setAttribute("aria-valuemax", String(film.shots.length));
  canvas.setAttribute("aria-valuenow", String(film.chosen ?? 0));
  canvas.setAttribute("aria-valuetext", shot ? `${described(shot, film)}, ${shot.timecode}: ${state.pans.map((pan) => pan.name).join(", ")}` : film.chosen === 0 ? "Whole film" : "None");
  const done = film.state === "done";
  box.querySelector(".film")?.classList.toggle("done", done);
  /** @type {HTMLElement | null} */ (box.querySelector(".film-line i"))?.style.setProperty("--done", String(film.state === "sending" || film.state === "counting" ? (film.share ?? 0) : 1));
  const still = /** @type {HTMLImageElement} */ (box.querySelector("#film-still"));
  const shown = shot ?? film.shots[0];
  still.hidden = !shown || !film.job;
  const src = shown && film.job ? `/api/v1/films/${film.job}/stills/${shown.number}` : "";
  if (src && still.getAttribute("src") !== src) still.src = src;
  still.alt = shown ? `A frame of shot ${shown.number}` : "";
  const name = shot ? described(shot, film) : film.chosen === 0 ? "Whole film" : film.shots.length ? "The first shot" : film.title;
  const text = !done ? filmWords(film) : shot ? `${shot.timecode}, ${(shot.end - shot.start).toFixed(2)} s${shot.transition === "gradual" ? ", after a gradual change" : ""}${chapterOf(shot, film)}` : film.length !== null ? clock(film.length) : "";
  for (const [id, words] of [["film-name", name], ["film-facts", text]]) {
    const node = box.querySelector(`#${id}`);
    if (node && node.textContent !== words) node.textContent = words;
  }
  const whole = /** @type {HTMLButtonElement} */ (box.querySelector("#film-whole"));
  whole.hidden = !done;
  /** @type {HTMLElement} */ (box.querySelector("#film-cancel")).hidden = !state.cancel;
  whole.setAttribute("aria-pressed", String(film.chosen === 0));
  for (const button of box.querySelectorAll(".film-files button")) button.setAttribute("aria-disabled", String(!done));
}

/** @param {HTMLElement} box */
export function draw(box) {
  if (!state.film) return set({ view: "picture" });
  if (!box.querySelector(".film")) build(box);
  update(box, state.film);
}
