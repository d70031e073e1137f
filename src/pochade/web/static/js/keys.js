/** Keyboard shortcuts, and the dialog that lists them. Single keys can be turned off (WCAG 2.1.4). */

import { $, el } from "./dom.js";
import { browse } from "./open.js";
import { pin } from "./attention.js";
import { toggleLock } from "./solve.js";
import { current, set, state } from "./state.js";
import { stored } from "./surround.js";

const KEY = "pochade.keys";

/** The studio module, once a palette is present; kept loaded so that keys act in their order. @type {typeof import("./studio.js") | null} */
let studio = null;
export const useStudio = (/** @type {typeof import("./studio.js")} */ module) => (studio = module);

let single = stored(KEY) !== "off";

/** The shortcuts listed in the dialog. */
const LIST = [
  ["O", "Browse for a picture"], ["Ctrl V", "Paste a picture or an address"], ["T or space bar", "Try another; in Suggest, space brings the next five"],
  ["1 to 9", "Go to a color"], ["C", "Copy it"], ["L", "Lock it"], ["W", "Keep showing its pixels"], ["F2", "Rename it"], ["Delete", "Remove it"],
  ["Shift + arrows", "Move it"], ["N", "Add a color from the picture"], ["E", "Export"], ["Ctrl Z", "Undo"], ["Ctrl Shift Z", "Redo"], ["?", "This list"],
];

/** @type {Record<string, () => void>} */
const KEYS = {
  o: browse,
  e: () => studio?.openExport(),
  n: () => studio?.adding(),
  t: () => void (state.picture && studio?.tryAnother()),
  "?": openHelp,
};

/** The buttons on which Space means "try another": they have other keys, or do nothing more. */
const OTHERS = ".swatch, .proposal, #tab-suggest";

/** Keys for the current color. @type {Record<string, () => void>} */
const OF_COLOR = {
  c: () => withCurrent((pan) => studio?.copyPan(pan)),
  l: () => withCurrent((pan) => toggleLock(pan.id)),
  w: pin,
};

/** @param {(pan: import("./types.js").Pan) => void} f */
function withCurrent(f) {
  const id = Number(document.activeElement?.closest(".pan")?.getAttribute("data-id"));
  const pan = state.pans.find((other) => other.id === id) ?? current();
  if (pan) f(pan);
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  if (event.defaultPrevented || !(event.target instanceof Element) || document.querySelector("dialog[open]")) return;
  const key = event.key.toLowerCase();
  if (event.ctrlKey || event.metaKey) {
    if (!event.target.closest("input[type=text], input[type=url]") && (key === "z" || key === "y")) {
      event.preventDefault();
      const forward = event.shiftKey || key === "y";
      studio?.stepBack(forward);
    }
    return;
  }
  if (event.altKey || event.target.closest("input[type=text], input[type=url], select")) return;
  if (key === "escape") {
    studio?.adding(false);
    studio?.stopDrawing();
    return set({ pinned: false, why: false, current: null });
  }
  const onPan = event.target.closest(OTHERS);
  if (!single && !onPan) return;
  if (key === " ") {
    if (!onPan && event.target.closest("button, input, summary, a, [role=tab], canvas")) return;
    event.preventDefault();
    if (state.view === "suggest") import("./views/suggest.js").then(({ nextRows }) => nextRows());
    else KEYS.t();
  } else if (OF_COLOR[key]) OF_COLOR[key]();
  else if (!single) return;
  else if (/^[1-9]$/.test(key)) studio?.focusPan(Number(key) - 1);
  else if (KEYS[key]) {
    event.preventDefault();
    KEYS[key]();
  }
}

export function openHelp() {
  const dialog = $("help", HTMLDialogElement);
  const box = el("input", { type: "checkbox", checked: single, id: "single-keys" });
  box.addEventListener("change", () => {
    single = box.checked;
    stored(KEY, single ? "on" : "off");
  });
  dialog.replaceChildren(
    el("h2", { id: "help-head" }, "Shortcuts"),
    el("dl", {}, ...LIST.flatMap(([keys, does]) => [el("dt", {}, el("kbd", {}, keys)), el("dd", {}, does)])),
    el("label", { className: "check" }, box, el("span", {}, "Use single-key shortcuts")),
    el("div", { className: "foot" }, el("button", { type: "button", className: "solid", autofocus: true, onclick: () => dialog.close() }, "Close")),
  );
  dialog.showModal();
}

export function startKeys() {
  addEventListener("keydown", onKey);
  // Browsers click a button when Space is released.
  addEventListener("keyup", (event) => event.key === " " && event.target instanceof Element && event.target.closest(OTHERS) && event.preventDefault(), true);
  const help = $("help", HTMLDialogElement);
  help.addEventListener("click", (event) => event.target === help && help.close());
  $("shortcuts").addEventListener("click", openHelp);
}
