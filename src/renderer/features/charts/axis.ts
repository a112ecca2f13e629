/** Axes that do not flatter: they begin at zero and end at a number people know. */

const STEPS = [1, 2, 2.5, 5, 10];

/** Rising marks from 0 to the first one that is not below `most`: two to five steps of 1, 2, 2.5 or 5 times a power of ten. */
export function axisMarks(most: number, whole: boolean): readonly number[] {
  if (!(most > 0) || !Number.isFinite(most)) return [0, 1];
  const power = 10 ** Math.floor(Math.log10(most / 4));
  const step = STEPS.map((size) => size * power).find((size) => most / size <= 4 && (!whole || Number.isInteger(size)));
  const width = step ?? Math.max(1, Math.ceil(most / 4));
  const count = Math.max(1, Math.ceil(most / width));
  return Array.from({ length: count + 1 }, (_, index) => Number((index * width).toPrecision(12)));
}

/** Numbers of at most `most` marks spread evenly over `count` places, the first one always among them. */
export function spreadPlaces(count: number, most: number): readonly number[] {
  if (count <= 0 || most <= 0) return [];
  const step = Math.ceil(count / most);
  return Array.from({ length: Math.ceil(count / step) }, (_, index) => index * step);
}

/** A line through points, as SVG path data; null is a gap, and a point between two gaps is drawn as a dot. */
export function linePath(points: readonly ({ readonly x: number; readonly y: number } | null)[]): string {
  const text = (value: number) => String(Math.round(value * 100) / 100);
  return points
    .map((point, index) => {
      if (point === null) return '';
      const begins = points[index - 1] == null;
      const alone = begins && points[index + 1] == null;
      return `${begins ? 'M' : 'L'}${text(point.x)} ${text(point.y)}${alone ? 'h0.01' : ''}`;
    })
    .join('');
}
