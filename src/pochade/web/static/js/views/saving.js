/** Buttons that save files from the server. */

import { save, stem } from "../copy.js";
import { el } from "../dom.js";
import { felt } from "../felt.js";
import { ofPicture } from "../solve.js";
import { state } from "../state.js";

/**
 * A button that saves the response of an address.
 * @param {string} words
 * @param {{path: string, asked: () => string, suffix: string, what: string, solid?: boolean, label?: string}} how `what` is appended to the picture's name
 */
export function saver(words, how) {
  const button = el("button", { type: "button", className: how.solid ? "solid" : "line", "aria-label": how.label });
  button.append(words);
  const run = async () => {
    if (button.getAttribute("aria-disabled") === "true") return;
    button.setAttribute("aria-disabled", "true");
    const blob = await felt(async () => (await ofPicture(how.path, how.asked())).blob(), run);
    button.removeAttribute("aria-disabled");
    if (blob) save(blob, `${stem(state.picture?.title ?? "picture")}-${how.what}${how.suffix}`);
  };
  button.addEventListener("click", run);
  return button;
}
