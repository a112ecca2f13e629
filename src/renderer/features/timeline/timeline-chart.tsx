/** The bars, what is chosen of them, and what a bar says. */
import { memo, useId } from 'react';
import type { Histogram } from '../../../shared/contract.ts';
import type { DateRange } from '../../../shared/query.ts';
import { formatRange } from '../../time/range-text.ts';
import { formatCount, formatCountOf } from '../../ui/number-text.ts';
import { barPaths } from './bar-paths.ts';
import { brushedRange } from './time-brush.ts';
import styles from './timeline.module.css';
import { type Brush, useBrush } from './use-brush.ts';

/** Height of the bars. */
export const HEIGHT_PX = 44;

interface TimelineChartProps {
  readonly histogram: Histogram;
  readonly width: number;
  readonly zone: string;
  readonly onNarrow: (range: DateRange) => void;
  /** Called on double-click, Backspace and minus. */
  readonly onWiden: () => void;
  /** The range that is shown; narrowing never leaves it. */
  readonly range: DateRange;
}

/** The span of a choice, and what is in it. */
function brushText(histogram: Histogram, { anchor, cursor }: Brush, zone: string): string {
  const [low, high] = [Math.min(anchor, cursor), Math.max(anchor, cursor)];
  const chosen = histogram.buckets.slice(low, high + 1);
  const passed = chosen.reduce((sum, bucket) => sum + bucket.passed, 0);
  const blocked = chosen.reduce((sum, bucket) => sum + bucket.blocked, 0);
  const fromUs = chosen[0]?.startUs ?? 0;
  const span = formatRange({ fromUs, toUs: fromUs + chosen.length * histogram.bucketUs - 1 }, zone);
  return `${span}: ${formatCount(passed)} passed, ${formatCount(blocked)} blocked`;
}

/** A slider over the bars: arrows move, Shift extends, Enter narrows, Backspace widens. Dragging and double-clicking do the same. */
export function TimelineChart({ histogram, width, zone, range, onNarrow, onWiden }: TimelineChartProps) {
  const id = useId();
  const { brush, hovered, listeners } = useBrush(histogram, {
    narrow: ({ anchor, cursor }) => onNarrow(brushedRange(histogram, anchor, cursor, range)),
    widen: onWiden,
  });
  const { buckets } = histogram;
  const step = width / buckets.length;
  const pointed = brush ?? (hovered === null ? null : { anchor: hovered, cursor: hovered });
  const text = pointed === null ? null : brushText(histogram, pointed, zone);
  const idle = `${formatCountOf(buckets.length, 'bar', 'bars')}, none chosen`;
  return (
    <>
      <div
        className={styles.chart}
        role="slider"
        tabIndex={0}
        aria-label="Entries over time"
        aria-describedby={`${id}-keys`}
        aria-valuemin={0}
        aria-valuemax={buckets.length}
        aria-valuenow={brush === null ? 0 : brush.cursor + 1}
        aria-valuetext={brush === null ? idle : (text ?? idle)}
        {...listeners}
      >
        <svg className={styles.bars} width={width} height={HEIGHT_PX} aria-hidden>
          {pointed !== null && (
            <rect
              className={brush === null ? styles.pointed : styles.brush}
              x={Math.min(pointed.anchor, pointed.cursor) * step}
              y={0}
              width={(Math.abs(pointed.cursor - pointed.anchor) + 1) * step}
              height={HEIGHT_PX}
            />
          )}
          <Bars histogram={histogram} width={width} />
        </svg>
        {text !== null && (
          <output className={styles.readout} aria-hidden>
            {text}
          </output>
        )}
      </div>
      <span id={`${id}-keys`} className="visually-hidden">
        Left and right choose a bar, Shift extends the choice, Enter narrows the range to it, Backspace widens the
        range.
      </span>
    </>
  );
}

/** Drawn anew only when the numbers or the width change, not while the pointer moves. */
const Bars = memo(function Bars({ histogram, width }: { readonly histogram: Histogram; readonly width: number }) {
  const { passed, blocked } = barPaths(histogram, width, HEIGHT_PX);
  return (
    <>
      <path className={styles.passed} d={passed} />
      <path className={styles.blocked} d={blocked} />
    </>
  );
});
