/** Several pictures with one palette: the palette of each alone, beside the one of all. */

import { aborted, wordsFor } from "../api.js";
import { oklab } from "../color.js";
import { el } from "../dom.js";
import { VIEW_WIDTH, decoded, openFile } from "../open.js";
import { held, locate, query, solve } from "../solve.js";
import { now, set, state } from "../state.js";
import { percent } from "../words.js";
import { show } from "./index.js";

/** @import {Picture} from "../types.js" */

/** The colors of each picture alone, or an error, by digest and query. @type {Map<string, {hexes: string[], words: string}>} */
let alone = new Map();
let asked = "";
/** @type {AbortController | null} */
let asking = null;

/** @param {string[]} hexes */
const strip = (hexes) => el("div", { className: "strip", role: "img", "aria-label": hexes.map((hex) => hex.toUpperCase()).join(", ") },
  ...hexes.toSorted((a, b) => oklab(a)[0] - oklab(b)[0]).map((hex) => el("i", { "--c": hex, title: hex.toUpperCase() })));

/** @param {Picture} picture @param {string} own @param {AbortSignal} signal @param {HTMLElement} box */
async function ask(picture, own, signal, box) {
  try {
    const answer = await held(picture, (digest) => `/palette?picture=${digest}&${own}`, { signal });
    alone.set(picture.digest, { hexes: (await answer.json()).colors.map((/** @type {{hex: string}} */ color) => color.hex), words: "" });
  } catch (error) {
    if (aborted(error)) return;
    alone.set(picture.digest, { hexes: [], words: wordsFor(error) });
  }
  paint(box);
}

/** One palette of the files that were opened at once. */
export async function openTogether() {
  const { offered, picture } = state;
  if (offered.length < 2 || !picture) return;
  const before = now();
  set({ offered: [] });
  const together = await Promise.all(offered.map(async ({ file, title }) => {
    if (file === picture.file) return picture;
    const src = URL.createObjectURL(file);
    const size = await decoded(src);
    return { digest: "", title, src: size ? src : "", width: size?.width ?? 0, height: size?.height ?? 0, bytes: file.size, frames: 1, file, address: "" };
  }));
  if (state.picture !== picture) return;
  set({ together, solved: null });
  show("together");
  await solve({ before });
  if (state.error) set({ together: null, view: "picture", offered });
}

/** Show another of the pictures; the palette stays. @param {Picture} picture */
function look(picture) {
  set({ picture, view: "picture", solved: null });
  locate();
}

/** @param {Picture} picture */
function leaveOut(picture) {
  const before = now();
  const rest = (state.together ?? []).filter((other) => other !== picture);
  if (rest.length < 2) return rest[0]?.file && openFile(rest[0].file, rest[0].title);
  set({ together: rest, picture: state.picture === picture ? rest[0] : state.picture, solved: null });
  solve({ before });
}

/** @param {HTMLElement} box */
function paint(box) {
  const { together } = state;
  if (state.view !== "together" || !together) return;
  const focused = document.activeElement?.getAttribute("aria-label");
  const pixels = together.reduce((sum, one) => sum + one.width * one.height, 0);
  const act = (/** @type {string} */ words, /** @type {Picture} */ picture, /** @type {(picture: Picture) => void} */ f, kind = "plain") =>
    el("button", { type: "button", className: kind, "aria-label": `${words}: ${picture.title}`, onclick: () => f(picture) }, words);
  const all = el("li", { className: "compared all" },
    el("div", { className: "told" }, el("h2", {}, `All ${together.length} pictures`), el("p", {}, "One palette")), strip(state.pans.map((pan) => pan.hex)));
  const rows = together.map((picture) => {
    const own = alone.get(picture.digest);
    const share = picture.width ? `${percent((picture.width * picture.height) / pixels)} of the pixels` : "";
    return el("li", { className: "compared" },
      el("img", { src: picture.src || `/api/v1/pictures/${picture.digest}?width=${VIEW_WIDTH / 4}`, alt: "", draggable: false }),
      el("div", { className: "told" }, el("h2", { title: picture.title }, picture.title), el("p", {}, own?.words || share)),
      strip(own?.hexes ?? []),
      el("div", { className: "use" }, act("Show", picture, look, "line"), act("Leave out", picture, leaveOut)));
  });
  box.replaceChildren(el("ul", { className: "gathered" }, all, ...rows));
  if (alone.size >= new Set(together.map((one) => one.digest)).size) box.dataset.drawn = "yes";
  if (focused) /** @type {HTMLElement | null} */ (box.querySelector(`[aria-label="${CSS.escape(focused)}"]`))?.focus();
}

/** @param {HTMLElement} box */
export function draw(box) {
  const { together, settings, solved } = state;
  if (!together) return;
  paint(box);
  if (!solved) return;
  const own = query({ ...settings, seed: 0, avoid: [] }, { keep: "" });
  const key = [own, ...together.map((picture) => picture.digest)].join();
  if (key === asked) return;
  asked = key;
  asking?.abort();
  const mine = (asking = new AbortController());
  alone = new Map();
  for (const picture of together) ask(picture, own, mine.signal, box);
}
