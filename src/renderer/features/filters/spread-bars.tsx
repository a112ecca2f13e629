/** How numbers are spread, as small bars. Dragging over some chooses their span; the fields below do the same by keyboard. */
import { type PointerEvent, useState } from 'react';
import { type Bounds, nextDown } from '../../../shared/query-language/number-bounds.ts';
import type { NumberSpread, SpreadBin } from '../../../shared/summaries.ts';
import { formatCountOf } from '../../ui/number-text.ts';
import styles from './number-range.module.css';

const HEIGHT = 28;
const LEAST = 1.5;

interface SpreadBarsProps {
  readonly spread: NumberSpread;
  readonly bounds: Bounds | null;
  readonly onChoose: (bounds: Bounds) => void;
}

/** Bounds that keep exactly what lies in a run of bins. */
function boundsOfBins(first: SpreadBin, last: SpreadBin): Bounds {
  return { min: first.from, max: last.below === null ? null : nextDown(last.below) };
}

function isKept(bin: SpreadBin, bounds: Bounds | null): boolean {
  if (bounds === null) return true;
  const above = bounds.min === null || bin.below === null || bin.below > bounds.min;
  const below = bounds.max === null || bin.from === null || bin.from <= bounds.max;
  return above && below;
}

function binText({ from, below, entries }: SpreadBin): string {
  const low = from === null ? 'anything' : String(from);
  const span = below === null ? `${low} and more` : `${low} to less than ${below}`;
  return `${span}: ${formatCountOf(entries, 'entry', 'entries')}`;
}

/** One bar a bin, kept ones in colour. */
export function SpreadBars({ spread, bounds, onChoose }: SpreadBarsProps) {
  const [drag, setDrag] = useState<{ readonly from: number; readonly to: number } | null>(null);
  const { bins } = spread;
  if (bins.length === 0) return null;
  const most = Math.max(...bins.map(({ entries }) => entries));
  const indexAt = (event: PointerEvent<Element>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    return Math.min(bins.length - 1, Math.max(0, Math.floor(((event.clientX - left) / width) * bins.length)));
  };
  const [low, high] = drag === null ? [0, -1] : [Math.min(drag.from, drag.to), Math.max(drag.from, drag.to)];
  const choose = () => {
    const [first, last] = [bins[low], bins[high]];
    if (first !== undefined && last !== undefined) onChoose(boundsOfBins(first, last));
    setDrag(null);
  };
  return (
    <svg
      className={styles.bars}
      viewBox={`0 0 ${bins.length} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        const at = indexAt(event);
        setDrag({ from: at, to: at });
      }}
      onPointerMove={(event) => drag !== null && setDrag({ ...drag, to: indexAt(event) })}
      onPointerUp={choose}
      onPointerCancel={() => setDrag(null)}
    >
      {bins.map((bin, index) => {
        const height = bin.entries === 0 ? 0 : Math.max(LEAST, (bin.entries / most) * HEIGHT);
        const kept = drag === null ? isKept(bin, bounds) : index >= low && index <= high;
        return (
          <g key={`${bin.from}`}>
            <title>{binText(bin)}</title>
            <rect className={styles.hit} x={index} y={0} width={1} height={HEIGHT} />
            <rect
              className={kept ? styles.kept : styles.left}
              x={index + 0.06}
              y={HEIGHT - height}
              width={0.88}
              height={height}
            />
          </g>
        );
      })}
    </svg>
  );
}
