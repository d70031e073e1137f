/** Form fields: a dropdown, segments for few choices, and a slider. */

import { el } from "./dom.js";

/** @typedef {{value: string, label: string}} Choice */

/** @param {string} id @param {string} label @param {Choice[]} choices @param {string} value @param {(value: string) => void} chosen */
export function dropdown(id, label, choices, value, chosen) {
  const select = el("select", { id }, ...choices.map((one) => el("option", { value: one.value }, one.label)));
  select.value = value;
  select.addEventListener("change", () => chosen(select.value));
  return el("div", { className: "field two" }, el("label", { htmlFor: id }, label), el("span", { className: "select" }, select));
}

/** @param {string} name @param {string} label @param {Choice[]} choices @param {string} value @param {(value: string) => void} chosen */
export function segments(name, label, choices, value, chosen) {
  const all = choices.map((one) => {
    const input = el("input", { type: "radio", name, value: one.value, checked: one.value === value });
    input.addEventListener("change", () => chosen(one.value));
    return el("label", {}, input, el("span", {}, one.label));
  });
  return el("fieldset", { className: "field" }, el("legend", {}, label), el("div", { className: "segments" }, ...all));
}

/**
 * A slider with its label and value above.
 * @param {string} id
 * @param {string} label
 * @param {{min: number, max: number, step: number, value: number, words: (n: number) => string}} how
 * @param {(n: number) => void} moved
 * @param {() => void} [rested]
 */
export function slider(id, label, how, moved, rested) {
  const output = el("output", { htmlFor: id });
  const range = el("input", { type: "range", id, min: String(how.min), max: String(how.max), step: String(how.step) });
  const put = (/** @type {number} */ n) => {
    range.value = String(n);
    show();
  };
  const show = () => {
    const words = how.words(Number(range.value));
    output.textContent = words;
    range.setAttribute("aria-valuetext", words);
    fill(range);
  };
  range.addEventListener("input", () => {
    show();
    moved(Number(range.value));
  });
  range.addEventListener("change", () => rested?.());
  put(how.value);
  return { field: el("div", { className: "field" }, el("div", { className: "row" }, el("label", { htmlFor: id }, label), output), range), range, put };
}

/** Set the filled part of a slider's track. @param {HTMLInputElement} range */
export function fill(range) {
  const [low, high, at] = [Number(range.min), Number(range.max), Number(range.value)];
  const part = high > low ? (at - low) / (high - low) : 0;
  range.style.setProperty("--at", `calc(8px + ${part} * (100% - 16px))`);
}
