/** The charts by value: detectors, and tokens by model. */
import type { Statistics } from '../../../shared/statistics.ts';
import { CutText } from '../../ui/cut-text.tsx';
import { formatCount, formatCountOf } from '../../ui/number-text.ts';
import { ChartCard } from './chart-card.tsx';
import styles from './charts.module.css';

interface RankedCardProps {
  readonly statistics: Statistics;
}

interface BarPart {
  readonly value: number;
  readonly className: string | undefined;
}

interface RankedBarProps {
  readonly name: string;
  readonly parts: readonly BarPart[];
  readonly most: number;
  readonly text: string;
}

function RankedBar({ name, parts, most, text }: RankedBarProps) {
  let x = 0;
  return (
    <li className={styles.ranked}>
      <span className={styles.rankedName}>
        <CutText text={name} />
      </span>
      <svg className={styles.rankedBar} viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden>
        {parts.map(({ value, className }) => {
          const width = most === 0 ? 0 : (value / most) * 100;
          const start = x;
          x += width;
          return <rect key={className} className={className} x={start} width={width} height={10} />;
        })}
      </svg>
      <span className={styles.rankedText}>{text}</span>
    </li>
  );
}

function cutNote(shown: number, distinct: number, what: string): string {
  return distinct > shown ? `the first ${shown} of ${formatCountOf(distinct, what, `${what}s`)}` : '';
}

/** In how many entries each detector was triggered. */
export function DetectorsCard({ statistics: { detectors, distinctDetectors } }: RankedCardProps) {
  const most = Math.max(0, ...detectors.map(({ entries }) => entries));
  const cut = cutNote(detectors.length, distinctDetectors, 'detector');
  return (
    <ChartCard
      title="Detectors"
      note={
        detectors.length === 0
          ? 'No detector was triggered in this view'
          : `Entries in which each was triggered, blocked in red; an entry may have several${cut === '' ? '' : `; ${cut}`}`
      }
      table={{
        head: ['Detector', 'Entries', 'Blocked'],
        rows: detectors.map(({ detector, entries, blocked }) => [detector, formatCount(entries), formatCount(blocked)]),
      }}
    >
      <ol className={styles.rankedList}>
        {detectors.map(({ detector, entries, blocked }) => (
          <RankedBar
            key={detector}
            name={detector}
            most={most}
            parts={[
              { value: blocked, className: styles.blocked },
              { value: entries - blocked, className: styles.passed },
            ]}
            text={formatCount(entries)}
          />
        ))}
      </ol>
    </ChartCard>
  );
}

/** How many tokens went into and out of each model. */
export function TokensCard({ statistics: { models, distinctModels } }: RankedCardProps) {
  const most = Math.max(0, ...models.map(({ inputTokens, outputTokens }) => inputTokens + outputTokens));
  const without = models.reduce((sum, { withoutTokens }) => sum + withoutTokens, 0);
  const cut = cutNote(models.length, distinctModels, 'model');
  const notes = [
    'Input first, then output',
    ...(without > 0 ? [`${formatCountOf(without, 'entry records', 'entries record')} no tokens`] : []),
    ...(cut === '' ? [] : [cut]),
  ];
  return (
    <ChartCard
      title="Tokens by model"
      note={models.length === 0 ? 'No entries in this view' : notes.join('; ')}
      table={{
        head: ['Model', 'Input tokens', 'Output tokens', 'Entries', 'Without tokens'],
        rows: models.map((model) => [
          model.model ?? 'not recorded',
          ...[model.inputTokens, model.outputTokens, model.entries, model.withoutTokens].map(formatCount),
        ]),
      }}
    >
      <ol className={styles.rankedList}>
        {models.map(({ model, inputTokens, outputTokens }) => (
          <RankedBar
            key={model ?? '\u0000'}
            name={model ?? 'not recorded'}
            most={most}
            parts={[
              { value: inputTokens, className: styles.inputTokens },
              { value: outputTokens, className: styles.outputTokens },
            ]}
            text={formatCount(inputTokens + outputTokens)}
          />
        ))}
      </ol>
    </ChartCard>
  );
}
