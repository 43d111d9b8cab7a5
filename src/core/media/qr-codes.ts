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
    const code = find(picture);
    if (code === null) break;
    if (code.data !== '' && !texts.includes(code.data)) texts.push(code.data);
    cover(picture, code.location);
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

type Found = NonNullable<ReturnType<typeof jsQR>>;

function find({ data, width, height }: Picture): Found | null {
  try {
    return jsQR(data, width, height);
  } catch {
    return null;
  }
}

/** Paints the code's place white, so that the next look finds another. */
function cover({ data, width, height }: Picture, place: Found['location']): void {
  const corners = [
    place.topLeftCorner,
    place.topRightCorner,
    place.bottomLeftCorner,
    place.bottomRightCorner,
  ];
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
