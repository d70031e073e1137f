/**
 * The nouns that the modules share. Nothing runs here; other files name these types in JSDoc.
 *
 * @typedef {object} Pan one color of the palette, as the page holds it
 * @property {number} id stays with the color while it moves about
 * @property {string} hex "#rrggbb", lower case
 * @property {number} weight share of the picture, 0 to 1
 * @property {[number, number] | null} position where it lies, 0 to 1 from the top left
 * @property {string} name
 * @property {boolean} own named by hand
 * @property {boolean} locked
 * @property {boolean} moved taken from the picture by hand
 *
 * @typedef {object} Settings what is asked of the server; names are those of extract()
 * @property {number | "auto"} k
 * @property {string} method
 * @property {string} space
 * @property {string} order a registered order, or "mine"
 * @property {string} mood "" for none
 * @property {string} names a registered vocabulary
 * @property {number} seed
 * @property {string[]} avoid
 * @property {Record<string, string>} options the method's own, where they differ from its defaults
 *
 * @typedef {object} Recolored the colors as they were edited in Recolor
 * @property {Record<number, string>} to hex by the id of a pan; its own hex where it is held
 * @property {string} tone how lightness follows, "" as the server does by default
 * @property {string} reason what was done, in the server's words
 *
 * @typedef {object} Picture
 * @property {string} digest "" until the server holds it
 * @property {string} title
 * @property {string} src what the img shows
 * @property {number} width
 * @property {number} height
 * @property {number} bytes
 * @property {Blob | null} file
 * @property {string} address where it was fetched, or ""
 *
 * @typedef {object} Option one option as the server's schema tells it
 * @property {string} name
 * @property {string} type "integer", "number", "boolean", "string" or "enum"
 * @property {any} default
 * @property {any[]} [choices]
 * @property {number} [minimum] the least that is allowed
 * @property {number} [exclusiveMinimum] what it must exceed
 * @property {number} [maximum]
 * @property {string} [title]
 * @property {string} [summary]
 *
 * @typedef {object} Entry one entry of a registry
 * @property {string} name
 * @property {string} [title]
 * @property {string} [summary]
 * @property {Option[]} [options]
 * @property {string[]} [spaces]
 * @property {string} [suffix]
 * @property {string} [media_type]
 *
 * @typedef {{hex: string, weight: number, position: [number, number] | null, name: string}} Found a color as the server tells it
 * @typedef {{k: number, requested: number | string, colors: Found[], coolors: string}} Answer
 */
export {};
