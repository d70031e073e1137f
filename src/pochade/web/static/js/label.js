/** The label: facts about the picture or the current color, and error messages. */

import { $, el } from "./dom.js";
import { pin } from "./attention.js";
import { removePan, toggleLock } from "./solve.js";
import { current, on, set, shownPan, state } from "./state.js";
import { COLLECTION, WORDS, clock, colors, percent, shotCount, size, whySentence } from "./words.js";

/** Nodes with the values of a color; the studio sets it. @type {(pan: import("./types.js").Pan) => Node[]} */
let detail = () => [];
export const useDetail = (/** @type {typeof detail} */ f) => void (detail = f);

const about = $("about");
const studio = () => import("./studio.js");

function drawAbout() {
  const pan = current();
  const at = [...about.querySelectorAll("button")].findIndex((button) => button === document.activeElement);
  about.replaceChildren(...(pan ? ofColor(pan) : state.film && state.view === "film" ? ofFilm(state.film) : state.search && state.view === "collection" ? ofCollection(state.search) : state.picture || state.waiting ? ofPicture() : state.pans.length ? ofPalette() : ofNothing()));
  if (at >= 0) about.querySelectorAll("button")[at]?.focus(); // the focus stays at its place
}

const title = (/** @type {string} */ words, kind = "title") => el("h2", { className: kind }, words);

/** @param {import("./types.js").Pan} own */
function ofColor(own) {
  const pan = shownPan(own);
  const facts = detail(pan);
  const share = (/** @type {string} */ of) => el("p", { className: "lead" }, `${percent(pan.weight)} of ${of}`);
  if (!state.picture) return [title(pan.name, "title of-color"), ...(state.weighed ? [share("the picture")] : []), ...facts, ...(state.pinned ? [el("div", { className: "acts" }, el("button", { className: "line", type: "button", onclick: pin }, "Done"))] : [])];
  const nodes = [title(pan.name, "title of-color"), share(state.together ? WORDS.allPictures(state.together.length) : "the picture"), el("p", {}, pan === own ? whySentence(pan, state.pans, state.picture) : `It was ${own.name.toLowerCase()}, ${own.hex.toUpperCase()}.`), ...facts];
  if (state.pinned) {
    const act = (/** @type {string} */ words, /** @type {() => void} */ f) => el("button", { className: "line", type: "button", onclick: f }, words);
    nodes.push(
      el("div", { className: "acts" }, act("Rename", () => studio().then(({ renaming }) => renaming(pan.id))), act(pan.locked ? "Unlock" : "Lock", () => toggleLock(pan.id)), act("Remove", () => removePan(pan.id)), act("Done", pin)),
    );
  }
  return nodes;
}

function ofPicture() {
  const { picture, pans, took, waiting, note, told } = state;
  const nodes = [title(picture ? picture.title : waiting)];
  if (picture) nodes[0].title = picture.title;
  if (picture?.bytes) nodes.push(el("p", {}, `${picture.width} × ${picture.height}, ${size(picture.bytes)}`));
  else if (picture) nodes.push(el("p", {}, `${picture.width} × ${picture.height}`));
  if (picture && picture.frames > 1) nodes.push(el("p", {}, `${picture.frames} frames, the first is shown`));
  if (waiting && picture) nodes.push(el("p", { className: "lead" }, waiting));
  else if (pans.length && state.solved && took !== null) nodes.push(el("p", {}, `${colors(pans.length)}, found in ${Math.max(1, Math.round(took))} ms`));
  if (state.together) nodes.push(el("p", { className: "lead" }, WORDS.together(state.together.length)));
  if (told) nodes.push(el("p", { className: "told", title: told }, told));
  if (note) nodes.push(el("p", { className: "lead" }, note));
  if (state.offered.length) nodes.push(el("div", { className: "acts" }, el("button", { className: "line", type: "button", onclick: () => import("./views/together.js").then(({ openTogether }) => openTogether()) }, WORDS.offer(state.offered.length))));
  if (state.cancel) nodes.push(el("div", { className: "acts" }, el("button", { className: "line", type: "button", onclick: state.cancel }, "Cancel")));
  return nodes;
}

/** @param {import("./types.js").Film} film */
function ofFilm(film) {
  const facts = film.length === null ? size(film.bytes) : `${clock(film.length)}, ${shotCount(film.shots.length)}, ${size(film.bytes)}`;
  const nodes = [title(film.title), el("p", {}, facts)];
  nodes[0].title = film.title;
  if (state.told) nodes.push(el("p", { className: "told", title: state.told }, state.told));
  return nodes;
}

/** @param {import("./types.js").Search} search */
const ofCollection = ({ name }) => [title(name), el("p", {}, state.waiting || COLLECTION.about)];

const ofPalette = () => [title(colors(state.pans.length)), el("p", {}, WORDS.noPicture)];
const ofNothing = () => [title(WORDS.emptyTitle), el("p", {}, WORDS.empty)];

function drawError() {
  const { error } = state;
  const box = $("error");
  document.body.classList.toggle("wrong", Boolean(error));
  if (!error) return box.replaceChildren();
  const button = (/** @type {string} */ words, /** @type {() => void} */ f) => el("button", { className: "line", type: "button", onclick: f }, words);
  const { retry } = error;
  box.replaceChildren(
    el("p", {}, error.words),
    ...(retry && [WORDS.gone, WORDS.busy].includes(error.words) ? [button("Try again", () => (set({ error: null }), retry()))] : []),
  );
}

export function startLabel() {
  on(["picture", "pans", "current", "recolored", "pinned", "waiting", "cancel", "note", "told", "took", "solved", "together", "offered", "film", "search", "view"], drawAbout);
  on(["error"], drawError);
  on(["told"], () => document.body.classList.toggle("telling", Boolean(state.told)));
  on(["pinned"], () => document.body.classList.toggle("pinned", state.pinned));
}
