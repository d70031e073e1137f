/** Fields from the server's schema of options: nothing of a method is known here. */

/** @import {Option} from "./types.js" */
import { el } from "./dom.js";
import { titled } from "./words.js";

let made = 0;

/**
 * One field for an option, and its help under it.
 * @param {Option} option
 * @param {string | undefined} value what is asked now, or undefined for the default
 * @param {(value: string | undefined) => void} changed undefined where it is the default again
 */
export function field(option, value, changed) {
  const id = `field-${++made}`;
  const label = el("label", { htmlFor: id }, option.title ?? titled(option.name));
  const shown = value ?? (option.default === null || option.default === undefined ? "" : String(option.default));
  const tell = (/** @type {string} */ given) => changed(given === "" || given === String(option.default ?? "") ? undefined : given);
  const help = option.summary ? el("p", { className: "help-text", id: `${id}-help` }, option.summary) : null;
  const described = help ? { "aria-describedby": help.id } : {};
  if (option.choices?.length) {
    const none = option.default === null ? [el("option", { value: "" }, "None")] : [];
    const select = el("select", { id, ...described }, ...none, ...option.choices.map((choice) => el("option", { value: String(choice) }, titled(String(choice)))));
    select.value = shown;
    select.addEventListener("change", () => tell(select.value));
    return el("div", { className: "field" }, el("div", { className: "two" }, label, el("span", { className: "select" }, select)), help);
  }
  if (option.type === "boolean") {
    const box = el("input", { type: "checkbox", id, checked: shown === "true", ...described });
    box.addEventListener("change", () => tell(String(box.checked)));
    return el("div", { className: "field" }, el("label", { className: "check" }, box, el("span", {}, option.title ?? titled(option.name))), help);
  }
  if (["integer", "number"].includes(option.type) && option.minimum !== undefined && option.maximum !== undefined) {
    const output = el("output", { htmlFor: id }, shown);
    const step = option.type === "integer" ? "1" : String((option.maximum - option.minimum) / 100);
    const range = el("input", { type: "range", id, min: String(option.minimum), max: String(option.maximum), step, value: shown, ...described });
    const paint = () => {
      output.textContent = range.value;
      fillRange(range);
    };
    range.addEventListener("input", paint);
    range.addEventListener("change", () => tell(range.value));
    paint();
    return el("div", { className: "field" }, el("div", { className: "row" }, label, output), range, help);
  }
  const text = el("input", { type: "text", id, value: shown, autocomplete: "off", inputMode: ["integer", "number"].includes(option.type) ? "decimal" : "text", ...described });
  text.addEventListener("change", () => tell(text.value.trim()));
  return el("div", { className: "field" }, el("div", { className: "two" }, label, text), help);
}

/** How far the ink of a range reaches. @param {HTMLInputElement} range */
export function fillRange(range) {
  const [low, high, at] = [Number(range.min), Number(range.max), Number(range.value)];
  const part = high > low ? (at - low) / (high - low) : 0;
  range.style.setProperty("--at", `calc(8px + ${part} * (100% - 16px))`);
}
