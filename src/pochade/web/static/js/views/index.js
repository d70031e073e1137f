/** The tabs. A view replaces the picture on the stage; its module is loaded when first opened. */

import { $, styled } from "../dom.js";
import { on, set, state } from "../state.js";

/** @typedef {{draw: (box: HTMLElement) => void}} View `draw` is called when the view opens and when its data changes */

/** @type {Record<string, () => Promise<View>>} */
const VIEWS = {
  methods: () => import("./methods.js"),
  contrast: () => import("./contrast.js"),
  harmony: () => making(import("./harmony.js")),
  suggest: () => making(import("./suggest.js")),
  preview: () => making(import("./preview.js")),
  cloud: () => import("./cloud.js"),
  paint: () => making(import("./paint.js")),
  reduce: () => making(import("./reduce.js")),
  recolor: () => making(import("./recolor.js")),
  background: () => making(import("./background.js")),
  pair: () => making(import("./pair.js")),
  together: () => making(import("./together.js")),
  film: () => import("./film.js"),
  collection: () => import("./collection.js"),
};

/** @type {Promise<unknown> | null} */
let styles = null;

/** A view, after the style sheet for views that make pictures is loaded. @param {Promise<View>} view */
async function making(view) {
  await (styles ??= styled("making"));
  return view;
}

const tabs = /** @type {HTMLButtonElement[]} */ ([...$("tabs").querySelectorAll("button")]);
const box = $("other");

async function draw() {
  const load = VIEWS[state.view];
  box.hidden = !load;
  if (!load) return box.replaceChildren();
  const name = state.view;
  const view = await load();
  if (state.view === name) view.draw(box);
}

/** @param {string} name */
export function show(name) {
  if (name === state.view) return;
  box.replaceChildren();
  delete box.dataset.drawn;
  set({ view: name, told: "" });
}

function mark() {
  for (const tab of tabs) {
    const chosen = tab.dataset.view === state.view;
    tab.setAttribute("aria-selected", String(chosen));
    tab.tabIndex = chosen ? 0 : -1;
    if (chosen) $("view").setAttribute("aria-labelledby", tab.id);
  }
  document.body.dataset.view = state.view;
  $("tab-together").hidden = !state.together;
  $("tab-film").hidden = !state.film;
  $("tab-collection").hidden = !state.search;
}

export function startViews() {
  $("view").setAttribute("role", "tabpanel");
  on(["view", "together", "film", "search"], mark);
  on(["together"], () => !state.together && state.view === "together" && show("picture"));
  on(["view", "pans", "solved", "picture", "together", "film", "cancel", "suggested", "search"], draw);
  for (const tab of tabs) {
    tab.addEventListener("click", () => show(tab.dataset.view ?? "picture"));
    tab.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      const open = tabs.filter((one) => !one.hidden), i = open.indexOf(tab);
      const at = step ? (i + step + open.length) % open.length : event.key === "Home" ? 0 : event.key === "End" ? open.length - 1 : -1;
      if (at < 0) return;
      event.preventDefault();
      show(open[at].dataset.view ?? "picture");
      open[at].focus();
      open[at].scrollIntoView({ block: "nearest", inline: "nearest" });
    });
  }
  mark();
  if (state.view in VIEWS) draw(); // it was chosen before this module was loaded
}
