/** The contact sheet: recent pictures and samples. */

import { Problem, wordsFor } from "./api.js";
import { $, el, icon } from "./dom.js";
import { openAddress, openFile } from "./open.js";
import { forgetAll, forgetOne, kept, onRecent } from "./recent.js";
import { on, set, state } from "./state.js";
import { WORDS } from "./words.js";

/** Pictures from examples/samples.py, with their palettes by pochade. */
export const SAMPLES = [
  { name: "harbor", title: "Harbor", colors: "848485 c3bdb4 3b3d41 b62f2f" },
  { name: "autumn", title: "Autumn", colors: "94491c be8632 58351c 725d52" },
  { name: "ring", title: "Ring", colors: "2a2625 a69d93 a32023 22408f d1a038 5a678c" },
  { name: "portrait", title: "Portrait", colors: "b28d6d d5b392 78583c 477cba 3c3436" },
];

const FEW = 6;
let all = false;

/** @type {string[]} */
let sources = [];

/** @param {string} title @param {string} src @param {string[]} colors @param {boolean} current @param {() => void} open @param {string} [verb] */
export function frame(title, src, colors, current, open, verb = "Open") {
  const strip = el("span", { className: "strip", "aria-hidden": "true" }, ...colors.map((hex) => el("i", { "--c": hex })));
  const image = el("img", { src, alt: "", width: 87, height: 58, draggable: false });
  return el("button", { type: "button", className: "shot", title, "aria-label": `${verb} ${title}`, ...(current ? { "aria-current": "true" } : {}), onclick: open }, image, strip);
}

/** @param {typeof SAMPLES[number]} sample */
export async function sampleFile(sample) {
  const answer = await fetch(`/static/samples/${sample.name}.jpg`).catch(() => null);
  if (!answer?.ok) throw new Problem(0);
  return answer.blob();
}

/** @param {typeof SAMPLES[number]} sample */
const openSample = (sample) => sampleFile(sample).then((file) => openFile(file, sample.title), (error) => set({ error: { words: wordsFor(error) } }));

/** @param {import("./recent.js").Kept} entry */
function ofKept(entry) {
  const src = URL.createObjectURL(entry.thumb);
  sources.push(src);
  const open = () => (entry.file ? openFile(entry.file, entry.title) : openAddress(entry.address));
  const shot = frame(entry.title, src, entry.colors, state.picture?.digest === entry.digest, open);
  shot.addEventListener("keydown", (event) => {
    if (event.key !== "Delete") return;
    event.stopPropagation();
    forgetOne(entry.digest);
    $("frames").querySelector("button")?.focus();
  });
  const forget = el("button", { type: "button", className: "forget", "aria-label": `Forget ${entry.title}`, onclick: () => forgetOne(entry.digest) }, icon("minus"));
  return el("li", {}, shot, forget);
}

function draw() {
  const held = document.activeElement?.getAttribute("aria-label");
  sources.forEach((src) => URL.revokeObjectURL(src));
  sources = [];
  const empty = !state.picture;
  const able = kept.filter((entry) => entry.file || entry.address);
  const shown = able.slice(0, all ? able.length : FEW).map(ofKept);
  const rest = empty ? SAMPLES.filter((sample) => !able.some((entry) => entry.title === sample.title)).slice(0, Math.max(0, FEW - shown.length)) : [];
  $("sheet-head").textContent = able.length ? "Recent" : WORDS.begin;
  const act = (/** @type {string} */ words, /** @type {() => void} */ f) => el("button", { type: "button", className: "plain", onclick: f }, words);
  $("sheet-acts").replaceChildren(
    ...(able.length > FEW ? [act(all ? "Fewer" : `All ${able.length}`, () => ((all = !all), draw()))] : []),
    ...(able.length ? [act("Forget all", forgetAll)] : []),
  );
  const samples = rest.map((sample) => el("li", {}, frame(sample.title, `/static/samples/${sample.name}-small.jpg`, sample.colors.split(" ").filter(Boolean).map((hex) => `#${hex}`), false, () => openSample(sample))));
  $("frames").classList.toggle("all", all);
  $("frames").replaceChildren(...shown, ...samples);
  $("sheet").hidden = !shown.length && !samples.length;
  if (held && document.activeElement === document.body) /** @type {HTMLElement | null} */ ($("frames").querySelector(`[aria-label="${CSS.escape(held)}"]`))?.focus();
}

export function startSheet() {
  onRecent(draw);
  on(["picture"], draw);
  draw();
}
