/** Form fields from the server's schema of options, without knowledge of any method. */

/** @import {Option} from "./types.js" */
import { json } from "./api.js";
import { el } from "./dom.js";
import { fill } from "./pick.js";
import { titled, upper } from "./words.js";

/** Most integers on a slider; with more, single values cannot be reached. */
const MAX_INTEGERS = 256;

let count = 0;

/** Whether a value is one of a slider's steps. @param {{min: number, max: number, step: number}} how @param {unknown} value */
function lies({ min, max, step }, value) {
  const at = (Number(value) - min) / step;
  return value !== null && value !== "" && at > -1e-6 && Number(value) <= max && Math.abs(at - Math.round(at)) < 1e-6;
}

/**
 * Range and step of a slider for a number: about a hundredth of the range, rounded to 1, 2 or 5 times a power of ten.
 * Null if the number has no bounds, or if they are so wide that the default is between two steps.
 * @param {Option} option
 */
export function stepped({ type, default: usual, minimum, exclusiveMinimum, maximum }) {
  const low = minimum ?? exclusiveMinimum;
  if (!["integer", "number"].includes(type) || low === undefined || maximum === undefined) return null;
  const part = (maximum - low) / 100, decade = 10 ** Math.floor(Math.log10(part));
  const step = type === "integer" ? 1 : ([1, 2, 5].find((n) => n * decade >= 0.9 * part) ?? 10) * decade;
  const how = { min: minimum ?? low + step, max: maximum, step };
  return lies(how, usual) && (type !== "integer" || maximum - low <= MAX_INTEGERS) ? how : null;
}

/** A sentence with the bounds of a number. @param {Option} option */
function boundsOf({ minimum, exclusiveMinimum, maximum }) {
  const low = minimum !== undefined ? `From ${minimum}` : exclusiveMinimum !== undefined ? `Above ${exclusiveMinimum}` : "";
  return low && maximum !== undefined ? `${low} to ${maximum}.` : low && `${low}.`;
}

/**
 * A field for an option, with its help below.
 * @param {Option} option
 * @param {string | undefined} value the current value, or undefined for the default
 * @param {(value: string | undefined) => void} changed receives undefined for the default
 */
export function field(option, value, changed) {
  const id = `field-${++count}`;
  const label = el("label", { htmlFor: id }, option.title ?? titled(option.name));
  const shown = value ?? (option.default === null || option.default === undefined ? "" : String(option.default));
  const tell = (/** @type {string} */ given) => changed(given === "" || given === String(option.default ?? "") ? undefined : given);
  const how = stepped(option);
  const said = [upper(option.summary ?? ""), how ? "" : boundsOf(option)].filter(Boolean).join(" ");
  const help = said ? el("p", { className: "help-text", id: `${id}-help` }, said) : null;
  const described = { "data-option": option.name, ...(help ? { "aria-describedby": help.id } : {}) };
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
  if (how && lies(how, shown)) {
    const output = el("output", { htmlFor: id }, shown);
    const range = el("input", { type: "range", id, min: String(how.min), max: String(how.max), step: String(how.step), value: shown, ...described });
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

/** The server's OpenAPI document, loaded when first needed. @type {Promise<any> | null} */
let described = null;

/** The options of a route, from the server's OpenAPI document. @param {string} path @returns {Promise<Record<string, Option>>} */
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
    const [minimum, exclusiveMinimum, maximum] = ["minimum", "exclusiveMinimum", "maximum"].map((end) => kinds.map((/** @type {any} */ kind) => kind[end]).find((/** @type {any} */ n) => n !== undefined));
    return [name, { name, type, default: schema.default, choices: choices.length ? choices : undefined, minimum, exclusiveMinimum, maximum, summary: description }];
  }));
}
