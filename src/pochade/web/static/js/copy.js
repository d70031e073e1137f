/** Output of the page: the clipboard and file downloads. */

import { $, toast } from "./dom.js";
import { set } from "./state.js";
import { WORDS } from "./words.js";

/**
 * Copy text and confirm it; if the browser refuses, select the text so that the user can copy it.
 * @param {string} text
 * @param {string} [said]
 * @param {HTMLElement} [shown] the element that holds the text
 */
export async function copy(text, said = WORDS.copied(text), shown) {
  try {
    await navigator.clipboard.writeText(text);
    toast(said);
    return true;
  } catch {
    const node = shown ?? $("about");
    getSelection()?.selectAllChildren(node);
    set({ error: { words: WORDS.copyRefused } });
    return false;
  }
}

/** Save a file to the browser's downloads. @param {Blob} blob @param {string} name */
export function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  toast(WORDS.saved(name));
}

/** A file name from the picture's title, without characters that file systems refuse. @param {string} title */
export const stem = (title) => title.replace(/\.[a-z0-9]{2,5}$/i, "").replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "").toLowerCase() || "palette";
