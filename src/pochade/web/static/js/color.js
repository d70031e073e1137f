/** sRGB, Oklab, OKLCH and WCAG contrast, for updates within one frame. The server computes everything else. */

/** @typedef {[number, number, number]} Triple */

/** sRGB codes, 0 to 255. @param {string} hex @returns {Triple} */
export function codes(hex) {
  const n = parseInt(hex.slice(1), 16);
  return [n >> 16, (n >> 8) & 255, n & 255];
}

/** @param {ArrayLike<number>} rgb codes 0 to 255 */
export const hexOf = (rgb) => "#" + [rgb[0], rgb[1], rgb[2]].map((c) => Math.round(c).toString(16).padStart(2, "0")).join("");

/** IEC 61966-2-1. @param {number} code */
const linear = (code) => {
  const c = code / 255;
  return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
};

/** Oklab lightness (0 to 1), a and b: Ottosson, "A perceptual color space for image processing" (2020). @param {string} hex @returns {Triple} */
export function oklab(hex) {
  const [r, g, b] = codes(hex).map(linear);
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

/** OKLCH lightness, chroma, and hue in degrees. @param {string} hex @returns {Triple} */
export function oklch(hex) {
  const [l, a, b] = oklab(hex);
  return [l, Math.hypot(a, b), ((Math.atan2(b, a) * 180) / Math.PI + 360) % 360];
}

/** Without zeros at the end. @param {number} n @param {number} digits */
const short = (n, digits) => String(Number(n.toFixed(digits)));

/**
 * The notations of a color: a name, the text to copy, and a remark. HSL and OKLCH have enough digits to give the same codes.
 * @param {string} hex
 * @returns {[name: string, text: string, about?: string][]}
 */
export function notations(hex) {
  const rgb = codes(hex), [r, g, b] = rgb.map((c) => c / 255);
  const high = Math.max(r, g, b), low = Math.min(r, g, b), chroma = high - low, light = (high + low) / 2;
  const sixth = !chroma ? 0 : high === r ? ((g - b) / chroma + 6) % 6 : high === g ? (b - r) / chroma + 2 : (r - g) / chroma + 4;
  const saturation = chroma && chroma / (1 - Math.abs(2 * light - 1));
  const [l, c, h] = oklch(hex);
  const ink = high ? [r, g, b].map((c) => 1 - c / high) : [0, 0, 0];
  return [
    ["HEX", hex.toUpperCase()],
    ["RGB", `rgb(${rgb.join(" ")})`],
    ["HSL", `hsl(${short(60 * sixth, 1)} ${short(100 * saturation, 1)}% ${short(100 * light, 1)}%)`],
    ["OKLCH", `oklch(${short(100 * l, 2)}% ${chroma ? `${short(c, 5)} ${short(h, 2)}` : "0 0"})`],
    ["CMYK", [...ink, 1 - high].map((part) => `${Math.round(100 * part)}%`).join(" "), "naive"],
  ];
}

/** Euclidean distance in Oklab, times 100. @param {string} one @param {string} other */
export function distance(one, other) {
  const a = oklab(one), b = oklab(other);
  return 100 * Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

/** Relative luminance of WCAG 2. @param {string} hex */
export function luminance(hex) {
  const [r, g, b] = codes(hex).map(linear);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Contrast ratio of WCAG 2, 1 to 21. @param {string} one @param {string} other */
export function contrast(one, other) {
  const a = luminance(one), b = luminance(other);
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

/** Black or white, the one with more contrast on a color. @param {string} hex */
export const onColor = (hex) => (contrast(hex, "#000000") >= contrast(hex, "#ffffff") ? "#000000" : "#ffffff");

/** Upper ends of the hues in OKLCH, for the plain names shown while a point is dragged. @type {[number, string][]} */
const HUES = [[12, "pink"], [42, "red"], [75, "orange"], [115, "yellow"], [160, "green"], [215, "teal"], [275, "blue"], [315, "purple"], [361, "pink"]];

/** A plain name, shown until the server sends the one of the vocabulary. @param {string} hex */
export function plainName(hex) {
  const [l, c, h] = oklch(hex);
  if (l < 0.16) return "Black";
  if (c < 0.03) return l > 0.95 ? "White" : l > 0.75 ? "Light gray" : l > 0.42 ? "Gray" : "Dark gray";
  const warm = h > 35 && h < 95 && l < 0.58;
  const hue = warm ? "brown" : (HUES.find(([end]) => h < end) ?? HUES[0])[1];
  const words = l > 0.8 ? `light ${hue}` : l < (warm ? 0.38 : 0.42) ? `dark ${hue}` : hue;
  return words[0].toUpperCase() + words.slice(1);
}
