import { crc32, deflateSync, inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { decode, toPalettePng } from '../../../scripts/screenshots/palette-png.ts';

function chunk(kind: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(kind, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}

/** A PNG of 8-bit RGB pixels, each row with the same filter (0 none, 1 left, 2 above). */
function rgbPng(
  width: number,
  height: number,
  colourAt: (x: number, y: number) => number,
  filter: 0 | 1 | 2 = 0,
): Buffer {
  const byteAt = (x: number, y: number, channel: number) =>
    x < 0 || y < 0 ? 0 : (colourAt(x, y) >> (16 - channel * 8)) & 0xff;
  const rows: number[] = [];
  for (let y = 0; y < height; y += 1) {
    rows.push(filter);
    for (let x = 0; x < width; x += 1) {
      for (let channel = 0; channel < 3; channel += 1) {
        const before = filter === 1 ? byteAt(x - 1, y, channel) : filter === 2 ? byteAt(x, y - 1, channel) : 0;
        rows.push((byteAt(x, y, channel) - before) & 0xff);
      }
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', deflateSync(Buffer.from(rows)))]);
}

/** Palette and indices of a PNG as `toPalettePng` writes it. */
function read(png: Buffer): readonly number[] {
  const width = png.readUInt32BE(16);
  const height = png.readUInt32BE(20);
  const paletteAt = png.indexOf('PLTE') + 4;
  const dataAt = png.indexOf('IDAT') + 4;
  const rows = inflateSync(png.subarray(dataAt, dataAt + png.readUInt32BE(dataAt - 8)));
  return Array.from({ length: width * height }, (_, place) => {
    const index = rows[Math.floor(place / width) * (width + 1) + 1 + (place % width)] ?? 0;
    return png.readUIntBE(paletteAt + index * 3, 3);
  });
}

describe('a picture in a palette', () => {
  const few = (x: number, y: number) => [0xffffff, 0x1a56b0, 0xb3131f][(x + y * 7) % 3] ?? 0;

  it('is the same where its colours are few, whatever the filter of its rows', () => {
    const expected = Array.from({ length: 12 * 9 }, (_, place) => few(place % 12, Math.floor(place / 12)));
    for (const filter of [0, 1, 2] as const) {
      const png = rgbPng(12, 9, few, filter);
      expect(Array.from(decode(png).pixels)).toEqual(expected);
      expect(read(toPalettePng(png))).toEqual(expected);
    }
  });

  it('keeps the frequent colours, and others close by, where they are many; the same bytes every time', () => {
    const many = (x: number, y: number) => (y < 20 ? 0xf6f7f9 : ((x * 4) << 16) | ((y * 3) << 8) | ((x + y) & 0xff));
    const png = rgbPng(64, 64, many);
    const small = toPalettePng(png);
    const pixels = read(small);
    expect(new Set(pixels).size).toBeLessThanOrEqual(256);
    expect(pixels.slice(0, 64 * 20).every((colour) => colour === 0xf6f7f9)).toBe(true);
    const distances = pixels.map((colour, place) => {
      const wanted = many(place % 64, Math.floor(place / 64));
      return Math.max(...[16, 8, 0].map((shift) => Math.abs(((colour >> shift) & 0xff) - ((wanted >> shift) & 0xff))));
    });
    expect(Math.max(...distances)).toBeLessThan(40);
    expect(toPalettePng(png).equals(small)).toBe(true);
  });

  it('is not made of another kind of PNG', () => {
    const grey = rgbPng(2, 2, few);
    grey[25] = 0;
    expect(() => toPalettePng(grey)).toThrow('8-bit RGB');
  });
});
