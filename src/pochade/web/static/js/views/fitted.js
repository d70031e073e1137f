/** A picture in a view: fitted to the available room, at most at 2x. */

import { el } from "../dom.js";
import { state } from "../state.js";

/** @param {{width: number, height: number} | null} size @param {...(Node | null | false)} children */
export function fitted(size, ...children) {
  const { width, height } = size ?? state.picture ?? { width: 3, height: 2 };
  return el("div", { className: "room" }, el("div", { className: "fitted", "--w": width, "--ratio": width / height }, ...children));
}

/** A decoded img. @param {string} src @param {string} alt @returns {Promise<HTMLImageElement>} */
export async function loaded(src, alt) {
  const image = el("img", { src, alt, draggable: false });
  await image.decode().catch(() => {});
  return image;
}
