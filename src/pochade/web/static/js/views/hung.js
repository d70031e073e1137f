/** A picture hung in a view: contained in its room, never upscaled past 2x. */

import { el } from "../dom.js";
import { state } from "../state.js";

/** @param {{width: number, height: number} | null} size @param {...(Node | null | false)} children */
export function hung(size, ...children) {
  const { width, height } = size ?? state.picture ?? { width: 3, height: 2 };
  return el("div", { className: "room" }, el("div", { className: "hung", "--w": width, "--ratio": width / height }, ...children));
}

/** An img that is there. @param {string} src @param {string} alt @returns {Promise<HTMLImageElement>} */
export async function loaded(src, alt) {
  const image = el("img", { src, alt, draggable: false });
  await image.decode().catch(() => {});
  return image;
}
