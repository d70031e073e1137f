/** The modules that work on a palette; the empty page does not load them. */

import { startBar } from "./bar.js";
import { startControls } from "./controls.js";
import { startExport } from "./export.js";
import { startPans } from "./pans.js";
import { startPicture } from "./picture.js";
import { startPoints } from "./points.js";
import { startViews } from "./views/index.js";

export { stepBack, tryAnother } from "./controls.js";
export { openExport } from "./export.js";
export { copyPan, focusPan, renaming } from "./pans.js";
export { adding } from "./points.js";

startPicture();
startPans();
startBar();
startPoints();
startControls();
startViews();
startExport();
