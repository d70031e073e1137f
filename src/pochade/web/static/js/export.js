/** Export: every format of the server, with its real output to copy, save or open. */

/** @import {Entry, Option, Pan} from "./types.js" */
import { aborted, call, wordsFor } from "./api.js";
import { copy, save, stem } from "./copy.js";
import { $, el, phone } from "./dom.js";
import { shownPicture } from "./recoloring.js";
import { field, optionsOf } from "./schema.js";
import { link, shareLink } from "./share.js";
import { held, regionText } from "./solve.js";
import { shownHex, shownPan, state } from "./state.js";
import { stored } from "./surround.js";
import { WORDS, colors, size, titled } from "./words.js";

const KEY = "pochade.format";
const dialog = $("export-dialog", HTMLDialogElement);

/** Titles of formats whose registered name is unclear. @type {Record<string, string>} */
const TITLES = {
  css: "CSS variables", hex: "Hex list", json: "JSON", csv: "CSV table", tailwind: "Tailwind", scss: "SCSS", less: "Less", ase: "Adobe swatches (ASE)", gpl: "GIMP, Krita, Inkscape",
  aco: "Photoshop", act: "Photoshop table", svg: "SVG strip", png: "PNG strip", pdf: "Sheet", html: "Page", vscode: "VS Code", theme_css: "Theme, CSS", theme_json: "Theme, JSON", "theme-css": "Theme, CSS", "theme-json": "Theme, JSON",
  dtcg: "Figma, design tokens", d3: "D3", ggplot2: "ggplot2", coolors: "Coolors address", base16: "Base16", cpt: "GMT table", ggr: "GIMP gradient", kpl: "Krita", "jasc-pal": "PaintShop Pro", "riff-pal": "Windows palette", "raw-pal": "Raw palette", coreldraw: "CorelDRAW", swatchbooker: "SwatchBooker", "tailwind-config": "Tailwind 3", soc: "LibreOffice", paintnet: "Paint.NET", wezterm: "WezTerm", "windows-terminal": "Windows Terminal",
};
/** Formats that designers take first. */
const FIRST = ["ase", "css", "tailwind", "dtcg", "png", "card"];
/** The options of a poster that the dialog offers. */
const OF_POSTER = ["layout", "dark", "title"];

/** @typedef {{name: string, title: string, suffix: string, kind: "copy" | "save" | "open", entry?: Entry, options?: Option[]}} Item */

let chosen = stored(KEY) ?? "css";
let named = true;
/** @type {Option[]} */
let posterOptions = [];
/** The user's options, by format. @type {Record<string, Record<string, string>>} */
const options = {};
/** The output in the pane. @type {{blob: Blob, text: string | null} | null} */
let made = null;
/** @type {AbortController | null} */
let asking = null;

/** @param {Entry} entry */
const isText = (entry) => /^text\/(?!html)|json|yaml|toml|javascript|xml$/.test(entry.media_type ?? "") && !/svg/.test(entry.media_type ?? "");

/** All items: first those that designers take first, then links, then the others by title. @returns {Item[]} */
function items() {
  /** @param {Item} item */
  const rank = (item) => (FIRST.includes(item.name) ? FIRST.indexOf(item.name) : FIRST.length + (item.kind === "open" ? 0 : 1));
  const formats = (state.lists.formats ?? []).map((entry) => (/** @type {Item} */ ({ name: entry.name, title: entry.title ?? TITLES[entry.name] ?? titled(entry.name), suffix: entry.suffix ?? "", kind: isText(entry) ? "copy" : "save", entry, options: entry.options })));
  /** @type {Item[]} */
  const own = [
    { name: "card", title: "Poster", suffix: ".png", kind: "save", options: posterOptions },
    { name: "share", title: "Share link", suffix: "link", kind: "open" },
    { name: "coolors-link", title: "Coolors", suffix: "link", kind: "open" },
  ];
  return [...formats, ...own].sort((a, b) => rank(a) - rank(b) || (a.kind === "open" ? 0 : a.title.localeCompare(b.title)));
}

/** Whether an item has all words of a search in its title, name, suffix or summary. @param {Item} item @param {string} words */
function fits({ name, title, suffix, entry }, words) {
  const text = `${title} ${name} ${suffix} ${entry?.summary ?? ""}`.toLowerCase();
  return words.toLowerCase().split(/\s+/).every((word) => text.includes(word));
}

/** The palette in the form that `Palette.from_dict` reads. */
function asJson() {
  const { settings, picture } = state;
  const { mood, ignore, options } = settings;
  return JSON.stringify({
    options: { ...options, ...(mood && { mood }), ...(ignore.length && { ignore: ignore.join(",") }) },
    source: null, width: picture?.width ?? null, height: picture?.height ?? null, k: settings.k, method: settings.method, space: settings.space, seed: settings.seed,
    colors: state.pans.map(shownPan).map((pan) => ({ hex: pan.hex, weight: pan.weight, position: pan.position, ...(named ? { name: pan.name } : {}) })),
  });
}

const coolors = () => `https://coolors.co/${state.pans.map((pan) => shownHex(pan).slice(1)).join("-")}`;

/** @param {Item} item @param {AbortSignal} [signal] @returns {Promise<Blob>} */
async function output(item, signal) {
  const own = new URLSearchParams(options[item.name] ?? {}).toString();
  if (item.name === "coolors-link") return new Blob([coolors()]);
  if (item.name === "share") return new Blob([link()]);
  const request = { method: "POST", body: asJson(), headers: { "content-type": "application/json" }, signal };
  if (item.name !== "card") return (await call(`/export/${item.name}?${own}`, request)).blob();
  const region = regionText(state.settings);
  const drawn = `type=png${own && `&${own}`}`;
  const answer = state.picture && state.solved
    ? await held(await shownPicture(signal), (digest) => `/poster?picture=${digest}&${drawn}${region && `&region=${region}`}`, request)
    : await call(`/poster?${drawn}`, request);
  return answer.blob();
}

/** One color in the format of the last export. @param {Pan} pan */
export async function lineOf(pan) {
  const item = items().find((one) => one.name === chosen && one.kind === "copy");
  const hex = shownHex(pan);
  if (!item) return hex;
  const text = await (await output(item)).text();
  return text.split("\n").find((line) => line.toLowerCase().includes(hex))?.trim().replace(/,$/, "") ?? hex;
}

/** Lines of text, with a color chip before each line that contains a color of the palette. @param {string} text */
function chipped(text) {
  const hexes = state.pans.map((pan) => shownHex(pan).slice(1));
  return text.slice(0, 20000).split("\n").map((line) => {
    const hex = hexes.find((one) => line.toLowerCase().includes(one));
    if (!hex || line.length > 200) return `${line}\n`;
    const indent = /^\s*/.exec(line)?.[0] ?? "";
    return el("span", {}, indent, el("i", { className: "chip", "--c": `#${hex}` }), `${line.slice(indent.length)}\n`);
  });
}

/** The picture of an item, with its size below. @param {Item} item @param {Blob} blob */
async function picture(item, blob) {
  const image = el("img", { src: URL.createObjectURL(blob), alt: `${item.title} of the palette` });
  await image.decode().catch(() => {});
  const pixels = item.suffix === ".png" ? `${image.naturalWidth} × ${image.naturalHeight} pixels, ` : "";
  return el("figure", {}, image, el("figcaption", {}, `${pixels}${size(blob.size)}`));
}

/** @param {Item} item @param {Blob} blob */
async function shownOutput(item, blob) {
  if (item.kind !== "save") {
    const text = await blob.text();
    made = { blob, text };
    return el("pre", { tabIndex: 0, "aria-label": `Output, ${item.title}` }, ...chipped(text));
  }
  made = { blob, text: null };
  if (/^image\/(png|jpe?g|webp|svg)/.test(blob.type)) return picture(item, blob);
  const card = state.pans.map(shownPan).map((pan) => el("li", {}, el("i", { className: "chip", "--c": pan.hex }), el("span", {}, named ? pan.name : ""), el("span", {}, pan.hex.toUpperCase())));
  return el("ul", { className: "card" }, ...card);
}

async function preview() {
  const item = items().find((one) => one.name === chosen);
  const pane = dialog.querySelector(".pane");
  if (!item || !pane) return;
  asking?.abort();
  const mine = (asking = new AbortController());
  try {
    const shown = await shownOutput(item, await output(item, mine.signal));
    if (!mine.signal.aborted) pane.replaceChildren(shown);
  } catch (error) {
    if (aborted(error)) return;
    made = null;
    pane.replaceChildren(el("p", { role: "alert", className: "said" }, wordsFor(error)));
  }
}

/** Copy, save or open the output in the pane. @param {"copy" | "save" | "open"} [how] */
async function act(how) {
  const item = items().find((one) => one.name === chosen);
  if (!item) return;
  stored(KEY, chosen);
  if (item.name === "share") return shareLink();
  if (item.name === "coolors-link" && how !== "copy") return void open(coolors(), "_blank", "noopener");
  await (asking ? preview() : null);
  if (!made) return;
  const file = `${stem(state.picture?.title ?? "palette")}${item.suffix.startsWith(".") ? item.suffix : ".txt"}`;
  if ((how ?? item.kind) === "copy" && made.text !== null) await copy(made.text, WORDS.copied(item.title), dialog.querySelector("pre") ?? undefined);
  else save(made.blob, file);
}

function foot() {
  const item = items().find((one) => one.name === chosen);
  const names = el("input", { type: "checkbox", checked: named });
  names.addEventListener("change", () => {
    named = names.checked;
    preview();
  });
  const button = (/** @type {string} */ words, /** @type {string} */ kind, /** @type {"copy" | "save" | "open"} */ how) => el("button", { type: "button", className: kind, onclick: () => act(how) }, words);
  const acts = item?.kind === "copy" ? [button("Save file", "line", "save"), button("Copy", "solid", "copy")]
    : item?.kind === "save" ? [button("Save file", "solid", "save")]
    : item?.name === "share" ? [button("Copy link", "solid", "copy")] : [button("Copy link", "line", "copy"), button("Open Coolors", "solid", "open")];
  return el("div", { className: "foot" }, el("label", { className: "check" }, names, el("span", {}, "Names")), ...acts);
}

/** Fields for the options of the chosen format, from its schema. */
function own() {
  const able = items().find((one) => one.name === chosen)?.options;
  if (!able?.length) return [];
  const given = (options[chosen] ??= {});
  const open = (chosen === "card" && !phone()) || Object.keys(given).length > 0;
  return [el("details", { className: "own", open }, el("summary", {}, "Options"), ...able.map((option) => field(option, given[option.name], (value) => {
    if (value === undefined) delete given[option.name];
    else given[option.name] = value;
    preview();
  })))];
}

/** @param {string} name @param {boolean} [focus] */
function choose(name, focus = true) {
  chosen = name;
  for (const option of dialog.querySelectorAll("[role=option]")) {
    const is = option.getAttribute("data-name") === name;
    option.setAttribute("aria-selected", String(is));
    option.setAttribute("tabindex", is ? "0" : "-1");
    if (is && focus) /** @type {HTMLElement} */ (option).focus();
    if (is) option.scrollIntoView({ block: "nearest" });
  }
  dialog.querySelector(".foot")?.replaceWith(foot());
  dialog.querySelector(".options")?.replaceChildren(...own());
  preview();
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  const here = event.target instanceof Element && event.target.closest("[role=option]");
  if (!here) return;
  const all = [...dialog.querySelectorAll("[role=option]")];
  const at = all.indexOf(here);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1 }[event.key];
  if (to !== undefined) choose(all[(to + all.length) % all.length].getAttribute("data-name") ?? chosen);
  else if (event.key === "Enter" || event.key === " ") act();
  else return;
  event.preventDefault();
}

/** @param {string} title @param {Item[]} own */
const group = (title, own) => own.length > 0 && el("div", { role: "group", "aria-label": title }, el("p", { className: "group", "aria-hidden": "true" }, title), ...own.map((item) =>
  el("div", { role: "option", "data-name": item.name, "aria-selected": "false", tabIndex: -1, onclick: () => choose(item.name) }, el("span", {}, item.title), el("span", { className: "suffix" }, item.suffix)),
));

/** The items that fit the search, in groups. @param {string} words */
function groups(words) {
  const all = items();
  if (words.trim()) {
    const shown = all.filter((item) => fits(item, words.trim()));
    return group(shown.length ? "Found" : "No format fits", shown) || el("p", { className: "group", role: "option", "aria-disabled": "true", "aria-selected": "false" }, "No format fits.");
  }
  const rest = all.filter((item) => !FIRST.includes(item.name));
  return el("div", {}, group("First choices", all.filter((item) => FIRST.includes(item.name))), group("Links", rest.filter((item) => item.kind === "open")), group("All others", rest.filter((item) => item.kind !== "open")));
}

function listbox() {
  const box = el("div", { role: "listbox", className: "formats", id: "formats", "aria-label": "Formats" }, groups(""));
  box.addEventListener("keydown", onKey);
  box.addEventListener("dblclick", () => act());
  return box;
}

/** The search field, which chooses the first format that fits. */
function search() {
  const find = el("input", { type: "search", id: "find-format", placeholder: `Find one of ${items().length} formats`, autocomplete: "off", spellcheck: false, "aria-controls": "formats" });
  find.addEventListener("input", () => {
    dialog.querySelector(".formats")?.replaceChildren(groups(find.value) || "");
    const names = [...dialog.querySelectorAll("[data-name]")].map((option) => option.getAttribute("data-name") ?? "");
    if (names.length) choose(names.includes(chosen) ? chosen : names[0], false);
  });
  find.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") /** @type {HTMLElement | null} */ (dialog.querySelector("[role=option][tabindex='0']"))?.focus();
    else if (event.key === "Enter" && dialog.querySelector("[data-name]")) act();
    else return;
    event.preventDefault();
  });
  return el("div", { className: "find" }, el("label", { className: "unseen", htmlFor: "find-format" }, "Find a format"), find);
}

export function openExport() {
  if (!state.pans.length || dialog.open) return;
  if (!items().some((item) => item.name === chosen)) chosen = items()[0].name;
  dialog.replaceChildren(
    el("div", { className: "left" }, el("h2", { id: "export-head", tabIndex: -1, autofocus: true }, `Export ${colors(state.pans.length)}`), search(), listbox()),
    el("div", { className: "right" }, el("div", { className: "pane" }), el("div", { className: "options" }), foot()),
  );
  dialog.showModal();
  for (const id of ["export", "export-dock"]) $(id).setAttribute("aria-expanded", "true");
  choose(chosen, !phone());
  if (posterOptions.length) return;
  optionsOf("/poster").then((all) => {
    posterOptions = OF_POSTER.flatMap((name) => (all[name] ? { ...all[name], summary: undefined } : []));
    if (chosen === "card") dialog.querySelector(".options")?.replaceChildren(...own());
  }, () => {});
}

/** Open the dialog with the tints and shades in the output. */
export function openTints() {
  if (chosen !== "tailwind") chosen = "css";
  options[chosen] = { ...options[chosen], tints: "true" };
  openExport();
}

export function startExport() {
  for (const id of ["export", "export-dock"]) $(id).addEventListener("click", openExport);
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.addEventListener("close", () => {
    for (const id of ["export", "export-dock"]) $(id).setAttribute("aria-expanded", "false");
    if (!document.activeElement || document.activeElement === document.body) $(phone() ? "export-dock" : "export").focus();
  });
}
