/** One turn of a conversation: what was asked, what was answered, and what it took. */
import { Button } from '@mantine/core';
import { IconBan, IconEye, IconEyeOff } from '@tabler/icons-react';
import { useEffect, useEffectEvent, useRef } from 'react';
import type { EntryRow, RevealedContent } from '../../../shared/contract.ts';
import type { ContentKind } from '../../../shared/entry.ts';
import { fromWireError } from '../../../shared/errors.ts';
import { useOpenSource } from '../../state/source.ts';
import { formatMoment } from '../../time/time-zone.ts';
import { Failure } from '../../ui/failure.tsx';
import { formatCount, formatRecordedNumber } from '../../ui/number-text.ts';
import { HashLine, KINDS } from './content-section.tsx';
import styles from './conversation.module.css';
import { useRevealed } from './use-revealed.ts';

interface ConversationTurnProps {
  readonly row: EntryRow;
  readonly zone: string;
  /** The entry that is chosen in the table. */
  readonly current: boolean;
  /** Grows whenever all turns are asked to be revealed. */
  readonly revealAsked: number;
  readonly onShow: (row: EntryRow) => void;
}

function factsOf(row: EntryRow): string {
  const tokens = (value: EntryRow['input_tokens']) => (value === null ? '–' : formatRecordedNumber(value));
  const said = [row.provider, row.model].filter((value) => value !== null).join(' ');
  const counted = `${tokens(row.input_tokens)} → ${tokens(row.output_tokens)} tokens`;
  return [said, `${formatRecordedNumber(row.latency_ms)} ms`, counted].filter((part) => part !== '').join(' · ');
}

/** The turn. Its texts are closed until they are asked for, and close again as they do in the detail. */
export function ConversationTurn({ row, zone, current, revealAsked, onShow }: ConversationTurnProps) {
  const { sourceId } = useOpenSource();
  const { state, reveal, hide } = useRevealed(sourceId, row.ref);
  const stored = row.inputKind !== 'none' || row.outputKind !== 'none';
  const time = formatMoment(row.epochUs, zone, 'millisecond').slice(11);
  const revealNow = useEffectEvent(() => {
    if (stored && state.state !== 'revealed') reveal();
  });
  useEffect(() => {
    if (revealAsked > 0) revealNow();
  }, [revealAsked]);
  const element = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (current) element.current?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  const revealed = state.state === 'revealed' ? state.entry : null;
  return (
    <li
      ref={element}
      className={styles.turn}
      aria-current={current ? 'true' : undefined}
      aria-label={`Turn at ${time}`}
    >
      <div className={styles.turnHead}>
        <time>{time}</time>
        <span className={styles.facts}>
          <bdi>{factsOf(row)}</bdi>
        </span>
        {stored && (
          <Button
            size="compact-xs"
            variant="subtle"
            loading={state.state === 'revealing'}
            leftSection={revealed === null ? <IconEye size={13} aria-hidden /> : <IconEyeOff size={13} aria-hidden />}
            onClick={revealed === null ? reveal : hide}
          >
            {revealed === null ? 'Reveal' : 'Hide'}
          </Button>
        )}
        <Button size="compact-xs" variant="subtle" onClick={() => onShow(row)}>
          Show entry
        </Button>
      </div>
      {state.state === 'failed' && <Failure error={state.error} title="The content could not be read" />}
      <Bubble name="Asked" kind={row.inputKind} revealed={revealed?.input ?? null} className={styles.asked} />
      {!row.safety_passed && (
        <p className={styles.blocked}>
          <IconBan size={14} aria-hidden /> blocked
          {row.block_reason !== null && (
            <>
              : <bdi>{row.block_reason}</bdi>
            </>
          )}
          {row.detectors_triggered.length > 0 && <bdi> ({row.detectors_triggered.join(', ')})</bdi>}
        </p>
      )}
      <Bubble name="Answered" kind={row.outputKind} revealed={revealed?.output ?? null} className={styles.answered} />
    </li>
  );
}

interface BubbleProps {
  readonly name: 'Asked' | 'Answered';
  readonly kind: ContentKind;
  readonly revealed: RevealedContent | null;
  readonly className: string | undefined;
}

function Bubble({ name, kind, revealed, className }: BubbleProps) {
  return (
    <div className={`${styles.bubble} ${className ?? ''}`}>
      <span className={styles.speaker}>{name}</span>
      {revealed === null || revealed.state === 'none' ? (
        <span className={styles.closed}>{KINDS[kind]}</span>
      ) : revealed.state === 'failed' ? (
        <Failure error={fromWireError(revealed.error)} />
      ) : (
        <>
          <div className={styles.text} dir="auto">
            {revealed.text === '' ? <span className={styles.closed}>This is the empty text.</span> : revealed.text}
          </div>
          {revealed.textCut && (
            <span className={styles.closed}>Cut after {formatCount(revealed.text.length)} characters.</span>
          )}
          <HashLine state={revealed.hash} />
        </>
      )}
    </div>
  );
}
