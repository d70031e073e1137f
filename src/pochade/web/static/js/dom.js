/** Elements: finding those of the page, and making new ones. Styles go through custom properties, as the policy asks. */

const SVG = "http://www.w3.org/2000/svg";

/** Drawn on 16 x 16, stroked 1.5. @type {Record<string, string>} */
const ICONS = {
  lock: "M3.5 7.500h9v6h-9zM5.500 7.500V5a2.500 2.500 0 0 1 5 0v2.500",
  open: "M3.500 7.500h9v6h-9zM5.500 7.500V4.500a2.500 2.500 0 0 1 4.800-1",
  undo: "M6 3 3 6l3 3M3 6h6.500a3.500 3.500 0 0 1 0 7H6",
  redo: "M10 3l3 3-3 3M13 6H6.500a3.500 3.500 0 0 0 0 7H10",
  plus: "M3 8h10M8 3v10",
  minus: "M3 8h10",
};

/**
 * The element of the page with this id.
 * @template {HTMLElement} [T=HTMLElement]
 * @param {string} id
 * @param {new () => T} [kind]
 * @returns {T}
 */
export function $(id, kind) {
  const found = document.getElementById(id);
  if (!found || (kind && !(found instanceof kind))) throw new Error(`no #${id}`);
  return /** @type {T} */ (found);
}

/**
 * A new element. Keys with a dash and `role`, `for` and the like become attributes, `--x` custom properties,
 * functions listeners, and the rest properties.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, any>} [given]
 * @param {...(Node | string | null | undefined | false)} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function el(tag, given = {}, ...children) {
  const made = document.createElement(tag);
  for (const [key, value] of Object.entries(given)) {
    if (value === undefined || value === null) continue;
    if (key.startsWith("--")) made.style.setProperty(key, String(value));
    else if (key.startsWith("data-") || key.startsWith("aria-") || !(key in made)) made.setAttribute(key, String(value));
    else Reflect.set(made, key, value);
  }
  for (const child of children) if (child) made.append(child);
  return made;
}

/**
 * @param {string} name a key of ICONS
 * @param {boolean} [filled]
 */
export function icon(name, filled = false) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name]);
  if (filled) path.setAttribute("fill", "currentColor");
  svg.append(path);
  return svg;
}

/** Puts the icons into the buttons of the page that name one. */
export function drawIcons() {
  for (const button of document.querySelectorAll("[data-icon]")) button.replaceChildren(icon(button.getAttribute("data-icon") ?? ""));
}

/** @type {ReturnType<typeof setTimeout>} */
let clearing;

/** Says something at the bottom for 1.6 s; never the only record. @param {string} words */
export function toast(words) {
  clearTimeout(clearing);
  $("toast").textContent = words;
  clearing = setTimeout(() => ($("toast").textContent = ""), 1600);
}

/** @type {ReturnType<typeof setTimeout>} */
let speaking;

/** Tells a screen reader, after `wait` ms without another word. @param {string} words @param {number} [wait] */
export function speak(words, wait = 0) {
  clearTimeout(speaking);
  speaking = setTimeout(() => ($("spoken").textContent = words), wait);
}

/** Whether the pointer is a finger. */
export const touch = () => matchMedia("(hover: none) and (pointer: coarse)").matches;

/** Whether the layout is the phone's. */
export const phone = () => matchMedia("(max-width: 720px)").matches;

/**
 * Calls `f` at most once a frame, with the last arguments.
 * @template {any[]} A
 * @param {(...given: A) => void} f
 */
export function framed(f) {
  let waiting = false;
  /** @type {A} */
  let last;
  return (/** @type {A} */ ...given) => {
    last = given;
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      f(...last);
    });
  };
}
