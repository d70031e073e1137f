/**
 * Types that the modules share, for JSDoc.
 *
 * @typedef {object} Pan one color of the palette
 * @property {number} id constant while the color moves
 * @property {string} hex "#rrggbb", lower case
 * @property {number} weight share of the picture, 0 to 1
 * @property {[number, number] | null} position 0 to 1 from the top left
 * @property {boolean} [accent] small, chromatic and unlike the larger colors
 * @property {string} name
 * @property {boolean} own whether the user named it
 * @property {boolean} locked
 * @property {boolean} moved whether the user took it from the picture
 *
 * @typedef {object} Settings options for the server, named as in extract()
 * @property {number | "auto"} k
 * @property {string} method
 * @property {string} space
 * @property {string} order a registered order, or "mine"
 * @property {string} mood "" for none
 * @property {string[]} ignore kinds of color
 * @property {[number, number, number, number] | null} region left, top, right, bottom, 0 to 1; null for all
 * @property {string} names a registered vocabulary
 * @property {number} seed
 * @property {string[]} avoid
 * @property {Record<string, string>} options the method's own, unless equal to its defaults
 *
 * @typedef {object} Recolored the edits made in Recolor
 * @property {Record<number, string>} to hex by pan id; a pan's own hex keeps the color fixed
 * @property {string} tone the server's option, "" for its default
 * @property {string} reason the server's sentence about the edits
 *
 * @typedef {object} Picture
 * @property {string} digest "" until the server holds it
 * @property {string} title
 * @property {string} src of the img
 * @property {number} width
 * @property {number} height
 * @property {number} bytes
 * @property {number} frames
 * @property {Blob | null} file
 * @property {string} address its URL, or "" for a file
 *
 * @typedef {object} FilmColor a color of a film's palette
 * @property {string} hex
 * @property {number} weight
 * @property {string} name
 *
 * @typedef {object} Shot a shot of a film
 * @property {number} number from 1
 * @property {number} start in seconds
 * @property {number} end
 * @property {string} timecode
 * @property {string} transition "start", "cut" or "gradual"
 * @property {FilmColor[]} palette
 *
 * @typedef {object} Film
 * @property {string} job its id, "" until it is sent
 * @property {string} title
 * @property {number} bytes
 * @property {string} state "sending", then that of the server's job
 * @property {number | null} share of the bytes while it is sent, then of the film; null if unknown
 * @property {number | null} left seconds
 * @property {Shot[]} shots so far
 * @property {number | null} length in seconds, once it is counted
 * @property {{columns: [number, number, string, number][], stacks: [string, number][][]} | null} slices finer than shots, once it is done
 * @property {{start: number, end: number, title: string}[]} chapters of the container
 * @property {FilmColor[] | null} palette of the whole, once it is counted
 * @property {number | null} chosen the number of a shot, 0 for the whole film, null until someone chooses
 *
 * @typedef {object} CollectionColor a color of the palette of a collection
 * @property {string} hex
 * @property {number} weight
 * @property {string} name
 * @property {string[]} [exemplars] the ids of the pictures that show most of it
 *
 * @typedef {object} Wish a color that pictures of a collection should have
 * @property {string} color a name, "any green" or "#rrggbb"
 * @property {string} share "" for any size, "60%" or "2%..10%"
 * @property {boolean} no whether they should have none of it
 *
 * @typedef {object} Search in a collection
 * @property {string} name of the collection
 * @property {Wish[]} wishes
 * @property {{id?: string, digest?: string, title: string} | null} like a picture to resemble, of the collection or in memory
 *
 * @typedef {object} Option one option of the server's schema
 * @property {string} name
 * @property {string} type "integer", "number", "boolean", "string" or "enum"
 * @property {any} default
 * @property {any[]} [choices]
 * @property {number} [minimum] smallest allowed value
 * @property {number} [exclusiveMinimum] bound that it must exceed
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
 * @typedef {{hex: string, weight: number, position: [number, number] | null, name: string, accent: boolean}} AnswerColor a color of the server's answer
 * @typedef {{k: number | string, colors: AnswerColor[], coolors: string, notes?: string[]}} Answer
 */
export {};
