/** Entry point: start the empty page (opening, recent pictures, links), and load the studio with the first picture. */

import { drawIcons } from "./dom.js";
import { startKeys, useStudio } from "./keys.js";
import { startLabel } from "./label.js";
import { startOpen } from "./open.js";
import { startRecent } from "./recent.js";
import { restore, startShare } from "./share.js";
import { startSheet } from "./sheet.js";
import { on, state } from "./state.js";
import { startSurround } from "./surround.js";

drawIcons();
startSurround();
startLabel();
startOpen();
startSheet();
startShare();
startKeys();
on(["picture", "pans", "film", "search"], () => {
  if (state.picture || state.pans.length || state.film || state.search) import("./studio.js").then(useStudio);
});
restore();
startRecent();
if (document.documentElement.dataset.collections) import("./collection.js");
