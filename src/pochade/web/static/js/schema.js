/** Fields from the server's schema of options: nothing of a method is known here. */

/** @import {Option} from "./types.js" */
import { json } from "./api.js";
import { el } from "./dom.js";
import { fill } from "./pick.js";
import { titled, upper } from "./words.js";

/** A slider of more whole numbers than this cannot be set to one of them. */
const WHOLE = 256;

let made = 0;

/** Whether a number lies on a slider. @param {{min: number, max: number, step: number}} how @param {unknown} given */
function lies({ min, max, step }, given) {
  const at = (Number(given) - min) / step;
  return given !== null && given !== "" && at > -1e-6 && Number(given) <= max && Math.abs(at - Math.round(at)) < 1e-6;
}

/**
 * The ends and steps of a slider for a number: hundredths of the way, as 1, 2 or 5 of a decade. None where the number
 * has no bounds, or they are so wide that what is usual would lie between two steps.
 * @param {Option} option
 */
export function stepped({ type, default: usual, minimum, exclusiveMinimum, maximum }) {
  const low = minimum ?? exclusiveMinimum;
  if (!["integer", "number"].includes(type) || low === undefined || maximum === undefined) return null;
  const part = (maximum - low) / 100, decade = 10 ** Math.floor(Math.log10(part));
  const step = type === "integer" ? 1 : ([1, 2, 5].find((n) => n * decade >= 0.9 * part) ?? 10) * decade;
  const how = { min: minimum ?? low + step, max: maximum, step };
  return lies(how, usual) && (type !== "integer" || maximum - low <= WHOLE) ? how : null;
}

/** The bounds of a number in words. @param {Option} option */
function boundsOf({ minimum, exclusiveMinimum, maximum }) {
  const low = minimum !== undefined ? `From ${minimum}` : exclusiveMinimum !== undefined ? `Above ${exclusiveMinimum}` : "";
  return low && maximum !== undefined ? `${low} to ${maximum}.` : low && `${low}.`;
}

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
    const [minimum, exclusiveMinimum, maximum] = ["minimum", "exclusiveMinimum", "maximum"].map((end) => kinds.map((/** @type {any} */ kind) => kind[end]).find((/** @type {any} */ n) => n !== undefined));
    return [name, { name, type, default: schema.default, choices: choices.length ? choices : undefined, minimum, exclusiveMinimum, maximum, summary: description }];
  }));
}
