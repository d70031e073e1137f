/** Fields from the server's schema of options: nothing of a method is known here. */

/** @import {Option} from "./types.js" */
import { json } from "./api.js";
import { el } from "./dom.js";
import { fill } from "./pick.js";
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
      fill(range);
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

/** The server's description of itself, once it is needed. @type {Promise<any> | null} */
let described = null;

/** The options of an address, as the server describes them. @param {string} path @returns {Promise<Record<string, Option>>} */
export async function optionsOf(path) {
  described ??= json("/openapi.json").catch((error) => {
    described = null;
    throw error;
  });
  const told = await described;
  const given = told.paths[`/api/v1${path}`]?.get?.parameters ?? [];
  return Object.fromEntries(given.map((/** @type {any} */ { name, description, schema }) => {
    const kinds = schema.anyOf ?? [schema];
    const type = kinds.find((/** @type {any} */ kind) => kind.type !== "null")?.type ?? "string";
    const choices = kinds.flatMap((/** @type {any} */ kind) => kind.enum ?? []);
    const [minimum, maximum] = ["minimum", "maximum"].map((end) => kinds.map((/** @type {any} */ kind) => kind[end]).find((/** @type {any} */ n) => n !== undefined));
    return [name, { name, type, default: schema.default, choices: choices.length ? choices : undefined, minimum, maximum, summary: description }];
  }));
}
