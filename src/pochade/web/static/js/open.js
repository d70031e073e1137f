/** Open a picture: drop, paste, browse, camera, address, sample, recent. */

import { Problem, aborted, send, wordsFor } from "./api.js";
import { $, el, toast, touch } from "./dom.js";
import { keepForLater } from "./recent.js";
import { solve } from "./solve.js";
import { forget, set, setSettings, state } from "./state.js";
import { WORDS } from "./words.js";

/** Width of the server's preview of a picture that browsers cannot show, in pixels. */
export const VIEW_WIDTH = 1600;

/** @type {AbortController | null} */
let opening = null;

/** Width and height of an image, or null if the browser cannot decode it. @param {string} src @returns {Promise<{width: number, height: number} | null>} */
export function decoded(src) {
  const image = new Image();
  image.src = src;
  return image.decode().then(
    () => ({ width: image.naturalWidth, height: image.naturalHeight }),
    () => null,
  );
}

/** The address of the first frame of an animation as a still, which the points can lie on. @param {Blob} file */
async function firstFrame(file) {
  const bitmap = await createImageBitmap(file);
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  canvas.getContext("2d")?.drawImage(bitmap, 0, 0);
  bitmap.close();
  return URL.createObjectURL(await canvas.convertToBlob());
}

/** The state to restore if opening fails. */
const snapshot = () => ({ picture: state.picture, pans: state.pans, solved: state.solved, took: state.took, together: state.together });

/** Show a file at once, and request its palette. @param {Blob} file @param {string} title */
export async function openFile(file, title) {
  opening?.abort();
  const mine = (opening = new AbortController());
  const before = snapshot();
  const src = URL.createObjectURL(file);
  const sending = send(file, mine.signal);
  sending.catch(() => {});
  const local = await decoded(src);
  if (mine.signal.aborted) return;
  set({ error: null });
  if (local) set({ picture: { digest: "", title, src, ...local, bytes: file.size, frames: 1, file, address: "" }, solved: null, together: null, offered: [] });
  try {
    const sent = await sending;
    const still = local && sent.frames > 1 ? await firstFrame(file).catch(() => "") : "";
    const view = still || (local && sent.frames === 1 ? src : `/api/v1/pictures/${sent.picture}?width=${VIEW_WIDTH}`);
    if (view !== src) await decoded(view);
    shown(before, { digest: sent.picture, title, src: view, width: sent.width, height: sent.height, bytes: sent.bytes ?? file.size, frames: sent.frames, file, address: "" });
  } catch (error) {
    failed(error, before, { bytes: file.size }, () => openFile(file, title));
  }
}

/** Open a picture by its address; the server fetches it. @param {string} address */
export async function openAddress(address) {
  opening?.abort();
  const mine = (opening = new AbortController());
  const before = snapshot();
  const timer = setTimeout(() => set({ waiting: WORDS.getting, cancel: () => mine.abort() }), 400);
  set({ error: null });
  try {
    const sent = await send(address, mine.signal);
    const src = `/api/v1/pictures/${sent.picture}?width=${VIEW_WIDTH}`;
    await decoded(src);
    const path = decodeURIComponent(new URL(address).pathname);
    const title = path.split("/").pop()?.replace(/\.[a-z0-9]{2,5}$/i, "") || new URL(address).hostname;
    $("url", HTMLInputElement).value = "";
    shown(before, { digest: sent.picture, title, src, width: sent.width, height: sent.height, bytes: sent.bytes, frames: sent.frames, file: null, address });
  } catch (error) {
    failed(error, before, { address: true }, () => openAddress(address));
  } finally {
    clearTimeout(timer);
    set({ waiting: "", cancel: null });
  }
}

/** @param {ReturnType<typeof snapshot>} before @param {NonNullable<typeof state.picture>} picture */
function shown(before, picture) {
  forget();
  const pans = state.pans.map((pan) => ({ ...pan, locked: false, moved: false }));
  set({ picture, solved: null, pans, error: null, view: state.view === "film" ? "picture" : state.view, took: null, together: null, offered: [] });
  setSettings({ seed: 0, avoid: [], region: before.picture ? null : state.settings.region }); // a link's region waits for its picture
  document.title = `${picture.title} - pochade`;
  solve({ before: null });
}

/** @param {unknown} error @param {ReturnType<typeof snapshot>} before @param {{address?: boolean, bytes?: number}} about @param {() => void} retry */
function failed(error, before, about, retry) {
  if (aborted(error)) return;
  set({ ...before, error: { words: wordsFor(error, about), retry: error instanceof Problem ? retry : undefined } });
}

/** Open the first of several files, add the others to Recent, and offer one palette of all. @param {Iterable<File>} list */
export async function openFiles(list) {
  const files = [...list];
  if (!files.length) return;
  const film = files.find(isFilm);
  if (film) {
    if (files.length > 1) toast(WORDS.someOpened(files.length));
    return (await import("./film.js")).openFilm(film);
  }
  const opened = openFile(files[0], titleOf(files[0]));
  if (files.length === 1) return;
  toast(WORDS.someOpened(files.length));
  for (const file of files.slice(1)) keepForLater(file, titleOf(file));
  await opened;
  if (state.picture?.file === files[0] && !state.error) set({ offered: files.map((file) => ({ file, title: titleOf(file) })) });
}

/** @param {File} file */
const isFilm = (file) => file.type.startsWith("video/") || (!file.type.startsWith("image/") && /\.(mkv|mov|mp4|m4v|webm|avi|mts|m2ts|mxf|ogv|wmv|flv|mpe?g|3gp)$/i.test(file.name));

/** @param {File} file */
const titleOf = (file) => file.name.replace(/\.[a-z0-9]{2,5}$/i, "") || "Picture";

/** Show the file chooser, or the opening dialog if the browser requires a click for the chooser. */
export function browse() {
  if (navigator.userActivation?.isActive ?? true) $("file").click();
  else $("opener", HTMLDialogElement).showModal();
}

/** @param {ClipboardEvent} event */
function pasted(event) {
  if (event.target instanceof Element && event.target.closest("input, textarea")) return;
  const data = event.clipboardData;
  const file = [...(data?.files ?? [])].find((one) => one.type.startsWith("image/")) ?? data?.files[0];
  const text = data?.getData("text/plain").trim() ?? "";
  if (file && isFilm(file)) openFiles([file]);
  else if (file) openFile(file, file.name && file.name !== "image.png" ? titleOf(file) : "Pasted picture");
  else if (/^https?:\/\/\S+$/i.test(text)) openAddress(text);
  else set({ error: { words: WORDS.clipboardEmpty } });
}

function droppable() {
  let depth = 0;
  const letting = (/** @type {boolean} */ whether) => {
    document.body.classList.toggle("letting", whether);
    $("drop-words").textContent = whether ? "Let go" : "Drop a picture";
  };
  addEventListener("dragenter", (event) => {
    event.preventDefault();
    depth += 1;
    letting(true);
  });
  addEventListener("dragover", (event) => event.preventDefault());
  addEventListener("dragleave", () => {
    depth = Math.max(0, depth - 1);
    if (!depth) letting(false);
  });
  addEventListener("drop", (event) => {
    event.preventDefault();
    depth = 0;
    letting(false);
    const data = event.dataTransfer;
    const address = data?.getData("text/uri-list") || data?.getData("text/plain") || "";
    // A view may take the picture for itself.
    const taker = event.target instanceof Element && event.target.closest("[data-takes]");
    if (taker && data?.files.length) taker.dispatchEvent(new CustomEvent("given", { detail: data.files[0] }));
    else if (data?.files.length) openFiles(data.files);
    else if (/^https?:/.test(address)) openAddress(address.split("\n")[0]);
  });
}

/** The dialog that opens another picture. */
function opener() {
  const dialog = $("opener", HTMLDialogElement);
  const url = el("input", { type: "url", id: "opener-url", placeholder: "Paste a picture address", required: true, autocomplete: "off", spellcheck: false });
  const form = el("form", { className: "address" }, el("label", { className: "unseen", htmlFor: "opener-url" }, "Picture address"), url, el("button", {}, "Get"));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    dialog.close();
    openAddress(url.value);
  });
  const way = (/** @type {string} */ words, /** @type {string} */ kind, /** @type {() => void} */ f) =>
    el("button", { type: "button", className: kind, onclick: () => (dialog.close(), f()) }, words);
  dialog.replaceChildren(
    el("h2", { id: "opener-head" }, "Open a picture"),
    el("p", {}, touch() ? "From your photos, the camera or the clipboard." : "Or drop one anywhere on this page, or paste one from the clipboard."),
    el("div", { className: "ways" }, way("Browse…", "solid", browse), touch() && way("Camera", "line", () => $("shot").click()), form),
  );
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  $("open").addEventListener("click", () => dialog.showModal());
}

export function startOpen() {
  droppable();
  opener();
  addEventListener("paste", pasted);
  $("browse").addEventListener("click", browse);
  $("camera").addEventListener("click", () => $("shot").click());
  for (const id of ["file", "shot"]) {
    const input = $(id, HTMLInputElement);
    input.addEventListener("change", () => {
      openFiles(input.files ?? []);
      input.value = "";
    });
  }
  $("address").addEventListener("submit", (event) => {
    event.preventDefault();
    openAddress($("url", HTMLInputElement).value);
  });
}
