/** The pans: a button per color with its name, code and share below; one tab stop for all. */

/** @import {Pan} from "./types.js" */
import { $, el, icon, phone, touch } from "./dom.js";
import { onColor } from "./color.js";
import { copy } from "./copy.js";
import { details, leave, why } from "./attention.js";
import { removePan, rename, reorder, toggleLock } from "./solve.js";
import { on, remember, shownHex, shownPan, state } from "./state.js";
import { colors, percent, spoken } from "./words.js";

const list = $("pans");

/** @type {Map<number, HTMLLIElement>} */
const items = new Map();
/** @typedef {{word: string, click: (pan: Pan) => void, drag: (pan: Pan, event: PointerEvent, button: HTMLButtonElement) => void}} Actions */

/** Actions of the open view that replace copying (click) and moving (drag). @type {Actions | null} */
let actions = null;

/** @param {Actions | null} other */
export function useActions(other) {
  actions = other;
  draw();
}

let stop = 0; // index of the pan that Tab reaches

/** Copy a color, if `formatted` in the format of the last export. @param {Pan} pan @param {boolean} [formatted] */
export async function copyPan(pan, formatted = false) {
  const hex = shownHex(pan).toUpperCase();
  if (!formatted) return copy(hex, undefined, items.get(pan.id)?.querySelector(".hex") ?? undefined);
  const { lineOf } = await import("./export.js");
  return copy(await lineOf(pan).catch(() => hex));
}

/** @param {number} id */
const panOf = (id) => state.pans.find((pan) => pan.id === id);

/** Focus the pan at an index. @param {number} at */
export function focusPan(at) {
  const pan = state.pans[at];
  if (!pan) return;
  stop = at;
  roving();
  items.get(pan.id)?.querySelector("button")?.focus();
}

function roving() {
  stop = Math.min(stop, state.pans.length - 1);
  state.pans.forEach((pan, i) => items.get(pan.id)?.querySelector("button")?.setAttribute("tabindex", i === stop ? "0" : "-1"));
}

/** Edit a name in place; Enter keeps the edit, Escape discards it. @param {number} id */
export function renaming(id) {
  const item = items.get(id), pan = panOf(id);
  const name = item?.querySelector(".name");
  if (!pan || !name) return;
  const field = el("input", { type: "text", className: "rename", value: pan.name, maxLength: 60, "aria-label": `Name of ${pan.hex.toUpperCase()}` });
  let over = false;
  const end = (/** @type {boolean} */ keep) => {
    if (over) return;
    over = true;
    field.replaceWith(name);
    if (keep) rename(id, field.value);
    item?.querySelector("button")?.focus();
  };
  field.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Enter" || event.key === "Escape") end(event.key === "Enter");
  });
  field.addEventListener("blur", () => end(true));
  name.replaceWith(field);
  field.select();
}

/** @param {KeyboardEvent} event @param {number} id */
function onKey(event, id) {
  if (event.ctrlKey || event.metaKey) return;
  const at = state.pans.findIndex((pan) => pan.id === id);
  const pan = state.pans[at];
  const step = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key];
  if (step && event.shiftKey) {
    remember();
    reorder(id, at + step);
    focusPan(state.pans.indexOf(pan));
  } else if (step) focusPan((at + step + state.pans.length) % state.pans.length);
  else if (event.key === "Home") focusPan(0);
  else if (event.key === "End") focusPan(state.pans.length - 1);
  else if (event.key === "F2") renaming(id);
  else if (event.key === "Delete" || event.key === "Backspace") {
    removePan(id);
    focusPan(Math.min(at, state.pans.length - 1));
  } else return;
  event.preventDefault();
  event.stopPropagation();
}

/** Drag with the mouse, or with a finger after a long press. @param {HTMLLIElement} item @param {HTMLButtonElement} button @param {number} id */
function draggable(item, button, id) {
  button.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    const pan = panOf(id);
    if (actions && pan) return actions.drag(pan, event, button);
    const [x, y] = [event.clientX, event.clientY];
    let lifted = false, ready = event.pointerType === "mouse";
    const rest = setTimeout(() => ((ready = true), event.pointerType !== "mouse" && why(id, 0)), 450);
    const move = (/** @type {PointerEvent} */ e) => {
      const far = Math.hypot(e.clientX - x, e.clientY - y) > 6;
      if (far && !ready) return end();
      if (far && !lifted) {
        lifted = true;
        remember();
        item.classList.add("lifted");
        button.setPointerCapture(event.pointerId);
      }
      if (!lifted) return;
      const under = state.pans.findIndex((pan) => {
        const box = items.get(pan.id)?.getBoundingClientRect();
        return box && e.clientX >= box.left && e.clientX < box.right && e.clientY >= box.top && e.clientY < box.bottom;
      });
      if (under >= 0) reorder(id, under);
    };
    const hold = (/** @type {TouchEvent} */ e) => ready && e.preventDefault();
    const end = () => {
      clearTimeout(rest);
      removeEventListener("pointermove", move);
      button.removeEventListener("touchmove", hold);
      item.classList.remove("lifted");
      if (lifted || (ready && event.pointerType !== "mouse")) button.dataset.moved = "yes"; // the click that follows must not copy
    };
    addEventListener("pointermove", move);
    button.addEventListener("touchmove", hold, { passive: false });
    addEventListener("pointerup", end, { once: true });
    addEventListener("pointercancel", end, { once: true });
  });
}

/** @param {Pan} pan */
function create({ id }) {
  const button = el("button", { className: "swatch", type: "button" }, el("span", { className: "hint", "aria-hidden": "true" }, "Copy"));
  const lock = el("button", { className: "lock", type: "button", tabIndex: -1 });
  const more = el("button", { className: "more", type: "button", tabIndex: -1, onclick: () => details(id) }, icon("more"));
  const name = el("span", { className: "name" });
  const item = el("li", { className: "pan", "data-id": id }, button, lock, more, el("div", { className: "text" }, name, el("span", { className: "hex" }), el("span", { className: "part" })));
  button.addEventListener("click", (event) => {
    if (button.dataset.moved) return void delete button.dataset.moved;
    const pan = panOf(id);
    if (pan && actions) actions.click(pan);
    else if (pan) copyPan(pan, event.altKey);
  });
  button.addEventListener("keydown", (event) => onKey(event, id));
  button.addEventListener("focus", () => {
    stop = state.pans.findIndex((pan) => pan.id === id);
    roving();
    if (button.matches(":focus-visible")) why(id);
  });
  button.addEventListener("blur", leave);
  lock.addEventListener("click", () => toggleLock(id));
  name.addEventListener("dblclick", () => renaming(id));
  item.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && why(id));
  item.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && leave());
  if (touch()) button.addEventListener("contextmenu", (event) => event.preventDefault());
  draggable(item, button, id);
  items.set(id, item);
  return item;
}

/** @param {HTMLLIElement} item @param {Pan} pan @param {number} i */
function fill(item, pan, i) {
  const [button, lock, more] = /** @type {HTMLButtonElement[]} */ ([...item.querySelectorAll("button")]);
  const { hex, name } = shownPan(pan), became = hex !== pan.hex;
  item.classList.toggle("became", became);
  item.style.setProperty("--c", hex);
  item.style.setProperty("--was", pan.hex);
  item.style.setProperty("--on", onColor(hex));
  item.style.setProperty("--i", String(i));
  button.setAttribute("aria-label", `${spoken(pan)}${became ? ` Became ${name}, ${hex.toUpperCase()}.` : ""}${pan.locked ? " Locked." : ""} ${actions?.word ?? "Copy"}.`);
  lock.setAttribute("aria-label", `Lock ${pan.name}`);
  more.setAttribute("aria-label", `Values and tints of ${name}`);
  if (lock.getAttribute("aria-pressed") !== String(pan.locked)) {
    lock.setAttribute("aria-pressed", String(pan.locked));
    lock.replaceChildren(icon(pan.locked ? "lock" : "open", pan.locked));
  }
  const words = [["hint", actions?.word ?? "Copy"], ["name", name], ["hex", hex.toUpperCase()], ["part", state.picture || state.weighed ? `${percent(pan.weight)}${pan.accent ? " accent" : ""}` : ""]];
  for (const [where, text] of words) {
    const node = item.querySelector(`.${where}`);
    if (node && node.textContent !== text) node.textContent = text;
  }
}

/** If one name needs two lines, give all pans two, which keeps the rows even. */
export function breakNames() {
  list.classList.remove("long");
  const names = [...list.querySelectorAll(".name")];
  list.classList.toggle("long", !phone() && names.some((name) => name.scrollWidth > name.clientWidth));
}

/** Slide existing pans to their new places; fade in a wholly new palette. @param {Map<number, DOMRect>} was */
function animate(was) {
  if (document.body.classList.contains("dragging") || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  const fresh = state.pans.filter((pan) => !was.has(pan.id));
  if (fresh.length && fresh.length === state.pans.length) {
    list.classList.add("settling");
    setTimeout(() => list.classList.remove("settling"), 320 + 22 * state.pans.length);
    return;
  }
  for (const pan of state.pans) {
    const item = items.get(pan.id), from = was.get(pan.id);
    if (!item || item.classList.contains("lifted")) continue;
    const to = item.getBoundingClientRect();
    if (!from) item.animate([{ opacity: 0, translate: "0 6px" }, {}], { duration: 320, easing: "cubic-bezier(.2,.7,.2,1)" });
    else if (from.left !== to.left || from.top !== to.top)
      item.animate([{ translate: `${from.left - to.left}px ${from.top - to.top}px` }, { translate: "0 0" }], { duration: 240, easing: "cubic-bezier(.2,.7,.2,1)" });
  }
}

function draw() {
  if (!state.pans.length) return;
  const was = new Map([...items].map(([id, item]) => [id, item.getBoundingClientRect()]));
  const held = document.activeElement;
  for (const [id, item] of items) if (!panOf(id)) (item.remove(), items.delete(id));
  list.querySelectorAll(".ghost").forEach((ghost) => ghost.remove());
  state.pans.forEach((pan, i) => {
    const item = items.get(pan.id) ?? create(pan);
    if (list.children[i] !== item) list.insertBefore(item, list.children[i] ?? null);
    fill(item, pan, i);
  });
  list.setAttribute("aria-label", `Palette, ${colors(state.pans.length)}`);
  roving();
  requestAnimationFrame(breakNames); // after the picture's module has set the columns
  if (held instanceof HTMLElement && held !== document.activeElement && list.contains(held)) held.focus();
  const order = [...was.keys()].join() !== state.pans.map((pan) => pan.id).join();
  if (order || was.size === 0) requestAnimationFrame(() => animate(was));
}

function mark() {
  for (const [id, item] of items) item.classList.toggle("current", id === state.current);
}

export function startPans() {
  on(["pans", "view", "recolored"], draw);
  on(["current"], mark);
  new ResizeObserver(breakNames).observe(list);
  draw();
  // On a phone, a tap on the text of a row copies too.
  list.addEventListener("click", (event) => {
    const row = phone() && event.target instanceof Element && event.target.closest(".text")?.closest("li");
    const pan = row && panOf(Number(row.getAttribute("data-id")));
    if (pan && !getSelection()?.toString()) (actions?.click ?? copyPan)(pan);
  });
}
