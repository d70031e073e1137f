/** What the palette is made of: the mood, the kinds of color to ignore, and a region of the picture. */

import { $, el } from "./dom.js";
import { dropdown } from "./pick.js";
import { clearRegion, drawRegion, toggleDrawing } from "./region.js";
import { change } from "./solve.js";
import { KINDS, on, state } from "./state.js";
import { titled } from "./words.js";

const box = $("preference");

function drawMood() {
  const moods = (state.lists.moods ?? []).map((entry) => ({ value: entry.name, label: entry.title ?? titled(entry.name) }));
  const field = dropdown("mood", "Mood", [{ value: "", label: "Any" }, ...moods], state.settings.mood, (mood) => change({ mood }));
  const held = document.activeElement?.id === "mood";
  box.querySelector("#mood")?.closest(".field")?.replaceWith(field);
  if (held) $("mood").focus();
}

/** A box for each kind of color that extract() can ignore. */
const kinds = () => KINDS.map((kind) => {
  const input = el("input", { type: "checkbox", value: kind });
  input.addEventListener("change", () => {
    const now = state.settings.ignore;
    change({ ignore: KINDS.filter((one) => (one === kind ? input.checked : now.includes(one))) });
  });
  return el("label", { className: "chip-box" }, input, el("span", {}, titled(kind)));
});

function mark() {
  const { ignore, region } = state.settings;
  for (const input of /** @type {NodeListOf<HTMLInputElement>} */ (box.querySelectorAll("#ignore input"))) input.checked = ignore.includes(input.value);
  $("region-clear").hidden = !region;
  $("region-draw").textContent = region ? "Draw again" : "Draw…";
  for (const id of ["region-draw", "region-clear"]) $(id).setAttribute("aria-disabled", String(!state.picture || Boolean(state.together)));
  drawRegion();
}

export function startPreference() {
  const button = (/** @type {string} */ id, /** @type {string} */ words, /** @type {(event: MouseEvent) => void} */ f) => el("button", { type: "button", className: "line", id, onclick: f }, words);
  box.replaceChildren(
    el("div", { className: "field" }, el("span", { id: "mood" })),
    el("fieldset", { className: "field kinds", id: "ignore" }, el("legend", {}, "Ignore"), el("div", { className: "chip-boxes" }, ...kinds())),
    el("div", { className: "field two", role: "group", "aria-label": "Region" }, el("span", { "aria-hidden": "true" }, "Region"), el("span", { className: "acts" },
      button("region-clear", "Whole picture", clearRegion), button("region-draw", "Draw…", toggleDrawing))),
  );
  drawMood();
  on(["lists", "settings"], drawMood);
  on(["settings", "picture", "together"], mark);
  mark();
}
