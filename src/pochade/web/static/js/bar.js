/** The share bar: how much of the picture each color stands for. */

import { $, el } from "./dom.js";
import { details, leave, why } from "./attention.js";
import { on, shownHex, state } from "./state.js";
import { percent } from "./words.js";

const bar = $("bar");

function draw() {
  const old = new Map([...bar.children].map((node) => [Number(node.getAttribute("data-id")), /** @type {HTMLButtonElement} */ (node)]));
  const shown = state.pans.map((pan) => {
    const node = old.get(pan.id) ?? create(pan.id);
    node.style.setProperty("--c", shownHex(pan));
    node.style.setProperty("--part", String(Math.max(pan.weight, 0.0005)));
    node.setAttribute("aria-label", `${pan.name}, ${percent(pan.weight)} of the picture`);
    return node;
  });
  if (shown.some((node, i) => bar.children[i] !== node) || bar.children.length !== shown.length) bar.replaceChildren(...shown);
}

/** @param {number} id */
function create(id) {
  const node = el("button", { type: "button", tabIndex: -1, "data-id": id });
  node.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && why(id));
  node.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && leave());
  node.addEventListener("click", () => details(id));
  return node;
}

export function startBar() {
  on(["pans", "view", "recolored"], draw);
  on(["current"], () => {
    for (const node of bar.children) node.classList.toggle("current", Number(node.getAttribute("data-id")) === state.current);
  });
  draw();
}
