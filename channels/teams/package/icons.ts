import { crc32, deflateSync } from 'node:zlib';

/** A place in a picture whose sides are 1. */
interface Point {
  readonly x: number;
  readonly y: number;
}

/** Red, green, blue and opacity, 0 to 255. */
type Colour = readonly [number, number, number, number];

const PAPER: Colour = [255, 255, 255, 255];
const BRAND: Colour = [11, 90, 107, 255];
const NOTHING: Colour = [255, 255, 255, 0];
/** Samples per side of a pixel: edges become smooth. */
const SAMPLES = 4;

/** The colour icon: 192 pixels, the balloon within the inner 120 of them, the ground up to the edge. */
export function colourIcon(): Buffer {
  return draw(192, (point) => (inBalloon(scaled(point, 120 / 192), 0) ? PAPER : BRAND));
}

/** The outline icon: 32 pixels, white lines on nothing. */
export function outlineIcon(): Buffer {
  const line = 0.075;
  return draw(32, (point) => (inBalloon(scaled(point, 0.94), 0) && !inBalloon(scaled(point, 0.94), line) ? PAPER : NOTHING));
}

function scaled({ x, y }: Point, by: number): Point {
  return { x: (x - 0.5) / by + 0.5, y: (y - 0.5) / by + 0.5 };
}

/** Whether a place is in the speech balloon, made smaller by a margin: a rounded box and the tail below it. */
function inBalloon({ x, y }: Point, margin: number): boolean {
  const box = { left: 0.03 + margin, right: 0.97 - margin, top: 0.06 + margin, bottom: 0.74 - margin };
  const radius = Math.max(0.14 - margin, 0.02);
  const dx = Math.max(box.left + radius - x, x - (box.right - radius), 0);
  const dy = Math.max(box.top + radius - y, y - (box.bottom - radius), 0);
  if (x >= box.left && x <= box.right && y >= box.top && y <= box.bottom && Math.hypot(dx, dy) <= radius) return true;
  // The tail: upright at its left, slanting at its right; narrower by the margin on each side.
  const [left, right, top, tip] = [0.24 + margin, 0.5 - margin * 1.4, 0.74 - margin, 0.96 - margin * 2.4];
  return y >= top && y <= tip && x >= left && x <= right - (y - top) * ((right - left) / (tip - top));
}

/** A PNG (W3C PNG, third edition): eight bits of red, green, blue and opacity per pixel, no filter. */
function draw(side: number, colourAt: (point: Point) => Colour): Buffer {
  const rows = Buffer.alloc(side * (side * 4 + 1));
  for (let y = 0; y < side; y++) for (let x = 0; x < side; x++) rows.set(pixel(x, y, side, colourAt), y * (side * 4 + 1) + 1 + x * 4);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([8, 6, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** The mean of the samples, each colour counted by its opacity. */
function pixel(x: number, y: number, side: number, colourAt: (point: Point) => Colour): Colour {
  const sum: [number, number, number, number] = [0, 0, 0, 0];
  for (let i = 0; i < SAMPLES * SAMPLES; i++) {
    const [dx, dy] = [((i % SAMPLES) + 0.5) / SAMPLES, (Math.floor(i / SAMPLES) + 0.5) / SAMPLES];
    const [red, green, blue, opacity] = colourAt({ x: (x + dx) / side, y: (y + dy) / side });
    sum[0] += red * opacity;
    sum[1] += green * opacity;
    sum[2] += blue * opacity;
    sum[3] += opacity;
  }
  const [red, green, blue, opacity] = sum;
  if (opacity === 0) return NOTHING;
  return [Math.round(red / opacity), Math.round(green / opacity), Math.round(blue / opacity), Math.round(opacity / (SAMPLES * SAMPLES))];
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
