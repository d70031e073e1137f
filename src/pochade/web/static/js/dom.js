/** Find and create elements. Styles are set as custom properties, as the content security policy requires. */

const SVG = "http://www.w3.org/2000/svg";

/** Icon paths on a grid of 16 x 16, stroke width 1.5. @type {Record<string, string>} */
const ICONS = {
  lock: "M3.5 7.500h9v6h-9zM5.500 7.500V5a2.500 2.500 0 0 1 5 0v2.500",
  open: "M3.500 7.500h9v6h-9zM5.500 7.500V4.500a2.500 2.500 0 0 1 4.800-1",
  undo: "M6 3 3 6l3 3M3 6h6.500a3.500 3.500 0 0 1 0 7H6",
  redo: "M10 3l3 3-3 3M13 6H6.500a3.500 3.500 0 0 0 0 7H10",
  plus: "M3 8h10M8 3v10",
  minus: "M3 8h10",
  more: "M3.500 8h.01M8 8h.01M12.500 8h.01",
};

/**
 * The element with this id.
 * @template {HTMLElement} [T=HTMLElement]
 * @param {string} id
 * @param {new () => T} [kind]
 * @returns {T}
 */
export function $(id, kind) {
  const node = document.getElementById(id);
  if (!node || (kind && !(node instanceof kind))) throw new Error(`no #${id}`);
  return /** @type {T} */ (node);
}

/**
 * A new element. Keys with a dash, and those that are no property (`role`), become attributes; `--x` becomes a
 * custom property; the others become properties.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, any>} [properties]
 * @param {...(Node | string | null | undefined | false)} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function el(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === null) continue;
    if (key.startsWith("--")) node.style.setProperty(key, String(value));
    else if (key.startsWith("data-") || key.startsWith("aria-") || !(key in node)) node.setAttribute(key, String(value));
    else Reflect.set(node, key, value);
  }
  for (const child of children) if (child) node.append(child);
  return node;
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

/** Load a style sheet of the page. @param {string} name @returns {Promise<unknown>} */
export const styled = (name) => new Promise((done) => {
  const sheet = el("link", { rel: "stylesheet", href: `/static/css/${name}.css` });
  for (const how of ["load", "error"]) sheet.addEventListener(how, done);
  document.head.append(sheet);
});

/** Put an icon into each button that names one. */
export function drawIcons() {
  for (const button of document.querySelectorAll("[data-icon]")) button.replaceChildren(icon(button.getAttribute("data-icon") ?? ""));
}

/** @type {ReturnType<typeof setTimeout>} */
let clearing;

/** Show a message at the foot of the page for 1.6 s; it only confirms what is also visible elsewhere. @param {string} words */
export function toast(words) {
  clearTimeout(clearing);
  $("toast").textContent = words;
  clearing = setTimeout(() => ($("toast").textContent = ""), 1600);
}

/** @type {ReturnType<typeof setTimeout>} */
let speaking;

/** Announce words to a screen reader after `wait` ms without another announcement. @param {string} words @param {number} [wait] */
export function speak(words, wait = 0) {
  clearTimeout(speaking);
  speaking = setTimeout(() => ($("spoken").textContent = words), wait);
}

/** Whether the pointer is a finger. */
export const touch = () => matchMedia("(hover: none) and (pointer: coarse)").matches;

/** Whether the phone layout is active. */
export const phone = () => matchMedia("(max-width: 720px)").matches;

/**
 * Call `f` at most once per frame, with the latest arguments.
 * @template {any[]} A
 * @param {(...args: A) => void} f
 */
export function framed(f) {
  let waiting = false;
  /** @type {A} */
  let last;
  return (/** @type {A} */ ...args) => {
    last = args;
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      f(...last);
    });
  };
}
