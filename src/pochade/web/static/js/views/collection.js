/** Search a collection: its palette as a strip, wishes as chips, and the pictures that fit, with the color that answered. */

/** @import {Search, Wish} from "../types.js" */
import { json, send } from "../api.js";
import { names, paletteOf, textOf, wishOf } from "../collection.js";
import { el, icon, speak, styled } from "../dom.js";
import { felt } from "../felt.js";
import { set, state } from "../state.js";
import { COLLECTION, percent } from "../words.js";

/**
 * @typedef {{wish: string, hex: string | null, share: number | null, position: [number, number] | null}} Why
 * @typedef {{id: string, distance: number, colors: {hex: string, weight: number}[], why: Why[]}} Match
 */

await styled("collection");

const TOP = 60;
let built = "", asked = "", stop = 0;

/** @param {Partial<Search>} patch */
const change = (patch) => state.search && set({ search: { ...state.search, ...patch } });

/** @param {string} name */
const at = (name) => `/collections/${encodeURIComponent(name)}`;

/** @param {string} name @param {string} id @param {number} width */
const address = (name, id, width) => `/api/v1${at(name)}/pictures?${new URLSearchParams({ id, width: String(width) })}`;

/** The colors of names, which the browser knows only of CSS; "" for others. @param {string} color */
function shown(color) {
  const plain = color.replace(/^any /i, "").replaceAll(" ", "");
  return CSS.supports("color", plain) ? plain : "";
}

/** Add a wish, unless it is there. @param {string} text */
function add(text) {
  const { search } = state, wish = wishOf(text);
  if (!search || !wish.color || search.wishes.some((one) => one.color === wish.color && one.no === wish.no)) return;
  change({ wishes: [...search.wishes, wish] });
}

/** The chip of a wish: its share, "none of this", and a button that removes it. @param {Wish} wish @param {number} i */
function chip(wish, i) {
  const others = () => (state.search?.wishes ?? []).filter((_, j) => j !== i);
  const become = (/** @type {Partial<Wish>} */ patch) => change({ wishes: (state.search?.wishes ?? []).map((one, j) => (j === i ? { ...one, ...patch } : one)) });
  const value = Math.round(parseFloat(wish.share) || 0);
  const said = (/** @type {number} */ share) => (share ? `${share}%` : COLLECTION.anySize);
  const output = el("output", {}, wish.share.includes("..") ? wish.share : said(value));
  const slider = el("input", { type: "range", min: "0", max: "100", value: String(value), id: `share-${i}`, "--at": `${value}%`, "aria-label": COLLECTION.share(wish.color), "aria-valuetext": said(value) });
  slider.addEventListener("input", () => {
    output.textContent = said(Number(slider.value));
    slider.style.setProperty("--at", `${slider.value}%`);
    slider.setAttribute("aria-valuetext", said(Number(slider.value)));
  });
  slider.addEventListener("change", () => become({ share: Number(slider.value) ? `${slider.value}%` : "" }));
  const none = el("button", { type: "button", className: "line", id: `none-${i}`, "aria-pressed": String(wish.no), onclick: () => become({ no: !wish.no, share: "" }) }, COLLECTION.none);
  const remove = el("button", { type: "button", className: "line icon", "aria-label": COLLECTION.remove(wish.color), onclick: () => (change({ wishes: others() }), document.getElementById("wish")?.focus()) }, icon("minus"));
  return el("li", { className: wish.no ? "wish no" : "wish" },
    el("div", { className: "row" }, el("span", { className: "named" }, el("i", { className: shown(wish.color) ? "dot" : "dot unknown", "--c": shown(wish.color) || "transparent", "aria-hidden": "true" }), el("span", {}, wish.color)), !wish.no && output),
    !wish.no && slider,
    el("div", { className: "acts" }, none, remove));
}

/** The picture to resemble: a place to drop one, or the one that was chosen. @param {Search} search */
function resembled({ name, like }) {
  const input = el("input", { type: "file", accept: "image/*", hidden: true, "aria-label": COLLECTION.choose });
  const take = async (/** @type {File} */ file) => {
    const sent = await felt(() => send(file), () => take(file));
    if (sent) change({ like: { digest: sent.picture, title: file.name } });
  };
  input.addEventListener("change", () => input.files?.[0] && take(input.files[0]));
  const src = like ? (like.digest ? `/api/v1/pictures/${like.digest}?width=320` : address(name, like.id ?? "", 320)) : "";
  const box = el("div", { className: "like", "data-takes": "" },
    el("h2", {}, COLLECTION.like),
    like && el("div", { className: "liked" }, el("img", { src, alt: "" }), el("span", {}, like.title), el("button", { type: "button", className: "line icon", "aria-label": COLLECTION.unlike, onclick: () => change({ like: null }) }, icon("minus"))),
    !like && el("p", { className: "hint fine" }, COLLECTION.drop),
    el("button", { type: "button", className: "line", id: "choose-like", onclick: () => input.click() }, COLLECTION.choose), input);
  box.addEventListener("given", (event) => take(/** @type {CustomEvent} */ (event).detail));
  return box;
}

/** @param {Search} search */
function side(search) {
  const field = el("input", { type: "text", id: "wish", autocomplete: "off", spellcheck: false, placeholder: COLLECTION.example, maxLength: 100 });
  const form = el("form", { className: "adding" }, el("label", { htmlFor: "wish" }, COLLECTION.wish), el("div", { className: "row" }, field, el("button", { className: "line" }, COLLECTION.add)));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    add(field.value);
  });
  const select = names.length > 1 && el("select", { id: "museum" }, ...names.map((name) => el("option", { value: name, selected: name === search.name }, name)));
  if (select) select.addEventListener("change", () => change({ name: select.value, like: null }));
  return el("div", { className: "side" },
    select && el("div", { className: "field two" }, el("label", { htmlFor: "museum" }, COLLECTION.title), el("span", { className: "select" }, select)),
    form,
    el("ul", { className: "wishes", "aria-label": COLLECTION.wishes }, ...search.wishes.map(chip)),
    resembled(search));
}

/** What a picture answered to a wish. @param {Why} why */
function answer({ wish, hex, share }) {
  if (!hex) return null;
  return el("li", {}, el("i", { className: "dot matched", "--c": hex, "aria-hidden": "true" }), `${wish.replace(/:.*/, "")} ${share === null ? "" : percent(share)}`);
}

/** @param {Match} match @param {number} i @param {Search} search */
function tile(match, i, search) {
  const rings = match.why.filter((why) => why.hex && why.position).map(({ hex, position }) => el("i", { className: "ring", "--c": hex, "--x": position?.[0], "--y": position?.[1] }));
  const image = el("img", { src: address(search.name, match.id, 320), alt: "", loading: "lazy" });
  const paper = el("span", { className: "paper", "aria-hidden": "true" }, image, ...rings);
  image.addEventListener("error", () => paper.classList.add("missing"), { once: true });
  const told = match.why.filter((why) => why.hex).map(({ wish, hex, share }) => `${wish.replace(/:.*/, "")}: ${hex}${share === null ? "" : `, ${percent(share)}`}`);
  const button = el("button", { type: "button", tabIndex: i === stop ? 0 : -1, "aria-label": COLLECTION.tile(match.id, told), title: COLLECTION.more, onclick: () => change({ like: { id: match.id, title: match.id } }) }, paper);
  button.addEventListener("focus", () => (stop = i));
  return el("li", {}, button,
    el("span", { className: "strip", "aria-hidden": "true" }, ...match.colors.toSorted((a, b) => b.weight - a.weight).map(({ hex, weight }) => el("i", { "--c": hex, "--w": weight }))),
    el("ul", { className: "answers" }, ...match.why.map(answer)),
    el("span", { className: "id", title: match.id }, match.id));
}

/** A picture for each color of the collection, no picture twice. @param {import("../types.js").CollectionColor[]} colors @returns {Match[]} */
function exemplars(colors) {
  /** @type {Set<string>} */
  const seen = new Set();
  return colors.flatMap(({ hex, name, exemplars: shown = [] }) => {
    const id = shown.find((one) => !seen.has(one));
    if (id === undefined) return [];
    seen.add(id);
    return [{ id, distance: 0, colors: [], why: [{ wish: name, hex, share: null, position: null }] }];
  });
}

/** Move between pictures with the keys. @param {KeyboardEvent} event */
function onKey(event) {
  const grid = /** @type {HTMLElement} */ (event.currentTarget), tiles = /** @type {HTMLElement[]} */ ([...grid.querySelectorAll("button")]);
  const now = tiles.findIndex((one) => one === document.activeElement);
  const across = Math.max(1, tiles.filter((one) => one.offsetTop === tiles[0].offsetTop).length);
  /** @type {Record<string, number>} */
  const to = { ArrowLeft: now - 1, ArrowRight: now + 1, ArrowUp: now - across, ArrowDown: now + across, Home: 0, End: tiles.length - 1 };
  const next = tiles[to[event.key]];
  if (now < 0 || !(event.key in to)) return;
  event.preventDefault();
  if (!next) return;
  tiles[now].tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}

/** The body of the request. @param {Search} search */
function query({ wishes, like }) {
  const given = { wishes: wishes.filter((wish) => !wish.no).map(textOf), without: wishes.filter((wish) => wish.no).map(textOf), top: TOP };
  return JSON.stringify(like ? { ...given, like: like.digest ? { picture: like.digest } : like.id } : given);
}

/** @param {HTMLElement} box @param {Search} search */
async function find(box, search) {
  const body = query(search), key = `${search.name} ${body}`;
  if (key === asked) return;
  asked = key;
  const results = /** @type {HTMLElement} */ (box.querySelector(".results")), told = /** @type {HTMLElement} */ (box.querySelector("#found-told"));
  if (!search.wishes.length && !search.like) {
    const colors = (await paletteOf(search.name).catch(() => [])) ?? [];
    if (asked !== key) return;
    results.replaceChildren(...exemplars(colors).map((match, i) => tile(match, i, search)));
    told.textContent = COLLECTION.nothing;
    box.dataset.drawn = key;
    return;
  }
  const found = await felt(() => json(`${at(search.name)}/find`, { method: "POST", body, headers: { "content-type": "application/json" } }), () => ((asked = ""), draw(box)));
  if (asked !== key || state.view !== "collection") return;
  stop = 0;
  const pictures = /** @type {Match[]} */ (found?.pictures ?? []);
  results.replaceChildren(...pictures.map((match, i) => tile(match, i, search)));
  told.textContent = !found ? "" : (found.empty ?? COLLECTION.found(pictures.length, found.fits, found.of));
  speak(told.textContent ?? "", 300);
  box.dataset.drawn = key;
}

/** @param {HTMLElement} box */
export async function draw(box) {
  const { search } = state;
  if (!search) return set({ view: "picture" });
  const key = JSON.stringify(search);
  if (!box.querySelector(".museum")) {
    built = asked = "";
    const strip = el("div", { className: "strip", role: "group", "aria-label": COLLECTION.strip });
    const results = el("ol", { className: "results", "aria-label": COLLECTION.results });
    results.addEventListener("keydown", onKey);
    box.replaceChildren(el("div", { className: "museum" }, el("div", { className: "hall" }, strip, el("p", { id: "found-told", className: "hint" }), results), el("div", { className: "side" })));
  }
  if (built !== key) {
    built = key;
    const held = document.activeElement?.id;
    box.querySelector(".side")?.replaceWith(side(search));
    if (held) document.getElementById(held)?.focus();
    felt(() => paletteOf(search.name), () => draw(box)).then((colors) => {
      if (!colors || state.search?.name !== search.name) return;
      box.querySelector(".strip")?.replaceChildren(...colors.map(({ hex, weight, name }) => el("button", { type: "button", "--c": hex, "--w": weight, title: `${name} ${hex}`, "aria-label": COLLECTION.look(name, hex), onclick: () => add(hex) })));
    });
  }
  await find(box, search);
}
