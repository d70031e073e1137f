/** Recent pictures, stored in this browser only: thumbnail, palette and, up to 25 MB, the file. */

import { on, state } from "./state.js";

/** @typedef {{digest: string, title: string, thumb: Blob, colors: string[], file: Blob | null, address: string, when: number}} Kept */

const MAX_ENTRIES = 24, MAX_BYTES = 25e6, THUMB = 192;

/** @type {Promise<IDBDatabase> | null} */
let opened = null;

function database() {
  opened ??= new Promise((done, failed) => {
    const request = indexedDB.open("pochade", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("recent", { keyPath: "digest" });
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
  return opened;
}

/**
 * @template T
 * @param {IDBTransactionMode} mode
 * @param {(store: IDBObjectStore) => IDBRequest<T>} f
 * @returns {Promise<T>}
 */
async function within(mode, f) {
  const base = await database();
  return new Promise((done, failed) => {
    const request = f(base.transaction("recent", mode).objectStore("recent"));
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
}

/** The stored entries, newest first. @type {Kept[]} */
export let kept = [];

/** @type {(() => void)[]} */
const listeners = [];
export const onRecent = (/** @type {() => void} */ f) => listeners.push(f);
const tell = () => listeners.forEach((f) => f());

/** Ignore storage errors: without storage (private windows) the list lasts until the page closes. @param {Promise<unknown>} work */
const quietly = (work) => work.catch(() => {});

/** @param {Kept} entry */
async function keep(entry) {
  kept = [entry, ...kept.filter((other) => other.digest !== entry.digest)];
  for (const old of kept.splice(MAX_ENTRIES)) quietly(within("readwrite", (store) => store.delete(old.digest)));
  tell();
  await quietly(within("readwrite", (store) => store.put(entry)));
}

/** @param {string} digest */
export async function forgetOne(digest) {
  kept = kept.filter((entry) => entry.digest !== digest);
  tell();
  await quietly(within("readwrite", (store) => store.delete(digest)));
}

export async function forgetAll() {
  kept = [];
  tell();
  await quietly(within("readwrite", (store) => store.clear()));
}

/** @param {ImageBitmapSource} source */
async function thumbnail(source) {
  const whole = await createImageBitmap(source);
  const scale = Math.min(1, THUMB / Math.min(whole.width, whole.height));
  const canvas = new OffscreenCanvas(Math.max(1, Math.round(whole.width * scale)), Math.max(1, Math.round(whole.height * scale)));
  canvas.getContext("2d")?.drawImage(whole, 0, 0, canvas.width, canvas.height);
  whole.close();
  return canvas.convertToBlob({ type: "image/webp", quality: 0.8 }); // keeps transparency, unlike JPEG
}

/** @param {string} src of an img */
async function thumbnailOf(src) {
  const image = new Image();
  image.src = src;
  await image.decode();
  return thumbnail(image);
}

/** Store a file that was opened along with others. @param {File} file @param {string} title */
export async function keepForLater(file, title) {
  const thumb = await thumbnail(file).catch(() => null);
  if (thumb) await keep({ digest: `later-${title}-${file.size}`, title, thumb, colors: [], file, address: "", when: Date.now() });
}

/** @type {ReturnType<typeof setTimeout>} */
let soon;

/** Store the picture shown as the newest entry, 400 ms after the last change. */
function note() {
  clearTimeout(soon);
  const fresh = !kept.some((entry) => entry.digest === state.picture?.digest);
  soon = setTimeout(async () => {
    const { picture, pans, solved } = state;
    if (!picture?.digest || !solved || !pans.length || state.together) return;
    const old = kept.find((entry) => entry.digest === picture.digest);
    const thumb = old?.thumb ?? (await thumbnailOf(picture.src).catch(() => null));
    if (!thumb || state.picture !== picture) return;
    const file = picture.file && picture.file.size <= MAX_BYTES ? picture.file : null;
    const late = `later-${picture.title}-${picture.bytes}`;
    if (kept.some((entry) => entry.digest === late)) await forgetOne(late);
    await keep({ digest: picture.digest, title: picture.title, thumb, colors: pans.map((pan) => pan.hex), file, address: picture.address, when: old?.when ?? Date.now() });
  }, fresh ? 0 : 400);
}

export async function startRecent() {
  on(["solved", "pans"], note);
  /** @type {Kept[]} */
  const entries = await within("readonly", (store) => store.getAll()).catch(() => []);
  kept = entries.sort((a, b) => b.when - a.when);
  tell();
}
