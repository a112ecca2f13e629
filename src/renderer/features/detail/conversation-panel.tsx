/** A conversation as a chat: its turns by time, from any of its entries and back. */
import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconArrowLeft, IconEye, IconX } from '@tabler/icons-react';
import { Fragment, useEffect, useEffectEvent, useState } from 'react';
import type { EntryRow } from '../../../shared/contract.ts';
import { useDesk } from '../../state/desk-context.ts';
import { withTerm } from '../../state/filter-edits.ts';
import { useTimeZone } from '../../state/settings.ts';
import { useOpenSource } from '../../state/source.ts';
import { editFilter, leaveDetail, refKey, selectionStore, viewStore, walkStore } from '../../state/view.ts';
import { formatSpan } from '../../time/duration-text.ts';
import { formatMoment, formatMomentWithOffset } from '../../time/time-zone.ts';
import { Failure } from '../../ui/failure.tsx';
import { formatCount, formatCountOf } from '../../ui/number-text.ts';
import { keysAreTaken } from '../../ui/typing.ts';
import styles from './conversation.module.css';
import { ConversationTurn } from './conversation-turn.tsx';
import { type Conversation, useConversation } from './use-conversation.ts';

interface ConversationPanelProps {
  readonly conversationId: string;
  /** The chosen entry, one of the conversation. */
  readonly row: EntryRow;
  readonly onBack: () => void;
}

/** Chooses an entry in the table as well, where the view holds it. */
function useShowEntry(onShown: () => void) {
  const desk = useDesk();
  const { sourceId } = useOpenSource();
  return async (row: EntryRow) => {
    const query = viewStore.get().query;
    const index = await desk.call('entries.position', { sourceId, query, ref: row.ref }).catch(() => null);
    if (viewStore.get().query === query && index !== null) walkStore.get().goTo(index);
    selectionStore.set((state) => ({ ...state, selected: { row, index } }));
    onShown();
  };
}

/** Esc goes back to the entry. */
function useBackKey(onBack: () => void) {
  const back = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== 'Escape' || keysAreTaken(event)) return;
    event.preventDefault();
    onBack();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => back(event);
    document.addEventListener('keydown', listener);
    return () => document.removeEventListener('keydown', listener);
  }, []);
}

/** The panel in place of the entry's. */
export function ConversationPanel({ conversationId, row, onBack }: ConversationPanelProps) {
  const zone = useTimeZone();
  const [revealAsked, setRevealAsked] = useState(0);
  const conversation = useConversation(conversationId, row.ref);
  const show = useShowEntry(onBack);
  useBackKey(onBack);
  const { turns, total, error, retry } = conversation;
  return (
    <>
      <header className={styles.head}>
        <Tooltip label="Back to the entry (Esc)">
          <ActionIcon aria-label="Back to the entry" onClick={onBack}>
            <IconArrowLeft size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
        <div className={styles.headText}>
          <h2>
            Conversation <bdi className={styles.id}>{conversationId === '' ? '(empty)' : conversationId}</bdi>
          </h2>
          <span role="status">{total === undefined ? ' ' : formatCountOf(total, 'turn', 'turns')}</span>
        </div>
        <Tooltip label="Close">
          <ActionIcon aria-label="Close detail" onClick={leaveDetail}>
            <IconX size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </header>
      <div className={styles.actions}>
        <Button
          size="compact-xs"
          leftSection={<IconEye size={14} aria-hidden />}
          disabled={turns === undefined}
          onClick={() => setRevealAsked((count) => count + 1)}
        >
          Reveal all shown
        </Button>
        <Button
          size="compact-xs"
          onClick={() => editFilter((filter) => withTerm(filter, 'conversation_id', conversationId, 'include'))}
        >
          Only this in the table
        </Button>
      </div>
      {error !== null && <Failure error={error} title="The conversation could not be fetched" onRetry={retry} />}
      {turns !== undefined && (
        <Turns
          conversation={conversation}
          turns={turns}
          zone={zone}
          current={refKey(row.ref)}
          revealAsked={revealAsked}
          onShow={(turn) => void show(turn)}
        />
      )}
    </>
  );
}

interface TurnsProps {
  readonly conversation: Conversation;
  readonly turns: readonly EntryRow[];
  readonly zone: string;
  readonly current: string;
  readonly revealAsked: number;
  readonly onShow: (row: EntryRow) => void;
}

function Turns({ conversation, turns, zone, current, revealAsked, onShow }: TurnsProps) {
  const { before, after, showEarlier, showLater } = conversation;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
    <section className={styles.scroll} aria-label="Turns" tabIndex={0}>
      {before > 0 && (
        <Button fullWidth variant="subtle" onClick={showEarlier}>
          {formatCount(before)} earlier
        </Button>
      )}
      <ol className={styles.turns}>
        {turns.map((turn, index) => (
          <Fragment key={refKey(turn.ref)}>
            <Between before={turns[index - 1]} turn={turn} zone={zone} />
            <ConversationTurn
              row={turn}
              zone={zone}
              current={refKey(turn.ref) === current}
              revealAsked={revealAsked}
              onShow={onShow}
            />
          </Fragment>
        ))}
      </ol>
      {after > 0 && (
        <Button fullWidth variant="subtle" onClick={showLater}>
          {formatCount(after)} later
        </Button>
      )}
    </section>
  );
}

/** The day, where it is another; else how long after the turn before. */
function Between({
  before,
  turn,
  zone,
}: { readonly before: EntryRow | undefined } & Pick<TurnsProps, 'zone'> & { readonly turn: EntryRow }) {
  const day = formatMoment(turn.epochUs, zone, 'day');
  const sameDay = before !== undefined && formatMoment(before.epochUs, zone, 'day') === day;
  if (sameDay) return <li className={styles.between}>{formatSpan(turn.epochUs - before.epochUs)} later</li>;
  const offset = formatMomentWithOffset(turn.epochUs, zone, 'minute').slice(17);
  return (
    <li className={styles.day}>
      {day} {offset}
    </li>
  );
}
