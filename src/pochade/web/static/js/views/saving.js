/** Buttons that save files from the server. */

import { notesOf } from "../api.js";
import { save, stem } from "../copy.js";
import { el } from "../dom.js";
import { felt } from "../felt.js";
import { ofPicture } from "../solve.js";
import { set, state } from "../state.js";

/**
 * A button that saves the response of an address; the label says what the file leaves out.
 * @param {string} words
 * @param {{path: string, asked: () => string, suffix: string, what: string, solid?: boolean, label?: string}} how `what` is appended to the picture's name
 */
export function saver(words, how) {
  const button = el("button", { type: "button", className: how.solid ? "solid" : "line", "aria-label": how.label });
  button.append(words);
  const run = async () => {
    if (button.getAttribute("aria-disabled") === "true") return;
    button.setAttribute("aria-disabled", "true");
    const answer = await felt(async () => {
      const told = await ofPicture(how.path, how.asked());
      return { blob: await told.blob(), notes: notesOf(told) };
    }, run);
    button.removeAttribute("aria-disabled");
    if (!answer) return;
    save(answer.blob, `${stem(state.picture?.title ?? "picture")}-${how.what}${how.suffix}`);
    if (answer.notes) set({ told: answer.notes });
  };
  button.addEventListener("click", run);
  return button;
}
