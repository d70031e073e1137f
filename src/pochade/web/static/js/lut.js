/** Apply a color lookup table to a picture, with WebGL 2 or in a plain loop.
 *
 * The server's table holds the displacement of each lattice node in 1/64 of a code, ordered red, green, blue. Values
 * between nodes are interpolated within tetrahedra in integers, as in `pochade.kernel.displace`, so each pixel equals
 * the one in the saved picture.
 */

/** @typedef {{kind: "webgl" | "plain", paint: (moves: Int16Array, size: number) => void}} Painter */

const FULL = `#version 300 es
void main() { gl_Position = vec4(vec2(gl_VertexID & 1, gl_VertexID >> 1) * 4.0 - 1.0, 0, 1); }`;

const THROUGH = `#version 300 es
precision highp float;
precision highp int;
precision highp usampler2D;
precision highp isampler3D;
uniform usampler2D picture;
uniform isampler3D moves;
uniform int size, high;
out vec4 color;
ivec3 move(ivec3 node) { return texelFetch(moves, node.bgr, 0).rgb; }
void main() {
  uvec4 pixel = texelFetch(picture, ivec2(int(gl_FragCoord.x), high - 1 - int(gl_FragCoord.y)), 0);
  ivec3 code = ivec3(pixel.rgb);
  ivec3 along = code * ((size - 1) * 256) / 255;
  ivec3 node = min(along / 256, ivec3(size - 2));
  ivec3 part = along - node * 256;
  ivec3 rank = ivec3(int(part.g > part.r) + int(part.b > part.r), int(part.r >= part.g) + int(part.b > part.g), int(part.r >= part.b) + int(part.g >= part.b));
  ivec3 one = ivec3(equal(rank, ivec3(0)));
  ivec3 two = one + ivec3(equal(rank, ivec3(1)));
  int most = max(part.r, max(part.g, part.b)), least = min(part.r, min(part.g, part.b));
  int middle = part.r + part.g + part.b - most - least;
  ivec3 total = move(node) * (256 - most) + move(node + one) * (most - middle) + move(node + two) * (middle - least) + move(node + 1) * least;
  color = vec4(vec3(clamp(code + ((total + 8192) >> 14), 0, 255)), float(pixel.a)) / 255.0;
}`;

/** @param {WebGL2RenderingContext} gl */
function program(gl) {
  const made = gl.createProgram();
  for (const [kind, text] of /** @type {[number, string][]} */ ([[gl.VERTEX_SHADER, FULL], [gl.FRAGMENT_SHADER, THROUGH]])) {
    const shader = gl.createShader(kind);
    if (!shader) return null;
    gl.shaderSource(shader, text);
    gl.compileShader(shader);
    gl.attachShader(made, shader);
  }
  gl.linkProgram(made);
  return gl.getProgramParameter(made, gl.LINK_STATUS) ? made : null;
}

/** A texture without filtering. @param {WebGL2RenderingContext} gl @param {number} unit @param {number} kind */
function texture(gl, unit, kind) {
  gl.activeTexture(gl.TEXTURE0 + unit);
  gl.bindTexture(kind, gl.createTexture());
  for (const filter of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER]) gl.texParameteri(kind, filter, gl.NEAREST);
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {ImageData} picture
 * @param {boolean} [any] also accept software-rendered WebGL, which is slower than the plain painter
 * @returns {Painter | null} null without WebGL 2
 */
export function webglPainter(canvas, picture, any = false) {
  const gl = canvas.getContext("webgl2", { failIfMajorPerformanceCaveat: !any, alpha: true, premultipliedAlpha: false, antialias: false, depth: false, preserveDrawingBuffer: true });
  const through = gl && program(gl);
  if (!gl || !through || picture.width > gl.getParameter(gl.MAX_TEXTURE_SIZE) || picture.height > gl.getParameter(gl.MAX_TEXTURE_SIZE)) return null;
  const { width, height } = picture;
  gl.useProgram(through);
  gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1);
  texture(gl, 0, gl.TEXTURE_2D);
  gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA8UI, width, height, 0, gl.RGBA_INTEGER, gl.UNSIGNED_BYTE, new Uint8Array(picture.data.buffer));
  texture(gl, 1, gl.TEXTURE_3D);
  const at = (/** @type {string} */ name) => gl.getUniformLocation(through, name);
  gl.uniform1i(at("picture"), 0);
  gl.uniform1i(at("moves"), 1);
  gl.uniform1i(at("high"), height);
  return {
    kind: "webgl",
    paint(moves, size) {
      gl.viewport(0, 0, width, height);
      gl.texImage3D(gl.TEXTURE_3D, 0, gl.RGB16I, size, size, size, 0, gl.RGB_INTEGER, gl.SHORT, moves);
      gl.uniform1i(at("size"), size);
      gl.drawArrays(gl.TRIANGLES, 0, 3);
    },
  };
}

/** @param {HTMLCanvasElement} canvas @param {ImageData} picture @returns {Painter} */
export function plainPainter(canvas, picture) {
  const pen = canvas.getContext("2d");
  const out = new ImageData(picture.width, picture.height);
  return {
    kind: "plain",
    paint(moves, size) {
      displace(picture.data, out.data, moves, size);
      pen?.putImageData(out, 0, 0);
    },
  };
}

/** @param {Uint8ClampedArray} from RGBA @param {Uint8ClampedArray} to @param {Int16Array} moves @param {number} size */
function displace(from, to, moves, size) {
  const node = new Int32Array(256), part = new Int32Array(256);
  for (let code = 0; code < 256; code++) {
    const along = Math.floor((code * (size - 1) * 256) / 255);
    node[code] = Math.min(along >> 8, size - 2);
    part[code] = along - (node[code] << 8);
  }
  const red = 3 * size * size, green = 3 * size, blue = 3;
  for (let i = 0; i < from.length; i += 4) {
    const r = from[i], g = from[i + 1], b = from[i + 2];
    const x = part[r], y = part[g], z = part[b];
    const start = node[r] * red + node[g] * green + node[b] * blue;
    let most = x, middle = y, least = z, one = red, two = green;
    if (x >= y) {
      if (z > x) [most, middle, least, one, two] = [z, x, y, blue, red];
      else if (z > y) [middle, least, two] = [z, y, blue];
    } else if (x >= z) [most, middle, one, two] = [y, x, green, red];
    else if (z > y) [most, least, one] = [z, x, blue];
    else [most, middle, least, one, two] = [y, z, x, green, blue];
    const next = start + one, last = next + two, end = start + red + green + blue;
    const w = 256 - most, w1 = most - middle, w2 = middle - least;
    for (let c = 0; c < 3; c++) {
      const total = moves[start + c] * w + moves[next + c] * w1 + moves[last + c] * w2 + moves[end + c] * least;
      to[i + c] = from[i + c] + ((total + 8192) >> 14); // Uint8ClampedArray clamps
    }
    to[i + 3] = from[i + 3];
  }
}
