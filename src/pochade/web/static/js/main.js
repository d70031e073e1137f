/** Wakes the parts, in the order in which they hear of changes. */

import { drawIcons } from "./dom.js";
import { loadLists, startControls } from "./controls.js";
import { startBar } from "./bar.js";
import { startExport } from "./export.js";
import { startKeys } from "./keys.js";
import { startLabel } from "./label.js";
import { startOpen } from "./open.js";
import { startPans } from "./pans.js";
import { startPicture } from "./picture.js";
import { startPoints } from "./points.js";
import { startRecent } from "./recent.js";
import { restore, startShare } from "./share.js";
import { startSheet } from "./sheet.js";
import { startSurround } from "./surround.js";
import { startViews } from "./views/index.js";

drawIcons();
startSurround();
startPicture();
startPans();
startBar();
startPoints();
startLabel();
startControls();
startViews();
startExport();
startOpen();
startSheet();
startShare();
startKeys();
restore();
startRecent();
loadLists();
