/**
 * QR codes in PNG and JPEG pictures, decoded on this machine by JavaScript alone (jsQR, Apache-2.0; pngjs, MIT;
 * jpeg-js, BSD-3-Clause). A code that is found is covered and the picture looked at again, up to a limit,
 * because group pictures often hold two.
 */
import jpeg from 'jpeg-js';
import jsqr from 'jsqr';
import { PNG } from 'pngjs';

/** The package is CommonJS: its default export is the module itself, whatever its types say. */
const jsQR = jsqr as unknown as typeof jsqr.default;

/** Types that can be looked into. */
export const READABLE = new Set(['image/png', 'image/jpeg']);
/** Pixels of the largest picture that is decoded: 4 bytes each in memory. */
const PIXELS = 24_000_000;
const MOST_CODES = 4;
/** Pixels that are searched at a time; more are thinned out. */
const SCANNED_PIXELS = 2_000_000;
/** Pixels of the smallest side that can hold a code: 21 modules. */
const SMALLEST = 21;

interface Picture {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}

/** Texts of the QR codes in a picture; null where the picture cannot be decoded. Never throws. */
export function qrCodes(bytes: Uint8Array, type: string): string[] | null {
  const picture = decode(bytes, type);
  if (picture === null) return null;
  const texts: string[] = [];
  for (let tries = 0; tries < MOST_CODES; tries++) {
    const found = findIn(picture);
    if (found === null) break;
    if (found.text !== '' && !texts.includes(found.text)) texts.push(found.text);
    cover(picture, found);
  }
  return texts;
}

function decode(bytes: Uint8Array, type: string): Picture | null {
  try {
    const size = type === 'image/png' ? pngSize(bytes) : null;
    if (size !== null && size > PIXELS) return null;
    const { data, width, height } =
      type === 'image/png'
        ? PNG.sync.read(Buffer.from(bytes))
        : jpeg.decode(bytes, { useTArray: true, maxResolutionInMP: PIXELS / 1e6, maxMemoryUsageInMB: 256 });
    return { data: new Uint8ClampedArray(data), width, height };
  } catch {
    // A damaged picture is one that nothing has examined; the inventory says so.
    return null;
  }
}

/** Pixels that the header of a PNG states; decoding one that lies would fill memory. */
function pngSize(bytes: Uint8Array): number {
  if (bytes.length < 24) return 0;
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  return view.readUInt32BE(16) * view.readUInt32BE(20);
}

/** Text of a code and the corners of its place, in pixels of the whole picture. */
interface Found {
  readonly text: string;
  readonly corners: readonly { readonly x: number; readonly y: number }[];
}

/** The picture as a whole, then its halves: two codes beside each other hide each other from the reader. */
function findIn(picture: Picture): Found | null {
  const { width, height } = picture;
  const halfWidth = Math.ceil(width / 2);
  const halfHeight = Math.ceil(height / 2);
  return (
    findAt(picture, 0, 0, width, height) ??
    findAt(picture, 0, 0, halfWidth, height) ??
    findAt(picture, width - halfWidth, 0, halfWidth, height) ??
    findAt(picture, 0, 0, width, halfHeight) ??
    findAt(picture, 0, height - halfHeight, width, halfHeight)
  );
}

/** A code in a rectangle, which is read at every n-th pixel where it is large: codes have coarse modules. */
function findAt(picture: Picture, left: number, top: number, width: number, height: number): Found | null {
  const step = Math.max(1, Math.ceil(Math.sqrt((width * height) / SCANNED_PIXELS)));
  const columns = Math.floor(width / step);
  const rows = Math.floor(height / step);
  if (columns < SMALLEST || rows < SMALLEST) return null;
  const part = new Uint8ClampedArray(columns * rows * 4);
  for (let y = 0, to = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++, to += 4) {
      const from = ((top + y * step) * picture.width + left + x * step) * 4;
      part.set(picture.data.subarray(from, from + 4), to);
    }
  }
  try {
    const code = jsQR(part, columns, rows);
    if (code === null) return null;
    const { topLeftCorner, topRightCorner, bottomLeftCorner, bottomRightCorner } = code.location;
    const corners = [topLeftCorner, topRightCorner, bottomLeftCorner, bottomRightCorner];
    return {
      text: code.data,
      corners: corners.map(({ x, y }) => ({ x: left + x * step, y: top + y * step })),
    };
  } catch {
    return null;
  }
}

/** Paints the code's place white, so that the next look finds another. */
function cover({ data, width, height }: Picture, { corners }: Found): void {
  const bound = (values: number[], most: number) => [
    Math.max(0, Math.floor(Math.min(...values))),
    Math.min(most, Math.ceil(Math.max(...values)) + 1),
  ];
  const [left = 0, right = 0] = bound(
    corners.map(({ x }) => x),
    width,
  );
  const [top = 0, bottom = 0] = bound(
    corners.map(({ y }) => y),
    height,
  );
  for (let y = top; y < bottom; y++) data.fill(255, (y * width + left) * 4, (y * width + right) * 4);
}
