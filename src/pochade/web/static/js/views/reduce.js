/** Reduce: the picture quantized to few colors beside the original, and the file sizes. */

import { list, notesOf } from "../api.js";
import { el } from "../dom.js";
import { felt } from "../felt.js";
import { dropdown, segments, slider } from "../pick.js";
import { field, optionsOf } from "../schema.js";
import { ofPicture } from "../solve.js";
import { set, state } from "../state.js";
import { inTurn } from "../turn.js";
import { WORDS, colors, size, titled } from "../words.js";
import { divided } from "./divider.js";
import { fitted, loaded } from "./fitted.js";
import { saver } from "./saving.js";

/** @import {Entry, Option} from "../types.js" */

/** Numbers of colors on the slider, in nearly equal ratios. */
const COUNTS = [2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 20, 24, 28, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256];
/** Numbers of colors in the other rows of the table. */
const ROWS = [16, 32];
/** Words for a mean CIEDE2000 below each bound; a difference near 1 is just visible side by side. @type {[number, string][]} */
const SEEN = [[1, "unseen"], [2.3, "slight"], [5, "visible"], [Infinity, "plain"]];

/** Titles that do not follow from the registered name. @type {Record<string, string>} */
const TITLES = { "floyd-steinberg": "Floyd-Steinberg" };

/** The user's choice: the palette's colors, or `count` colors of least error. */
const choice = { least: false, count: 16, dither: "", strength: "" };

/** @type {{dithers: Entry[], formats: Entry[], options: Record<string, Option>} | null} */
let lists = null;
let drawn = "";
/** @type {ReturnType<typeof divided> | null} */
let divider = null;

/** @param {number | null} [k] number of colors of least error; by default the query of the picture shown */
function asked(k = null) {
  const query = new URLSearchParams(k || choice.least ? { k: String(k ?? choice.count) } : { palette: palette().join(",") });
  if (choice.dither) query.set("dither", choice.dither);
  if (choice.dither && choice.strength) query.set("strength", choice.strength);
  return query.toString();
}

const palette = () => [...new Set(state.pans.map((pan) => pan.hex))];
const shownColors = () => (choice.least ? choice.count : palette().length);

/** @param {number} error */
const seen = (error) => `${error.toFixed(1)}, ${SEEN.find(([most]) => error < most)?.[1]}`;

/** @param {string} id @param {string} head @param {string} [bytes] */
const row = (id, head, bytes = "…") => el("tr", { "data-row": id }, el("th", { scope: "row" }, head), el("td", {}, bytes), el("td", {}, bytes === "…" ? "…" : ""));

function table() {
  const { picture } = state;
  return el("table", { className: "sizes" },
    el("caption", { className: "unseen" }, "File sizes and mean errors, measured"),
    el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "File"), el("th", { scope: "col" }, "Size"), el("th", { scope: "col" }, "Mean error"))),
    el("tbody", {}, row("original", "Original", picture ? size(picture.bytes) : ""), row("shown", ""), ...ROWS.map((k) => row(String(k), `PNG, ${colors(k)}`))));
}

/** @param {HTMLElement} box @param {string} id @param {string} query */
async function measure(box, id, query) {
  const cells = () => box.querySelectorAll(`[data-row="${id}"] td`);
  if (box.querySelector(`[data-row="${id}"]`)?.getAttribute("data-query") === query) return;
  cells().forEach((cell) => (cell.textContent = "…"));
  const report = await felt(async () => (await ofPicture("/quantize/report", `${query}&format=png`)).json(), () => update(box));
  const [bytes, error] = cells();
  if (!report || !bytes || !error) return;
  box.querySelector(`[data-row="${id}"]`)?.setAttribute("data-query", query);
  bytes.textContent = size(report.bytes_after);
  error.textContent = seen(report.difference);
}

const show = inTurn(async (/** @type {HTMLElement} */ box, /** @type {string} */ query) => {
  const answer = await felt(async () => {
    const told = await ofPicture("/quantize", `${query}&format=png`);
    return { blob: await told.blob(), notes: notesOf(told) };
  }, () => update(box));
  const over = box.querySelector(".over");
  if (!answer) drawn = "";
  if (!answer || !(over instanceof HTMLImageElement)) return;
  if (state.view === "reduce") set({ told: answer.notes });
  const old = over.src;
  over.src = URL.createObjectURL(answer.blob);
  await over.decode().catch(() => {});
  if (old.startsWith("blob:")) URL.revokeObjectURL(old);
  over.hidden = false;
  box.dataset.drawn = query;
  weigh(box, query);
});

/** Measure the rows one after another, until the choice changes. */
const weigh = inTurn(async (/** @type {HTMLElement} */ box, /** @type {string} */ query) => {
  for (const [id, rowQuery] of [["shown", query], ...ROWS.map((k) => [String(k), asked(k)])]) if (asked() === query) await measure(box, id, rowQuery);
});

/** @param {HTMLElement} box */
function update(box) {
  const words = colors(shownColors());
  const head = box.querySelector("[data-row=shown] th");
  if (head) head.textContent = choice.least ? `PNG, ${words}` : `PNG, these ${shownColors()}`;
  for (const k of ROWS) box.querySelector(`[data-row="${k}"]`)?.toggleAttribute("hidden", choice.least && choice.count === k);
  for (const tag of box.querySelectorAll(".tag.right")) tag.textContent = words;
  for (const span of box.querySelectorAll("[value=palette] + span")) span.textContent = `These ${palette().length}`;
  divider?.say();
  const query = asked();
  if (query === drawn) return;
  drawn = query;
  show(box, query);
}

/** @param {HTMLElement} box */
function fields(box) {
  const at = (/** @type {number} */ k) => COUNTS.findLastIndex((count) => count <= k);
  const count = slider("reduce-count", "Colors of its own", { min: 0, max: COUNTS.length - 1, step: 1, value: at(choice.count), words: (i) => colors(COUNTS[i]) }, (i) => {
    choice.count = COUNTS[i];
    update(box);
  });
  count.field.hidden = !choice.least;
  const which = segments("reduce-which", "Colors", [{ value: "palette", label: "" }, { value: "least", label: "Least error" }], choice.least ? "least" : "palette", (value) => {
    choice.least = value === "least";
    count.field.hidden = !choice.least;
    update(box);
  });
  return el("div", {}, which, count.field, dithering(box));
}

/** @param {HTMLElement} box @returns {HTMLElement} */
function dithering(box) {
  const node = el("div");
  const { dither, strength } = lists?.options ?? {};
  const names = (lists?.dithers ?? []).toSorted((a, b) => Number(b.name === dither?.default) - Number(a.name === dither?.default));
  const fill = () => {
    const value = choice.dither || String(dither?.default ?? names[0]?.name ?? "");
    const told = names.find((entry) => entry.name === value)?.summary;
    node.replaceChildren(
      dropdown("reduce-dither", "Dither", names.map((entry) => ({ value: entry.name, label: TITLES[entry.name] ?? titled(entry.name) })), value, (chosen) => {
        choice.dither = chosen === dither?.default ? "" : chosen;
        fill();
        document.getElementById("reduce-dither")?.focus();
        update(box);
      }),
      ...(told ? [el("p", { className: "hint" }, told)] : []),
      ...(choice.dither && strength ? [field({ ...strength, summary: undefined }, choice.strength || undefined, (given) => {
        choice.strength = given ?? "";
        update(box);
      })] : []),
    );
  };
  fill();
  return node;
}

/** @param {HTMLElement} box */
async function build(box) {
  const { picture } = state;
  if (!picture) return;
  lists ??= (await felt(async () => ({ dithers: await list("dithers"), formats: await list("picture-formats"), options: await optionsOf("/quantize") }))) ?? null;
  const image = await loaded(picture.src, picture.title);
  if (state.view !== "reduce" || state.picture?.src !== picture.src) return;
  const wall = fitted(null, image, el("img", { className: "over", alt: "", draggable: false, hidden: true }), el("span", { className: "tag" }, "Original"), el("span", { className: "tag right" }));
  divider = divided(/** @type {HTMLElement} */ (wall.firstElementChild), (at) => `Original ${at} percent, then ${colors(shownColors())}`);
  const others = (lists?.formats ?? []).map((entry) => entry.name).filter((name) => ["gif", "webp"].includes(name));
  const file = (/** @type {string} */ words, /** @type {string} */ format, solid = false) =>
    saver(words, { path: "/quantize", asked: () => `${asked()}&format=${format}`, suffix: `.${format}`, what: `${shownColors()}-colors`, solid, label: solid ? undefined : `Save as ${words}` });
  box.replaceChildren(el("div", { className: "making reduce" }, wall, el("div", { className: "side" },
    table(), fields(box),
    el("div", { className: "saves" }, file("Save reduced PNG", "png", true), ...others.map((name) => file({ gif: "GIF", webp: "WebP" }[name] ?? name, name))))));
  drawn = "";
  update(box);
}

/** @param {HTMLElement} box */
export function draw(box) {
  if (!state.picture) return box.replaceChildren(el("p", { className: "hint" }, WORDS.noPicture));
  if (of === state.picture.src && box.querySelector(".reduce")) return state.solved ? update(box) : undefined;
  of = state.picture.src;
  build(box);
}

let of = "";
