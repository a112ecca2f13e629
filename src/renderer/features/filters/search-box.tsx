/** Text to be found in ids, conversations, block reasons and metadata of the whole range. */
import { CloseButton, Kbd, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { joinSearchText, splitSearchText, withSearchText } from '../../state/filter-edits.ts';
import { useFocusRequest } from '../../state/focus-requests.ts';
import { useStore } from '../../state/store.ts';
import { editFilter, viewStore } from '../../state/view.ts';
import { keysAreTaken } from '../../ui/typing.ts';
import styles from './filters.module.css';

const TYPING_REST_MS = 250;

function sameWords(first: readonly string[], second: readonly string[]): boolean {
  return first.length === second.length && first.every((word, index) => word === second[index]);
}

function apply(typed: string) {
  if (sameWords(splitSearchText(typed), viewStore.get().query.filter.text)) return;
  editFilter((filter) => withSearchText(filter, typed));
}

/** The search box; "/" goes to it, Esc leaves it. */
export function SearchBox() {
  const words = useStore(viewStore, (view) => view.query.filter.text);
  const [text, setText] = useState(joinSearchText(words));
  const field = useRef<HTMLInputElement>(null);

  // The filter is one: a chip taken out elsewhere is taken out here.
  const [knownWords, setKnownWords] = useState(words);
  if (knownWords !== words) {
    setKnownWords(words);
    if (!sameWords(splitSearchText(text), words)) setText(joinSearchText(words));
  }

  useFocusRequest('search', () => {
    field.current?.focus();
    field.current?.select();
  });

  useEffect(() => {
    const timer = setTimeout(() => apply(text), TYPING_REST_MS);
    return () => clearTimeout(timer);
  }, [text]);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || keysAreTaken(event)) return;
      event.preventDefault();
      field.current?.focus();
      field.current?.select();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);

  const clear = () => {
    setText('');
    editFilter((filter) => withSearchText(filter, ''));
    field.current?.focus();
  };
  return (
    <TextInput
      ref={field}
      type="search"
      className={styles.search ?? ''}
      aria-label="Search ids and metadata"
      placeholder="Search ids and metadata"
      title={
        'Finds entries whose id, conversation, block reason or metadata holds every word; "quoted words" stay together'
      }
      leftSection={<IconSearch size={14} aria-hidden />}
      rightSection={
        text === '' ? <Kbd aria-hidden>/</Kbd> : <CloseButton size="xs" aria-label="Clear search" onClick={clear} />
      }
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') apply(text);
        if (event.key === 'Escape') field.current?.blur();
      }}
      spellCheck={false}
      autoComplete="off"
    />
  );
}
