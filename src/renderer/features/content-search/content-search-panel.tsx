/** Search in content: the field, how far it is, and what it found, beneath the table. */
import { Button, Checkbox, CloseButton, TextInput } from '@mantine/core';
import { IconTextScan2 } from '@tabler/icons-react';
import { type FormEvent, type ReactNode, useEffect, useState } from 'react';
import { contentSearchStore, showContentSearch } from '../../state/content-search.ts';
import { useJobProgress } from '../../state/desk-context.ts';
import { useStore } from '../../state/store.ts';
import { viewStore } from '../../state/view.ts';
import { Failure } from '../../ui/failure.tsx';
import { WorkProgress } from '../../ui/work-progress.tsx';
import { ContentHits } from './content-hits.tsx';
import styles from './content-search.module.css';
import { foundText, gapsText } from './search-text.ts';
import { useContentSearch } from './use-content-search.ts';

const GONE = {
  lock: 'The desk was locked: what was found is gone.',
  idle: 'The desk locked itself after ten minutes without a touch: what was found is gone.',
  closed: null,
} as const;

/** The header's button that shows the panel. */
export function ContentSearchButton() {
  const open = useStore(contentSearchStore, (state) => state.panelOpen);
  return (
    <Button
      leftSection={<IconTextScan2 size={15} aria-hidden />}
      aria-pressed={open}
      variant={open ? 'light' : 'default'}
      title="Search in what was asked and answered"
      onClick={() => showContentSearch(!open)}
    >
      Content
    </Button>
  );
}

/** The panel, where it is open. What was found goes with the lock also while it is hidden, and with the source. */
export function ContentSearchPanel() {
  const open = useStore(contentSearchStore, (state) => state.panelOpen);
  const searching = useContentSearch();
  const { forget } = searching;
  useEffect(() => forget, [forget]);
  return open ? <Panel searching={searching} /> : null;
}

function Panel({ searching }: { readonly searching: ReturnType<typeof useContentSearch> }) {
  const { search, gone } = useStore(contentSearchStore, (state) => state);
  const filter = useStore(viewStore, (view) => view.query.filter);
  const progress = useJobProgress(search?.searchId ?? null);
  const running = search !== null && search.report === null;
  const [stopping, setStopping] = useState<string | null>(null);
  const gaps = search === null ? null : gapsText(search);
  const goneText = gone === null ? null : GONE[gone];
  return (
    <section className={styles.panel} aria-label="Search in content">
      <SearchForm running={running} onSearch={searching.begin}>
        <CloseButton
          aria-label="Close the search in content"
          onClick={() => {
            searching.forget();
            showContentSearch(false);
          }}
        />
      </SearchForm>
      {searching.failure !== null && (
        <Failure
          error={searching.failure}
          title="The content could not be searched"
          onDismiss={searching.dismissFailure}
        />
      )}
      {search === null && (
        <p className={styles.note} role="status">
          {goneText ??
            'Looks through what was asked and answered in every entry shown, opened in memory with the keys you imported. Nothing of it is written anywhere.'}
        </p>
      )}
      {search !== null && (
        <>
          <div className={styles.news}>
            <span role="status" className={styles.found}>
              {foundText(search)}
            </span>
            {running && (
              <WorkProgress
                label="Searching"
                progress={progress}
                stopping={stopping === search.searchId}
                onStop={() => {
                  setStopping(search.searchId);
                  searching.stop();
                }}
              />
            )}
          </div>
          {gaps !== null && <p className={styles.gaps}>{gaps}</p>}
          {filter !== search.filter && (
            <p className={styles.gaps}>The filter has changed since: this is what the one before found.</p>
          )}
          <ContentHits key={search.searchId} search={search} />
        </>
      )}
    </section>
  );
}

interface SearchFormProps {
  readonly running: boolean;
  readonly onSearch: (text: string, matchCase: boolean) => void;
  readonly children: ReactNode;
}

function SearchForm({ running, onSearch, children }: SearchFormProps) {
  const [text, setText] = useState('');
  const [matchCase, setMatchCase] = useState(false);
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() !== '') onSearch(text, matchCase);
  };
  return (
    <form className={styles.form} onSubmit={onSubmit}>
      <TextInput
        className={styles.field ?? ''}
        aria-label="Text to look for in content"
        placeholder="Search in what was asked and answered"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        maxLength={1024}
        autoComplete="off"
        spellCheck={false}
        autoFocus
      />
      <Checkbox
        label="Match case"
        checked={matchCase}
        onChange={(event) => setMatchCase(event.currentTarget.checked)}
      />
      <Button type="submit" variant="filled" disabled={text.trim() === '' || running}>
        Search
      </Button>
      {children}
    </form>
  );
}
