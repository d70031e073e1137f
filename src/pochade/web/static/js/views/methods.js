/** Methods side by side on the current picture: palettes by lightness, colors of only one method, errors and times. */

import { aborted, serverTime, wordsFor } from "../api.js";
import { distance, oklab } from "../color.js";
import { el } from "../dom.js";
import { ofPicture, query, change } from "../solve.js";
import { state } from "../state.js";
import { WORDS, titled } from "../words.js";

const MAX_METHODS = 4;
/** A color at a greater distance (Oklab x 100) from all colors of the other rows is unique to its row. */
const MIN_DISTANCE = 10;

/** @typedef {{method: string, space: string, colors: string[], mean: number | null, worst: number | null, took: number | null, words: string}} Row */

/** Methods compared with the one in use. @type {string[]} */
let others = [];
/** @type {Map<string, Row>} */
let rows = new Map();
let asked = "";
/** @type {AbortController | null} */
let asking = null;

/** The methods shown, the one in use first. */
const shownMethods = () => [state.settings.method, ...others.filter((name) => name !== state.settings.method)].slice(0, MAX_METHODS);

/** Choose methods that differ most from each other, among those of the server. */
function choose() {
  const known = (state.lists.methods ?? []).map((entry) => entry.name);
  const preferred = ["kmeans", "median_cut", "median-cut", "octree", "prominent", "wu"].filter((name) => known.includes(name));
  others = [...new Set([...preferred, ...known])].filter((name) => name !== state.settings.method).slice(0, MAX_METHODS - 1);
}

/** @param {string} name */
function settingsFor(name) {
  const { settings } = state;
  if (name === settings.method) return settings;
  const spaces = state.lists.methods?.find((entry) => entry.name === name)?.spaces;
  return { ...settings, method: name, options: {}, seed: 0, avoid: [], space: spaces?.length && !spaces.includes(settings.space) ? spaces[0] : settings.space };
}

/** @param {string} name @param {AbortSignal} signal @param {HTMLElement} box */
async function ask(name, signal, box) {
  const settings = settingsFor(name);
  const own = name === state.settings.method && state.solved ? state.solved.query : query(settings, { k: state.pans.length, keep: "" });
  /** @type {Row} */
  let row = { method: name, space: settings.space, colors: [], mean: null, worst: null, took: null, words: "" };
  try {
    const answer = await ofPicture("/palette", own, signal);
    row = { ...row, took: name === state.settings.method ? state.took : serverTime(answer), colors: (await answer.json()).colors.map((/** @type {{hex: string}} */ color) => color.hex) };
    rows.set(name, row);
    paint(box);
    const told = await (await ofPicture("/fidelity", own, signal)).json();
    row = { ...row, mean: told.mean, worst: told.worst };
  } catch (error) {
    if (aborted(error)) return;
    row = { ...row, words: wordsFor(error) };
  }
  rows.set(name, row);
  paint(box);
}

/** @param {HTMLElement} box */
export function draw(box) {
  if (!state.picture) return box.replaceChildren(el("p", { className: "hint" }, WORDS.noPicture));
  if (!others.length) choose();
  const key = JSON.stringify([state.picture.digest, state.solved?.query, shownMethods()]);
  if (key !== asked) {
    asked = key;
    asking?.abort();
    asking = new AbortController();
    rows = new Map();
    for (const name of shownMethods()) ask(name, asking.signal, box);
  }
  paint(box);
}

/** @param {Row} row */
function strip(row) {
  const rest = [...rows.values()].filter((other) => other !== row && other.colors.length).flatMap((other) => other.colors);
  const sorted = row.colors.toSorted((a, b) => oklab(a)[0] - oklab(b)[0]);
  return el("div", { className: "strip", role: "img", "aria-label": sorted.map((hex) => hex.toUpperCase()).join(", ") }, ...sorted.map((hex) => {
    const only = rest.length > 0 && Math.min(...rest.map((other) => distance(hex, other))) > MIN_DISTANCE;
    return el("i", { "--c": hex, title: hex.toUpperCase(), className: only ? "only" : "" });
  }));
}

/** @param {Row} row */
const onlyHere = (row) => {
  const rest = [...rows.values()].filter((other) => other !== row && other.colors.length).flatMap((other) => other.colors);
  return rest.length ? row.colors.filter((hex) => Math.min(...rest.map((other) => distance(hex, other))) > MIN_DISTANCE).length : 0;
};

/** @param {HTMLElement} box */
function paint(box) {
  if (state.view !== "methods") return;
  const items = shownMethods().map((name) => {
    const row = rows.get(name);
    const used = name === state.settings.method;
    const lines = !row ? ["…"] : row.words ? [row.words] : [
      `${onlyHere(row) || "none"} only here`,
      row.mean === null ? "mean error …" : `mean error ${row.mean.toFixed(1)}, worst ${Math.round(row.worst ?? 0)}`,
      row.took === null ? "" : `${Math.max(1, Math.round(row.took))} ms`,
    ];
    const use = el("button", { type: "button", className: "line", "aria-label": `Use ${titled(name)}`, onclick: () => {
      const { method, space, options } = settingsFor(name);
      others = [state.settings.method, ...others.filter((other) => other !== name)];
      change({ method, space, options });
    } }, "Use this");
    const drop = el("button", { type: "button", className: "plain", "aria-label": `Take ${titled(name)} away`, onclick: () => {
      others = shownMethods().filter((other) => other !== name && other !== state.settings.method);
      draw(box);
    } }, "Take away");
    return el("li", { className: "compared", "data-method": name },
      el("div", { className: "told" }, el("h2", {}, titled(name)), ...lines.map((line) => el("p", {}, line))),
      row ? strip(row) : el("div", { className: "strip" }),
      el("div", { className: "use" }, used ? el("p", {}, "In use") : use, !used && shownMethods().length > 2 && drop),
    );
  });
  const held = document.activeElement?.getAttribute("aria-label");
  box.replaceChildren(el("ul", { className: "compare" }, ...items), adder(box));
  if (held) /** @type {HTMLElement | null} */ (box.querySelector(`[aria-label="${CSS.escape(held)}"]`))?.focus();
}

/** @param {HTMLElement} box */
function adder(box) {
  const shown = shownMethods();
  const rest = (state.lists.methods ?? []).filter((entry) => !shown.includes(entry.name));
  const hint = el("p", { className: "hint" }, "A line under a color: no other row has a similar one. Errors are color differences (CIEDE2000) over all pixels: below 1 is unseen, above 5 plain.");
  if (!rest.length || shown.length >= MAX_METHODS) return el("div", { className: "adder" }, hint);
  const select = el("select", { "aria-label": "Add a method" }, el("option", { value: "" }, "Add a method"), ...rest.map((entry) => el("option", { value: entry.name }, titled(entry.name))));
  select.addEventListener("change", () => {
    others = [...shown.filter((name) => name !== state.settings.method), select.value];
    draw(box);
  });
  return el("div", { className: "adder" }, hint, el("span", { className: "select" }, select));
}
