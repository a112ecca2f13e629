/**
 * Makes a picture of the window small: at most 256 colours, as PNG. Pictures of text and lines hold few colours but their blends, so
 * the most frequent ones stay exact and the rest find one close by. The same picture gives the same bytes.
 */
import { crc32, deflateSync, inflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const MOST_COLOURS = 256;
/** Colours that stay as they are; the others of the palette stand for what is left. */
const EXACT_COLOURS = 112;

interface Picture {
  readonly width: number;
  readonly height: number;
  /** `0xRRGGBB`, row by row. */
  readonly pixels: Uint32Array;
}

type Channel = 0 | 8 | 16;
const CHANNELS: readonly Channel[] = [16, 8, 0];

interface CountedColour {
  readonly colour: number;
  readonly count: number;
}

/** The picture of a PNG with 8-bit RGB or RGBA pixels, in at most 256 colours. Rejects other PNGs by throwing. */
export function toPalettePng(png: Buffer): Buffer {
  const picture = decode(png);
  const palette = choosePalette(countColours(picture.pixels));
  return encode(picture, palette, nearestIndex(palette));
}

/** The pixels of a PNG as Chromium writes it. */
export function decode(png: Buffer): Picture {
  const parts: Buffer[] = [];
  let header: Buffer | null = null;
  for (let at = SIGNATURE.length; at < png.length; ) {
    const length = png.readUInt32BE(at);
    const kind = png.toString('latin1', at + 4, at + 8);
    const data = png.subarray(at + 8, at + 8 + length);
    if (kind === 'IHDR') header = data;
    else if (kind === 'IDAT') parts.push(data);
    at += length + 12;
  }
  const colourType = header?.[9];
  if (header === null || header[8] !== 8 || header[12] !== 0 || (colourType !== 2 && colourType !== 6)) {
    throw new Error('Only PNGs with 8-bit RGB or RGBA pixels in one pass can be read here.');
  }
  const bytesPerPixel = colourType === 6 ? 4 : 3;
  const width = header.readUInt32BE(0);
  const height = header.readUInt32BE(4);
  return { width, height, pixels: unfilter(inflateSync(Buffer.concat(parts)), width, height, bytesPerPixel) };
}

/** Undoes the filters of PNG's rows (W3C PNG, 9.2). */
function unfilter(bytes: Buffer, width: number, height: number, bytesPerPixel: number): Uint32Array {
  const pixels = new Uint32Array(width * height);
  const rowLength = width * bytesPerPixel;
  let above = new Uint8Array(rowLength);
  for (let row = 0; row < height; row += 1) {
    const start = row * (rowLength + 1);
    const filter = bytes[start] ?? 0;
    const line = new Uint8Array(bytes.subarray(start + 1, start + 1 + rowLength));
    for (let at = 0; at < rowLength; at += 1) {
      const left = at < bytesPerPixel ? 0 : (line[at - bytesPerPixel] ?? 0);
      const up = above[at] ?? 0;
      const upLeft = at < bytesPerPixel ? 0 : (above[at - bytesPerPixel] ?? 0);
      line[at] = (line[at] ?? 0) + predicted(filter, left, up, upLeft);
    }
    for (let column = 0; column < width; column += 1) {
      const at = column * bytesPerPixel;
      pixels[row * width + column] = ((line[at] ?? 0) << 16) | ((line[at + 1] ?? 0) << 8) | (line[at + 2] ?? 0);
    }
    above = line;
  }
  return pixels;
}

function predicted(filter: number, left: number, up: number, upLeft: number): number {
  switch (filter) {
    case 0:
      return 0;
    case 1:
      return left;
    case 2:
      return up;
    case 3:
      return (left + up) >> 1;
    default: {
      const estimate = left + up - upLeft;
      const [byLeft, byUp, byBoth] = [left, up, upLeft].map((value) => Math.abs(estimate - value)) as [
        number,
        number,
        number,
      ];
      return byLeft <= byUp && byLeft <= byBoth ? left : byUp <= byBoth ? up : upLeft;
    }
  }
}

function countColours(pixels: Uint32Array): readonly CountedColour[] {
  const counts = new Map<number, number>();
  for (const colour of pixels) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  return Array.from(counts, ([colour, count]) => ({ colour, count })).sort(
    (first, second) => second.count - first.count || first.colour - second.colour,
  );
}

/** All colours where they are few; else the most frequent ones, and the middles of groups that the others fall into. */
function choosePalette(colours: readonly CountedColour[]): readonly number[] {
  if (colours.length <= MOST_COLOURS) return colours.map(({ colour }) => colour);
  const exact = colours.slice(0, EXACT_COLOURS);
  const groups: (readonly CountedColour[])[] = [colours.slice(EXACT_COLOURS)];
  while (groups.length < MOST_COLOURS - EXACT_COLOURS) {
    const widest = groups.reduce((best, group) => (spreadOf(group).width > spreadOf(best).width ? group : best));
    const { channel, width } = spreadOf(widest);
    if (width === 0) break;
    const sorted = [...widest].sort((first, second) => part(first.colour, channel) - part(second.colour, channel));
    groups.splice(groups.indexOf(widest), 1, sorted.slice(0, sorted.length >> 1), sorted.slice(sorted.length >> 1));
  }
  return [...exact.map(({ colour }) => colour), ...groups.map(middleOf)];
}

function part(colour: number, channel: Channel): number {
  return (colour >> channel) & 0xff;
}

const spreads = new WeakMap<readonly CountedColour[], { readonly channel: Channel; readonly width: number }>();

/** The channel in which a group reaches farthest. */
function spreadOf(group: readonly CountedColour[]): { readonly channel: Channel; readonly width: number } {
  const known = spreads.get(group);
  if (known !== undefined) return known;
  const widths = CHANNELS.map((channel) => {
    const values = group.map(({ colour }) => part(colour, channel));
    return { channel, width: group.length < 2 ? 0 : Math.max(...values) - Math.min(...values) };
  });
  const spread = widths.reduce((best, width) => (width.width > best.width ? width : best));
  spreads.set(group, spread);
  return spread;
}

function middleOf(group: readonly CountedColour[]): number {
  const total = group.reduce((sum, { count }) => sum + count, 0);
  return CHANNELS.reduce<number>((colour, channel) => {
    const weighted = group.reduce((sum, counted) => sum + part(counted.colour, channel) * counted.count, 0);
    return colour | (Math.round(weighted / total) << channel);
  }, 0);
}

function nearestIndex(palette: readonly number[]): (colour: number) => number {
  const known = new Map(palette.map((colour, index) => [colour, index]));
  return (colour) => {
    const exact = known.get(colour);
    if (exact !== undefined) return exact;
    let best = 0;
    let least = Number.POSITIVE_INFINITY;
    palette.forEach((candidate, index) => {
      const distance = CHANNELS.reduce<number>(
        (sum, channel) => sum + (part(candidate, channel) - part(colour, channel)) ** 2,
        0,
      );
      if (distance < least) [best, least] = [index, distance];
    });
    known.set(colour, best);
    return best;
  };
}

function encode(
  { width, height, pixels }: Picture,
  palette: readonly number[],
  indexOf: (colour: number) => number,
): Buffer {
  const rows = Buffer.alloc(height * (width + 1));
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      rows[row * (width + 1) + 1 + column] = indexOf(pixels[row * width + column] ?? 0);
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  const colours = Buffer.from(palette.flatMap((colour) => CHANNELS.map((channel) => part(colour, channel))));
  const data = deflateSync(rows, { level: 9 });
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('PLTE', colours),
    chunk('IDAT', data),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(kind: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(kind, 'latin1'), data]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(data.length, 0);
  ends.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([ends.subarray(0, 4), named, ends.subarray(4)]);
}
