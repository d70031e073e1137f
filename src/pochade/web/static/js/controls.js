/** The controls: colors, order, try another, undo, and the method's options, built from the server's lists. */

import { $, el, framed, speak } from "./dom.js";
import { list } from "./api.js";
import { fill, dropdown } from "./pick.js";
import { field } from "./schema.js";
import { another, arrange, settle, solve, change } from "./solve.js";
import { getSample, setSample } from "./points.js";
import { canRedo, canUndo, defaults, now, on, remember, set, setSettings, state, step } from "./state.js";
import { WORDS, colors, titled, upper } from "./words.js";

const count = $("count", HTMLInputElement), auto = $("auto", HTMLInputElement), order = $("order", HTMLSelectElement);

/** Titles of orders whose registered name is unclear. @type {Record<string, string>} */
const ORDERS = { weight: "Share" };

const shownCount = () => (state.settings.k === "auto" ? state.pans.length || 8 : state.settings.k);

function drawCount() {
  const n = shownCount(), isAuto = state.settings.k === "auto";
  count.max = String(Math.max(Math.min(16, state.most ?? 16), 3, n));
  if (document.activeElement !== count || isAuto) count.value = String(n);
  auto.checked = isAuto;
  $("count-shown").textContent = String(n);
  $("number").textContent = String(n);
  $("number").setAttribute("aria-label", `Colors: ${n}${isAuto ? ", automatic" : ""}`);
  count.setAttribute("aria-valuetext", `${colors(n)}${isAuto ? ", automatic" : ""}`);
  fill(count);
}

/** @type {ReturnType<typeof now> | null} */
let before = null;

const solveLive = framed(() => solve({ before: null }));

/** Set the number of colors at once; the undo step is recorded when the slider is released. @param {number} n */
function countTo(n) {
  before ??= now();
  setSettings({ k: n, seed: 0, avoid: [] });
  solveLive();
}

/** @param {number} by */
export function countBy(by) {
  const n = shownCount() + by;
  if (n >= 1 && n <= 16) change({ k: n });
}

function drawOrders() {
  const names = state.lists.orders?.map((entry) => entry.name) ?? ["weight", "prominence", "hue", "lightness"];
  const first = ["weight", "prominence", "hue", "lightness"].filter((name) => names.includes(name));
  const all = [...first, ...names.filter((name) => !first.includes(name)), "mine"];
  order.replaceChildren(...all.map((name) => el("option", { value: name }, name === "mine" ? "My order" : (ORDERS[name] ?? titled(name)))));
  order.value = state.settings.order;
}

function drawActs() {
  const stuck = state.pans.length > 0 && state.pans.every((pan) => pan.locked);
  for (const id of ["another", "another-dock"]) {
    $(id).setAttribute("aria-disabled", String(stuck || !state.picture));
    $(id).setAttribute("aria-describedby", "another-why");
  }
  $("another-why").textContent = stuck ? WORDS.unlock : state.picture ? "" : WORDS.noPicture;
  $("undo").setAttribute("aria-disabled", String(!canUndo()));
  $("redo").setAttribute("aria-disabled", String(!canRedo()));
}

/** Find another palette, unless all colors are locked. */
export function tryAnother() {
  if (state.pans.length && state.pans.every((pan) => pan.locked)) {
    set({ note: WORDS.unlock });
    return speak(WORDS.unlock);
  }
  set({ note: "" });
  return another();
}

/** @param {boolean} [forward] */
export function stepBack(forward = false) {
  const order = state.settings.order;
  if (!step(forward)) return;
  if (!state.solved || order !== state.settings.order) settle();
}

/** @param {string} registry */
const choices = (registry) => (state.lists[registry] ?? []).map((entry) => ({ value: entry.name, label: entry.title ?? (registry === "spaces" ? spaceTitle(entry) : titled(entry.name)) }));

/** The title of a color space, which begins its summary: "CIELAB, D65: ...". @param {import("./types.js").Entry} entry */
const spaceTitle = (entry) => /^[^:,.]{2,24}(?=[:,])/.exec(entry.summary ?? "")?.[0] ?? entry.name;

function drawAdvanced() {
  const { settings, lists } = state;
  const method = lists.methods?.find((entry) => entry.name === settings.method);
  const spaces = choices("spaces").filter((one) => !method?.spaces?.length || method.spaces.includes(one.value));
  const here = document.activeElement, held = here?.id, option = here?.closest("#fields") && here.getAttribute("data-option");
  const set = (/** @type {Record<string, any>} */ patch) => change(patch);
  $("fields").replaceChildren(
    dropdown("set-method", "Method", choices("methods"), settings.method, (method) => {
      const allowed = lists.methods?.find((entry) => entry.name === method)?.spaces;
      set({ method, options: {}, space: allowed?.length && !allowed.includes(settings.space) ? allowed[0] : settings.space });
    }),
    dropdown("set-space", "Color space", spaces, settings.space, (space) => set({ space })),
    dropdown("set-names", "Names", choices("vocabularies"), settings.names, (names) => {
      setSettings({ names });
      settle();
    }),
    ...(method?.options ?? []).map((option) =>
      field(option, settings.options[option.name], (value) => {
        const { [option.name]: _, ...rest } = state.settings.options;
        set({ options: value === undefined ? rest : { ...rest, [option.name]: value } });
      }),
    ),
    dropdown("set-sample", "Point takes", [1, 3, 5].map((n) => ({ value: String(n), label: n === 1 ? "1 pixel" : `${n} × ${n} pixels` })), String(getSample()), (n) => setSample(Number(n))),
  );
  if (held?.startsWith("set-")) document.getElementById(held)?.focus();
  if (option) /** @type {HTMLElement | null} */ ($("fields").querySelector(`[data-option="${option}"]`))?.focus();
  const plain = defaults();
  $("reset").hidden = settings.method === plain.method && settings.space === plain.space && !Object.keys(settings.options).length;
}

/** Load the server's registries; without them the page works with the defaults. */
async function loadLists() {
  const names = ["methods", "spaces", "orders", "vocabularies", "moods", "formats"];
  const lists = await Promise.all(names.map((name) => list(name).catch(() => [])));
  set({ lists: Object.fromEntries(names.map((name, i) => [name, lists[i]])) });
}

export function startControls() {
  on(["settings", "pans", "most"], drawCount);
  on(["settings", "lists"], () => {
    drawOrders();
    drawAdvanced();
  });
  on(["pans", "picture", "settings"], drawActs);
  count.addEventListener("input", () => countTo(Number(count.value)));
  count.addEventListener("change", () => {
    const moment = before;
    before = null;
    if (!moment) return;
    remember(moment);
    drawActs();
  });
  auto.addEventListener("change", () => change({ k: auto.checked ? "auto" : shownCount() }));
  order.addEventListener("change", () => arrange(order.value));
  for (const id of ["another", "another-dock"]) $(id).addEventListener("click", () => $(id).getAttribute("aria-disabled") === "true" ? speak($("another-why").textContent ?? "") : tryAnother());
  $("undo").addEventListener("click", () => stepBack());
  $("redo").addEventListener("click", () => stepBack(true));
  $("fewer").addEventListener("click", () => countBy(-1));
  $("more").addEventListener("click", () => countBy(1));
  $("reset").addEventListener("click", () => {
    const { method, space, options } = defaults();
    change({ method, space, options });
  });
  longPress($("number"), () => change({ k: "auto" }));
  drawOrders();
  drawCount();
  drawActs();
  loadLists();
}

/** @param {HTMLElement} node @param {() => void} f */
function longPress(node, f) {
  let rest = 0;
  node.addEventListener("pointerdown", () => (rest = window.setTimeout(f, 450)));
  for (const end of ["pointerup", "pointercancel", "pointerleave"]) node.addEventListener(end, () => clearTimeout(rest));
  node.addEventListener("contextmenu", (event) => event.preventDefault());
  node.addEventListener("keydown", (event) => event.key === "Enter" && f());
}

/** The title of a method. @param {string} name */
export const methodTitle = (name) => state.lists.methods?.find((entry) => entry.name === name)?.title ?? upper(name.replaceAll("_", " "));
