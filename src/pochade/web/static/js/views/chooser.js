/** Choose a second picture: a recent one, a sample or a file. */

/** @import {Picture} from "../types.js" */
import { send } from "../api.js";
import { el } from "../dom.js";
import { felt } from "../felt.js";
import { VIEW_WIDTH, decoded } from "../open.js";
import { kept } from "../recent.js";
import { SAMPLES, frame, sampleFile } from "../sheet.js";
import { state } from "../state.js";

/** Upload a second picture. @param {Blob | string} source bytes, or an address @param {string} title @returns {Promise<Picture>} */
async function uploaded(source, title) {
  const sent = await send(source);
  const [file, address] = typeof source === "string" ? [null, source] : [source, ""];
  const own = file && URL.createObjectURL(file);
  const src = own && (await decoded(own)) ? own : `/api/v1/pictures/${sent.picture}?width=${VIEW_WIDTH}`;
  return { digest: sent.picture, title, src, width: sent.width, height: sent.height, bytes: sent.bytes, frames: sent.frames, file, address };
}

/**
 * The pictures to choose from, under a heading.
 * @param {string} heading
 * @param {(other: Picture) => void} chosen
 */
export function chooser(heading, chosen) {
  const take = async (/** @type {() => Promise<Blob | string>} */ source, /** @type {string} */ title) => {
    const other = await felt(async () => uploaded(await source(), title), () => take(source, title));
    if (other) chosen(other);
  };
  const file = el("input", { type: "file", accept: "image/*", hidden: true, "aria-label": "The other picture's file" });
  const given = (/** @type {File | undefined} */ one) => one && take(async () => one, one.name.replace(/\.[a-z0-9]{2,5}$/i, ""));
  file.addEventListener("change", () => given(file.files?.[0]));
  const late = kept.filter((entry) => (entry.file || entry.address) && entry.digest !== state.picture?.digest).map((entry) => {
    const src = URL.createObjectURL(entry.thumb);
    const node = frame(entry.title, src, entry.colors, false, () => take(async () => entry.file ?? entry.address, entry.title), "Take");
    node.querySelector("img")?.addEventListener("load", () => URL.revokeObjectURL(src));
    return node;
  });
  const titles = [state.picture?.title, ...kept.map((entry) => entry.title)];
  const samples = SAMPLES.filter((sample) => !titles.includes(sample.title)).map((sample) =>
    frame(sample.title, `/static/samples/${sample.name}-small.jpg`, sample.colors.split(" ").map((hex) => `#${hex}`), false, () => take(() => sampleFile(sample), sample.title), "Take"));
  const frames = [...late, ...samples].slice(0, 6).map((one) => el("li", {}, one));
  const node = el("div", { className: "others", "data-takes": "picture" },
    el("div", { className: "row" }, el("h2", {}, heading), el("button", { type: "button", className: "plain", onclick: () => file.click() }, "Browse…")),
    el("ul", { className: "frames" }, ...frames), file);
  node.addEventListener("given", (event) => event instanceof CustomEvent && given(event.detail));
  return node;
}
