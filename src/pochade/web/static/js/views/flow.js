/** A flow chart of two palettes: shares as columns, and ribbons from each color to its counterparts. */

import { oklab } from "../color.js";

const SVG = "http://www.w3.org/2000/svg";
const WIDTH = 400, HEIGHT = 300, COLUMN = 22, APART = 2;

/** @typedef {{from: {hex: string, name: string}, to: {hex: string, name: string}, share: number, difference: number}} Flow */

/** @param {string} tag @param {Record<string, string | number>} given @param {...Element} children */
function create(tag, given, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(given)) node.setAttribute(name, String(value));
  node.append(...children);
  return node;
}

/** Layout of a column, from light to dark: the span of each color, and the height of a share of 1. @param {[string, number][]} shares */
function column(shares) {
  /** @type {Map<string, number>} */
  const all = new Map();
  for (const [hex, share] of shares) all.set(hex, (all.get(hex) ?? 0) + share);
  const ordered = [...all].sort((a, b) => oklab(b[0])[0] - oklab(a[0])[0]);
  const room = HEIGHT - APART * (ordered.length - 1);
  /** @type {Map<string, {y: number, high: number, used: number}>} */
  const spans = new Map();
  let y = 0;
  for (const [hex, share] of ordered) {
    spans.set(hex, { y, high: room * share, used: 0 });
    y += room * share + APART;
  }
  return { spans, room, order: ordered.map(([hex]) => hex) };
}

/** @param {Flow[]} flow @param {string} words description for screen readers */
export function ribbons(flow, words) {
  const before = column(flow.map((one) => [one.from.hex, one.share])), after = column(flow.map((one) => [one.to.hex, one.share]));
  const [left, right] = [COLUMN, WIDTH - COLUMN];
  const shades = create("defs", {}), paths = create("g", { class: "ribbons" }), boxes = create("g", {});
  const rank = (/** @type {Flow} */ one) => before.order.indexOf(one.from.hex) * 1000 + after.order.indexOf(one.to.hex);
  flow.toSorted((a, b) => rank(a) - rank(b)).forEach((one, i) => {
    const from = before.spans.get(one.from.hex), to = after.spans.get(one.to.hex);
    if (!from || !to) return;
    const [high, low] = [before.room * one.share, after.room * one.share];
    const [y, end] = [from.y + from.used, to.y + to.used];
    from.used += high;
    to.used += low;
    const half = (left + right) / 2;
    shades.append(create("linearGradient", { id: `flow-${i}` }, create("stop", { offset: 0, "stop-color": one.from.hex }), create("stop", { offset: 1, "stop-color": one.to.hex })));
    const d = `M${left} ${y}C${half} ${y} ${half} ${end} ${right} ${end}v${Math.max(low, 0.5)}C${half} ${end + low} ${half} ${y + high} ${left} ${y + Math.max(high, 0.5)}z`;
    paths.append(create("path", { d, fill: `url(#flow-${i})` }));
  });
  for (const [x, { spans }] of /** @type {[number, typeof before][]} */ ([[0, before], [right, after]])) {
    for (const [hex, { y, high }] of spans) boxes.append(create("rect", { x, y, width: COLUMN, height: Math.max(high, 1), fill: hex }));
  }
  const svg = create("svg", { class: "flow", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", role: "img", "aria-label": words }, shades, paths, boxes);
  return svg;
}
