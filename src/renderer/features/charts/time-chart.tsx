/** A chart over time: its frame with both axes, into which a chart draws its marks. */
import type { ReactNode } from 'react';
import { formatMoment, type TimePrecision } from '../../time/time-zone.ts';
import { axisMarks, spreadPlaces } from './axis.ts';
import styles from './charts.module.css';

const US_PER_DAY = 86_400_000_000;
const HEIGHT_PX = 150;
const LEFT_PX = 68;
const TOP_PX = 8;
const BOTTOM_PX = 22;
const PX_PER_MARK = 110;

/** Where things lie in the frame. */
export interface ChartScale {
  /** Left edge of a span. */
  readonly left: (index: number) => number;
  /** Width of a span. */
  readonly step: number;
  readonly y: (value: number) => number;
  /** Height of a value above the axis. */
  readonly height: (value: number) => number;
}

interface TimeChartProps {
  /** What the chart shows, in one sentence. */
  readonly label: string;
  readonly width: number;
  readonly starts: readonly number[];
  readonly bucketUs: number;
  readonly zone: string;
  readonly most: number;
  /** true where only whole numbers stand on the axis. */
  readonly whole: boolean;
  readonly markText: (value: number) => string;
  /** What a span says when it is pointed at. */
  readonly spanTitle: (index: number) => string;
  readonly draw: (scale: ChartScale) => ReactNode;
}

/** The frame. The numbers stand in a table beside it; for screen readers the picture is one image. */
export function TimeChart(props: TimeChartProps) {
  const { label, width, starts, most, whole, markText, spanTitle, draw } = props;
  const marks = axisMarks(most, whole);
  const top = marks.at(-1) ?? 1;
  const inner = HEIGHT_PX - TOP_PX - BOTTOM_PX;
  const step = Math.max(0, width - LEFT_PX) / Math.max(1, starts.length);
  const height = (value: number) => (value / top) * inner;
  const scale: ChartScale = {
    left: (index) => LEFT_PX + index * step,
    step,
    height,
    y: (value) => TOP_PX + inner - height(value),
  };
  return (
    <svg className={styles.chart} width={width} height={HEIGHT_PX} role="img" aria-label={label}>
      {marks.map((mark) => (
        <g key={mark}>
          <line className={styles.grid} x1={LEFT_PX} x2={width} y1={scale.y(mark)} y2={scale.y(mark)} />
          <text className={styles.mark} x={LEFT_PX - 6} y={scale.y(mark) + 4} textAnchor="end">
            {markText(mark)}
          </text>
        </g>
      ))}
      <TimeMarks {...props} scale={scale} />
      {draw(scale)}
      {starts.map((start, index) => (
        <rect key={start} className={styles.hit} x={scale.left(index)} y={TOP_PX} width={step} height={inner}>
          <title>{spanTitle(index)}</title>
        </rect>
      ))}
    </svg>
  );
}

function TimeMarks({ starts, bucketUs, zone, width, scale }: TimeChartProps & { readonly scale: ChartScale }) {
  const precision: TimePrecision = bucketUs >= US_PER_DAY ? 'day' : bucketUs >= 60_000_000 ? 'minute' : 'second';
  const places = spreadPlaces(starts.length, Math.floor((width - LEFT_PX) / PX_PER_MARK));
  return places.map((index) => {
    const x = scale.left(index);
    if (x + PX_PER_MARK > width + 10) return null;
    return (
      <g key={index}>
        <line className={styles.tick} x1={x} x2={x} y1={scale.y(0)} y2={scale.y(0) + 4} />
        <text className={styles.mark} x={x} y={HEIGHT_PX - 5}>
          {formatMoment(starts[index] ?? 0, zone, precision)}
        </text>
      </g>
    );
  });
}
