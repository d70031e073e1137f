/** Conversion from OKLCH to sRGB, for sliders and for drags on a swatch. */

import { codes, hexOf } from "./color.js";

/** The sRGB code of a linear value, unclamped: IEC 61966-2-1. @param {number} linear */
export const codeOf = (linear) => 255 * (linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055);

/** Linear red, green and blue: Ottosson, "A perceptual color space for image processing" (2020). @param {number} light @param {number} a @param {number} b */
function linear(light, a, b) {
  const l = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (light - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s, -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s, -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s];
}

/** Tolerance of the gamut check: half of the smallest step between codes, in linear light. */
const SLACK = 2e-4;

/** @param {number} light @param {number} chroma @param {number} hue */
const mixed = (light, chroma, hue) => linear(light, chroma * Math.cos((hue * Math.PI) / 180), chroma * Math.sin((hue * Math.PI) / 180));
const inside = (/** @type {number[]} */ rgb) => rgb.every((part) => part >= -SLACK && part <= 1 + SLACK);

/** The sRGB color of an OKLCH color; outside the gamut, chroma is reduced. @param {number} light 0 to 1 @param {number} chroma @param {number} hue in degrees */
export function hexOfOklch(light, chroma, hue) {
  let [low, high] = [0, chroma];
  if (inside(mixed(light, chroma, hue))) low = chroma;
  else for (let i = 0; i < 20; i++) {
    const half = (low + high) / 2;
    if (inside(mixed(light, half, hue))) low = half;
    else high = half;
  }
  return hexOf(mixed(light, low, hue).map((part) => Math.min(255, Math.max(0, codeOf(Math.min(1, Math.max(0, part)))))));
}

/** "#rrggbb" from typed text, or null. @param {string} text */
export function hexIn(text) {
  const digits = /^#?([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(text.trim())?.[1].toLowerCase();
  if (!digits) return null;
  return hexOf(codes(`#${digits.length === 3 ? [...digits].map((digit) => digit + digit).join("") : digits}`));
}
