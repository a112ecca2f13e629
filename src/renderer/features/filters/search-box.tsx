/** The one filter as text: `model:gpt-4 -status:blocked latency:>2000 "refund"`. Completes from what the log holds. */
import { CloseButton, Kbd } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useEffectEvent, useId, useRef, useState } from 'react';
import { useFocusRequest } from '../../state/focus-requests.ts';
import { useStore } from '../../state/store.ts';
import { viewStore } from '../../state/view.ts';
import { keysAreTaken } from '../../ui/typing.ts';
import { complete, completionPlace, isBeingWritten } from './completion-place.ts';
import { CompletionPopup, optionId } from './completion-popup.tsx';
import { unknownKeyRemarks, useMetadataKeys } from './metadata-keys.ts';
import { RemarkedText } from './remarked-text.tsx';
import styles from './search-box.module.css';
import { applyDraft, followFilter, searchDraftStore, setEditing, writeDraft } from './search-draft.ts';
import { type Completion, useCompletions } from './use-completions.ts';

const TYPING_REST_MS = 250;
/** A value may be half of a longer one: what is being written is applied only after a longer rest. */
const WRITING_REST_MS = 900;

/** The search box; "/" goes to it, Esc leaves it. */
export function SearchBox() {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const { text, parsed, editing: focused } = useStore(searchDraftStore, (draft) => draft);
  const keys = useMetadataKeys();
  const [caret, setCaret] = useState(0);
  const [dismissed, setDismissed] = useState(false);
  const [active, setActive] = useState(-1);
  const place = focused && !dismissed ? completionPlace(text, caret) : null;
  const completions = useCompletions(place, keys);
  const remarks = [...parsed.diagnostics, ...unknownKeyRemarks(parsed, keys)];
  const writing = focused && parsed.items.some((item) => item.kind === 'pair' && isBeingWritten(item, caret));
  // What is still being written is not wrong yet.
  const shown = remarks.filter(({ end }) => !(focused && end === caret));
  const invalid = shown.some(({ severity }) => severity === 'error');
  const opened = focused && !dismissed && (completions.length > 0 || shown.length > 0 || place?.kind === 'number');
  const highlighted = active < completions.length ? active : -1;

  useFollowedFilter();
  // A box that goes with its source is not told that it lost the focus.
  useEffect(() => () => setEditing(false), []);
  const focus = () => {
    input.current?.focus();
    input.current?.select();
  };
  useFocusRequest('search', focus);
  useSlashKey(focus);
  useEffect(() => {
    if (text === '') return applyDraft();
    const timer = setTimeout(applyDraft, writing ? WRITING_REST_MS : TYPING_REST_MS);
    return () => clearTimeout(timer);
  }, [text, writing]);

  const write = (next: string, at: number) => {
    writeDraft(next);
    setCaret(at);
    setDismissed(false);
    setActive(-1);
  };
  const accept = (completion: Completion) => {
    if (place === null) return;
    const next = complete(text, place, completion.insert);
    write(next.text, next.caret);
    if (!completion.insert.endsWith(':')) applyDraft();
    // After the input shows the new text.
    requestAnimationFrame(() => input.current?.setSelectionRange(next.caret, next.caret));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const chosen = completions[highlighted];
    if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && !event.altKey) {
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setDismissed(false);
      setActive(stepped(highlighted, step, completions.length));
    } else if (event.key === 'Enter' && opened && chosen !== undefined) accept(chosen);
    else if (event.key === 'Enter') {
      applyDraft();
      setDismissed(true);
    } else if (event.key === 'Escape' && opened) setDismissed(true);
    else if (event.key === 'Escape') input.current?.blur();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const clear = () => {
    write('', 0);
    input.current?.focus();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: <search> is not known to every assistive technology yet
    <div className={styles.search} role="search">
      <div className={invalid ? `${styles.field} ${styles.invalid}` : styles.field}>
        <IconSearch size={14} aria-hidden className={styles.icon ?? ''} />
        <div className={styles.text}>
          <RemarkedText text={text} remarks={shown} input={input} />
          <input
            ref={input}
            className={styles.input}
            type="text"
            role="combobox"
            aria-label="Search and filter"
            aria-autocomplete="list"
            aria-expanded={opened && completions.length > 0}
            aria-controls={`${id}-list`}
            aria-activedescendant={highlighted === -1 ? undefined : optionId(id, highlighted)}
            aria-invalid={invalid}
            aria-describedby={shown.length > 0 ? `${id}-remarks` : undefined}
            placeholder="Search or filter: model:gpt-4 -status:passed refund"
            value={text}
            spellCheck={false}
            autoComplete="off"
            autoCapitalize="off"
            onChange={(event) => write(event.currentTarget.value, event.currentTarget.selectionEnd ?? 0)}
            onSelect={(event) => setCaret(event.currentTarget.selectionEnd ?? 0)}
            onKeyDown={onKeyDown}
            onFocus={() => setEditing(true)}
            onClick={() => setDismissed(false)}
            onBlur={() => {
              setEditing(false);
              setActive(-1);
              setDismissed(false);
              applyDraft();
            }}
          />
        </div>
        {text === '' ? <Kbd aria-hidden>/</Kbd> : <CloseButton size="xs" aria-label="Clear search" onClick={clear} />}
      </div>
      {opened && (
        <CompletionPopup
          id={id}
          completions={completions}
          active={highlighted}
          remarks={shown}
          place={place}
          onAccept={accept}
        />
      )}
    </div>
  );
}

function stepped(active: number, step: number, length: number): number {
  if (length === 0) return -1;
  // -1 is the text itself: past the last line one is back in it.
  return ((active + 1 + step + length + 1) % (length + 1)) - 1;
}

/** The filter is one: what is changed elsewhere is read here. */
function useFollowedFilter(): void {
  const filter = useStore(viewStore, (view) => view.query.filter);
  useEffect(() => followFilter(filter), [filter]);
}

function useSlashKey(focus: () => void): void {
  const onSlash = useEffectEvent(focus);
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || keysAreTaken(event)) return;
      event.preventDefault();
      onSlash();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}
