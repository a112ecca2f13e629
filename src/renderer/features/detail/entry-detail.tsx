/** The panel beside the table: one entry whole. */
import { ActionIcon, Tooltip } from '@mantine/core';
import { IconBan, IconChevronDown, IconChevronUp, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useDesk } from '../../state/desk-context.ts';
import { useOfferedActions } from '../../state/entry-actions.ts';
import { useTimeZone } from '../../state/settings.ts';
import { useOpenSource } from '../../state/source.ts';
import { useStore } from '../../state/store.ts';
import { leaveDetail, refKey, type Selection, selectionStore, walkStore } from '../../state/view.ts';
import { formatMomentWithOffset } from '../../time/time-zone.ts';
import { Failure } from '../../ui/failure.tsx';
import { keysAreTaken } from '../../ui/typing.ts';
import { CheckSection } from './check-section.tsx';
import { ContentSection } from './content-section.tsx';
import { ConversationPanel } from './conversation-panel.tsx';
import { ConversationSection } from './conversation-section.tsx';
import styles from './detail.module.css';
import { FieldList } from './field-list.tsx';
import { MetadataSection, RawSection, UnknownFieldsSection } from './stored-sections.tsx';
import { useRevealed } from './use-revealed.ts';

/** The chosen entry; made anew for each, so that nothing of the one before stays. */
export function EntryDetailPanel() {
  const selected = useStore(selectionStore, (state) => state.selected);
  const panel = useRef<HTMLElement>(null);
  const focusAsked = useStore(selectionStore, (state) => state.focusAsked);
  const focusedFor = useRef(0);
  useEffect(() => {
    if (focusAsked === focusedFor.current) return;
    focusedFor.current = focusAsked;
    panel.current?.focus();
  }, [focusAsked]);

  const [conversation, setConversation] = useState<string | null>(null);
  const ofEntry = selected?.row.conversation_id ?? null;
  // Walking on to an entry of another conversation leaves this one.
  const shownConversation = conversation === ofEntry ? conversation : null;
  const changeView = (next: string | null) => {
    setConversation(next);
    panel.current?.focus();
  };
  return (
    <section ref={panel} className={styles.panel} aria-label="Entry detail" tabIndex={-1}>
      {selected === null ? (
        <p className={styles.note}>Choose an entry to see it whole.</p>
      ) : shownConversation !== null ? (
        <ConversationPanel
          key={shownConversation}
          conversationId={shownConversation}
          row={selected.row}
          onBack={() => changeView(null)}
        />
      ) : (
        <ChosenEntry key={refKey(selected.row.ref)} selected={selected} onConversation={() => changeView(ofEntry)} />
      )}
    </section>
  );
}

interface ChosenEntryProps {
  readonly selected: Selection;
  readonly onConversation: () => void;
}

function ChosenEntry({ selected, onConversation }: ChosenEntryProps) {
  const desk = useDesk();
  const zone = useTimeZone();
  const { sourceId } = useOpenSource();
  const { row } = selected;
  const detail = useQuery({
    queryKey: ['entries', 'detail', sourceId, refKey(row.ref)],
    queryFn: () => desk.call('entries.detail', { sourceId, ref: row.ref }),
    // A raw line may hold plain content: it goes with the panel.
    gcTime: 0,
    staleTime: Infinity,
  });
  const revealed = useRevealed(sourceId, row.ref);
  const stored = row.inputKind !== 'none' || row.outputKind !== 'none';
  const isRevealed = revealed.state.state === 'revealed';
  const reveal = stored && !isRevealed ? revealed.reveal : null;
  useDetailKeys(() => reveal?.());
  useOfferedActions({
    reveal,
    hide: isRevealed ? revealed.hide : null,
    openConversation: row.conversation_id === null ? null : onConversation,
  });
  return (
    <>
      <DetailHead selected={selected} zone={zone} />
      <div className={styles.scroll}>
        {detail.error !== null && (
          <Failure error={detail.error} title="The entry could not be read" onRetry={() => void detail.refetch()} />
        )}
        <ContentSection
          input={detail.data?.input}
          output={detail.data?.output}
          entryUs={row.epochUs}
          state={revealed.state}
          zone={zone}
          onReveal={revealed.reveal}
          onHide={revealed.hide}
        />
        <ConversationSection row={row} onOpen={onConversation} />
        <FieldList row={row} detail={detail.data} />
        {detail.data !== undefined && (
          <>
            <MetadataSection detail={detail.data} />
            <UnknownFieldsSection detail={detail.data} />
            <CheckSection detail={detail.data} />
            <RawSection detail={detail.data} />
          </>
        )}
      </div>
    </>
  );
}

function DetailHead({ selected, zone }: { readonly selected: Selection; readonly zone: string }) {
  const walk = useStore(walkStore, (state) => state.walk);
  const { row, index } = selected;
  return (
    <header className={styles.head}>
      <div className={styles.headText}>
        <h2>{formatMomentWithOffset(row.epochUs, zone, 'microsecond')}</h2>
        {row.safety_passed ? (
          <span className={styles.dim}>passed</span>
        ) : (
          <span className={styles.blocked}>
            <IconBan size={14} aria-hidden /> blocked
            {row.block_reason !== null && (
              <>
                : <bdi>{row.block_reason}</bdi>
              </>
            )}
          </span>
        )}
        {index === null && <span className={styles.dim}>Not among the entries shown now</span>}
      </div>
      <Tooltip label="Previous entry (k)">
        <ActionIcon aria-label="Previous entry" onClick={() => walk('previous')}>
          <IconChevronUp size={16} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <Tooltip label="Next entry (j)">
        <ActionIcon aria-label="Next entry" onClick={() => walk('next')}>
          <IconChevronDown size={16} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <Tooltip label="Close (Esc)">
        <ActionIcon aria-label="Close detail" onClick={leaveDetail}>
          <IconX size={16} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </header>
  );
}

/** r reveals; Esc closes the panel and gives the focus back to the table. */
function useDetailKeys(reveal: () => void) {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || keysAreTaken(event)) return;
    if (event.key === 'r') reveal();
    else if (event.key === 'Escape') {
      leaveDetail();
      document.querySelector<HTMLElement>('[role="grid"]')?.focus();
    } else return;
    event.preventDefault();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event);
    document.addEventListener('keydown', listener);
    return () => document.removeEventListener('keydown', listener);
  }, []);
}
