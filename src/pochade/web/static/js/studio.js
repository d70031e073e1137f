/** The modules that work on a palette; the empty page does not load them. */

import { startBar } from "./bar.js";
import { startControls } from "./controls.js";
import { startDetail } from "./detail.js";
import { styled } from "./dom.js";
import { startExport } from "./export.js";
import { startPans } from "./pans.js";
import { startPicture } from "./picture.js";
import { startPoints } from "./points.js";
import { startPreference } from "./preference.js";
import { startRegion } from "./region.js";
import { startViews } from "./views/index.js";

export { stepBack, tryAnother } from "./controls.js";
export { openExport } from "./export.js";
export { copyPan, focusPan, renaming } from "./pans.js";
export { adding } from "./points.js";
export { stopDrawing } from "./region.js";

await styled("studio");
startPicture();
startPans();
startBar();
startPoints();
startRegion();
startPreference();
startControls();
startDetail();
startViews();
startExport();
