/** Send a film, and follow its job: its shots arrive while it is counted. */

/** @import {Film, FilmColor} from "./types.js" */
import { Problem, aborted, json, wordsFor } from "./api.js";
import { plainName } from "./color.js";
import { speak } from "./dom.js";
import { forget, newId, set, state } from "./state.js";
import { WORDS, shotCount, size } from "./words.js";

const BASE = "/api/v1/films", POLL = 400, TRIES = 8;

/** @type {AbortController | null} */
let following = null;

/** Change the film. @param {Partial<Film>} patch */
const change = (patch) => state.film && set({ film: { ...state.film, ...patch } });

/** Show the palette of a film or of a shot as that of the page. @param {FilmColor[]} palette */
function usePalette(palette) {
  /** @type {Map<string, number>} */
  const seen = new Map();
  const pans = palette.slice(0, 16).map(({ hex, weight }) => {
    const plain = plainName(hex), count = (seen.get(plain) ?? 0) + 1;
    seen.set(plain, count);
    return { id: newId(), hex, weight, position: null, name: count > 1 ? `${plain} ${count}` : plain, own: false, locked: false, moved: false };
  });
  forget();
  set({ picture: null, pans, solved: null, took: null, together: null, offered: [], weighed: true, current: null, pinned: false });
}

/** Choose a shot by its number, 0 for the whole film. @param {number} number */
export function choose(number) {
  const { film } = state;
  if (!film) return;
  const palette = number ? film.shots[number - 1]?.palette : film.palette;
  if (!palette) return;
  change({ chosen: number });
  usePalette(palette);
}

/** Whether nobody has chosen a shot, and the palette may follow the film. */
const free = () => state.view === "film" && !state.picture && state.film?.chosen === null;

/** @param {number} ms @param {AbortSignal} signal */
const pause = (ms, signal) => new Promise((done) => {
  const timer = setTimeout(done, ms);
  signal.addEventListener("abort", () => (clearTimeout(timer), done(null)), { once: true });
});

/** Send the bytes, which fetch() does not report. @param {File} file @param {AbortSignal} signal @returns {Promise<any>} the job */
function sent(file, signal) {
  const query = new URLSearchParams({ name: file.name.slice(0, 200), k: String(state.settings.k), format: "html" });
  const request = new XMLHttpRequest();
  request.open("POST", `${BASE}?${query}`);
  request.setRequestHeader("content-type", "application/octet-stream");
  request.responseType = "json";
  return new Promise((done, failed) => {
    request.upload.onprogress = ({ loaded, total }) => change({ share: total ? loaded / total : null });
    request.onload = () => (request.status === 202 ? done(request.response) : failed(new Problem(request.status, request.response ?? {})));
    request.onerror = () => failed(new Problem(0));
    request.onabort = () => failed(new DOMException("", "AbortError"));
    signal.addEventListener("abort", () => request.abort());
    request.send(file);
  });
}

/** Delete a job from the server. @param {string} job */
const drop = (job) => job && fetch(`${BASE}/${job}`, { method: "DELETE", keepalive: true }).catch(() => {});

addEventListener("pagehide", () => drop(state.film?.job ?? ""));

/** Take the state of the job. @param {any} job @param {boolean} whole whether it has all shots */
function take(job, whole) {
  const { film } = state;
  if (!film) return;
  const shots = whole ? job.shots : [...film.shots, ...job.shots];
  const first = !film.shots.length && shots.length;
  change({ state: job.state, share: job.share, left: job.seconds_left, shots, length: job.duration ?? null, chapters: job.chapters ?? [], palette: job.palette ?? null });
  if (first && !state.pans.length) usePalette(shots[0].palette);
  if (job.state === "failed") throw new Problem(job.problem.status, job.problem);
  if (job.state !== "done") return;
  if (free()) choose(0);
  speak(`${shotCount(shots.length)} found`);
}

/** Ask for the job until it is done. @param {string} id @param {AbortSignal} signal */
async function follow(id, signal) {
  let final = false, failures = 0;
  while (!signal.aborted && state.film?.job === id) {
    try {
      let job = await json(`/films/${id}?since=${state.film.shots.length}`, { signal });
      const fresh = job.final && !final;
      if (fresh) job = await json(`/films/${id}`, { signal });
      final = job.final;
      failures = 0;
      take(job, fresh);
      if (job.state === "done") return change({ slices: await json(`/films/${id}/columns`, { signal }) });
    } catch (error) {
      const passing = error instanceof Problem && [0, 429, 503].includes(error.status) && ++failures < TRIES;
      if (!passing) throw error;
      await pause(POLL * 2 ** failures, signal);
    }
    await pause(POLL, signal);
  }
}

/** Send a film and show its shots as they are found. @param {File} file */
export async function openFilm(file) {
  following?.abort();
  const mine = (following = new AbortController()), { signal } = mine;
  const before = { film: state.film, view: state.view };
  set({ error: null });
  try {
    const { films, limits } = await json("/options", { signal });
    if (!films) return set({ error: { words: WORDS.filmsOff } });
    if (file.size > limits.film_bytes) return set({ error: { words: WORDS.filmTooLarge(size(file.size), size(limits.film_bytes)) } });
    const cancel = () => {
      mine.abort();
      drop(state.film?.job ?? "");
      set({ film: null, view: "picture", cancel: null });
    };
    if (state.film) drop(state.film.job);
    set({ film: { job: "", title: file.name, bytes: file.size, state: "sending", share: 0, left: null, shots: [], length: null, slices: null, chapters: [], palette: null, chosen: null }, view: "film", cancel });
    document.title = `${file.name} - pochade`;
    const job = await sent(file, signal);
    if (signal.aborted) return void drop(job.job);
    change({ job: job.job, state: job.state, share: job.share });
    await follow(job.job, signal);
  } catch (error) {
    if (aborted(error)) return;
    const kept = state.film?.shots.length ? {} : { film: null, view: before.view === "film" ? "picture" : before.view };
    set({ ...kept, error: { words: wordsFor(error), retry: error instanceof Problem ? () => openFilm(file) : undefined } });
  } finally {
    if (following === mine) set({ cancel: null });
  }
}
