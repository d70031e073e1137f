/** Requests to the server. Every failure is thrown as a Problem, whose message can be shown. */

/** @import {Entry} from "./types.js" */
import { WORDS, size, upper } from "./words.js";

const BASE = "/api/v1";

/** An error response (RFC 9457); status 0 if nothing answered. */
export class Problem extends Error {
  /** @param {number} status @param {Record<string, any>} [body] */
  constructor(status, body = {}) {
    super(body.detail || body.title || `status ${status}`);
    this.status = status;
    this.body = body;
  }
}

/**
 * @param {string} path
 * @param {RequestInit} [init]
 * @returns {Promise<Response>}
 */
export async function call(path, init) {
  /** @type {Response} */
  let answer;
  try {
    answer = await fetch(BASE + path, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Problem(0);
  }
  if (answer.ok) return answer;
  const json = answer.headers.get("content-type")?.includes("json");
  throw new Problem(answer.status, json ? await answer.json().catch(() => ({})) : {});
}

/** @param {string} path @param {RequestInit} [init] */
export const json = async (path, init) => (await call(path, init)).json();

/** Whether a newer request canceled this one. @param {unknown} error */
export const aborted = (error) => error instanceof DOMException && error.name === "AbortError";

/** The server's notes on the picture, such as a frame that stands for many; no text if there are none. @param {Response} answer */
export const notesOf = (answer) => answer.headers.get("pochade-notes") ?? "";

/** The server's own time in milliseconds, from `Server-Timing`. @param {Response} answer */
export function serverTime(answer) {
  const times = [...(answer.headers.get("server-timing") ?? "").matchAll(/dur=([\d.]+)/g)];
  return times.length ? times.reduce((sum, [, ms]) => sum + Number(ms), 0) : null;
}

/**
 * Upload a picture; later requests name it by its digest.
 * @param {Blob | string} source bytes, or an address
 * @param {AbortSignal} [signal]
 * @returns {Promise<{picture: string, width: number, height: number, bytes: number, kind: string, frames: number}>}
 */
export async function send(source, signal) {
  const body = typeof source === "string" ? JSON.stringify({ url: source }) : source;
  const type = typeof source === "string" ? "application/json" : "application/octet-stream";
  const sent = await json("/pictures", { method: "POST", body, headers: { "content-type": type }, signal });
  held.add(sent.picture);
  return sent;
}

/** Digests of this page's pictures in the server's memory. @type {Set<string>} */
const held = new Set();

/** Delete the pictures from the server when the page closes; if the page comes back, it uploads them again. */
addEventListener("pagehide", () => {
  for (const digest of held) fetch(`${BASE}/pictures/${digest}`, { method: "DELETE", keepalive: true }).catch(() => {});
  held.clear();
});

/** The entries of a registry. @param {string} name @returns {Promise<Entry[]>} */
export async function list(name) {
  const answer = await json(`/${name}`);
  const entries = Array.isArray(answer) ? answer : (answer[name] ?? Object.values(answer)[0]);
  return entries.map((/** @type {any} */ entry) => (typeof entry === "string" ? { name: entry } : entry));
}

/**
 * The page's message for an error, or the server's if the page has none.
 * @param {unknown} error
 * @param {{address?: boolean, bytes?: number}} [about] the source that was being opened
 */
export function wordsFor(error, about = {}) {
  if (!(error instanceof Problem)) throw error;
  const { status, body } = error;
  if (status === 0) return WORDS.gone;
  if (status === 503) return WORDS.busy;
  const detail = String(body.detail ?? "").replace(/^the picture: |^https?:\S+: /, "");
  switch (String(body.type ?? "").split("/").pop()) {
    case "url-refused":
      return WORDS.urlBlocked;
    case "not-signed":
      return WORDS.urlSigned;
    case "url-failed":
      return WORDS.urlFailed(/answered (\d{3})/.exec(detail)?.[1] ?? detail.split(/\. |\.$/)[0]);
    case "not-a-picture":
      return about.address ? WORDS.urlFailed(detail.split(/[.;]/)[0]) : WORDS.notPicture(/known formats are ([^;.]+)/.exec(detail)?.[1] ?? READS);
    case "too-large": {
      const limit = /the ([\d.]+) MiB/.exec(detail);
      return limit && about.bytes ? WORDS.tooLarge(size(about.bytes), size(Number(limit[1]) * 2 ** 20)) : upper(detail || error.message);
    }
    case "ends-early":
      return WORDS.endsEarly;
    case "empty-picture":
      return /transparent/.test(detail) ? WORDS.transparent : upper(detail);
    default:
      return upper(detail || error.message);
  }
}

/** Formats that every server reads, used if its message lists none. */
const READS = "JPEG, PNG, WebP, GIF, TIFF, BMP";
