/** What a search found: one line an entry, newest first; choosing one shows the entry. */
import { Button } from '@mantine/core';
import { type KeyboardEvent, useRef, useState } from 'react';
import { type ContentHit, MAX_KEPT_HITS, type TextSnippet } from '../../../shared/contract.ts';
import type { ContentSearch } from '../../state/content-search.ts';
import { useDesk } from '../../state/desk-context.ts';
import { reportFailure } from '../../state/failure-notices.ts';
import { useTimeZone } from '../../state/settings.ts';
import { useOpenSource } from '../../state/source.ts';
import { useStore } from '../../state/store.ts';
import { refKey, selectionStore, viewStore, walkStore } from '../../state/view.ts';
import { formatMoment } from '../../time/time-zone.ts';
import { formatCount } from '../../ui/number-text.ts';
import styles from './content-search.module.css';

/** Hits that are drawn at first, and with every wish for more. */
const STEP = 100;

/** The list. Arrow keys walk it, as in the table. */
export function ContentHits({ search }: { readonly search: ContentSearch }) {
  const [shown, setShown] = useState(STEP);
  const [missing, setMissing] = useState(false);
  const list = useRef<HTMLOListElement>(null);
  const show = useShowHit(() => setMissing(true));
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    const buttons = [...(list.current?.querySelectorAll('button') ?? [])];
    const next = buttons[buttons.indexOf(event.target as HTMLButtonElement) + step];
    if (next === undefined) return;
    event.preventDefault();
    next.focus();
    next.click();
  };
  if (search.hits.length === 0) return null;
  const kept = search.counts !== null && search.counts.hits > MAX_KEPT_HITS && search.report !== null;
  return (
    <div className={styles.scroll}>
      {missing && (
        <p className={styles.gaps} role="status">
          This entry is not among those shown now.
        </p>
      )}
      <ol ref={list} className={styles.hits} aria-label="Entries that hold it" onKeyDown={onKeyDown}>
        {search.hits.slice(0, shown).map((hit) => (
          <Hit
            key={refKey(hit.ref)}
            hit={hit}
            onShow={() => {
              setMissing(false);
              void show(hit);
            }}
          />
        ))}
      </ol>
      {shown < search.hits.length && (
        <Button size="compact-xs" m={8} onClick={() => setShown(shown + STEP)}>
          Show more of {formatCount(search.hits.length)}
        </Button>
      )}
      {kept && (
        <p className={styles.note}>
          The first {formatCount(MAX_KEPT_HITS)} found are kept; narrow the filter for the others.
        </p>
      )}
    </div>
  );
}

/** Goes to an entry in the table and opens it beside. */
function useShowHit(onMissing: () => void): (hit: ContentHit) => Promise<void> {
  const desk = useDesk();
  const { sourceId } = useOpenSource();
  return async ({ ref }) => {
    try {
      const { query } = viewStore.get();
      const index = await desk.call('entries.position', { sourceId, query, ref });
      if (viewStore.get().query !== query) return;
      if (index === null) return onMissing();
      walkStore.get().goTo(index);
      selectionStore.set((state) => ({ ...state, detailOpen: true }));
    } catch (error) {
      reportFailure('The entry could not be shown', error);
    }
  };
}

function Hit({ hit, onShow }: { readonly hit: ContentHit; readonly onShow: () => void }) {
  const zone = useTimeZone();
  const key = refKey(hit.ref);
  const chosen = useStore(selectionStore, ({ selected }) => selected !== null && refKey(selected.row.ref) === key);
  return (
    <li>
      <button type="button" className={styles.hit} aria-current={chosen ? 'true' : undefined} onClick={onShow}>
        <span className={styles.time}>{formatMoment(hit.epochUs, zone, 'second')}</span>
        <span className={styles.status}>{hit.blocked ? 'blocked' : ''}</span>
        <span className={styles.snippets}>
          {hit.input !== null && <Snippet part="Input" snippet={hit.input} />}
          {hit.output !== null && <Snippet part="Output" snippet={hit.output} />}
        </span>
      </button>
    </li>
  );
}

function Snippet({ part, snippet }: { readonly part: string; readonly snippet: TextSnippet }) {
  return (
    <span className={styles.snippet}>
      <span className={styles.part}>
        {part}
        {snippet.matches > 1 ? ` ×${formatCount(snippet.matches)}` : ''}
      </span>
      <bdi>
        {snippet.before}
        <mark>{snippet.match}</mark>
        {snippet.after}
      </bdi>
    </span>
  );
}
