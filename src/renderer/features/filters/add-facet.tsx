/** Adds a facet for a key of the metadata. */
import { TextInput } from '@mantine/core';
import { IconMinus, IconPlus } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import type { MetadataKey } from '../../../shared/summaries.ts';
import { CutText } from '../../ui/cut-text.tsx';
import { formatCount } from '../../ui/number-text.ts';
import styles from './filters.module.css';

const MOST_SHOWN = 12;
const SEARCH_FROM = 8;

interface AddFacetProps {
  /** Keys that have no facet yet. */
  readonly keys: readonly MetadataKey[];
  readonly onAdd: (key: string) => void;
}

/** A button that unfolds the list of keys; nothing where no key is left. */
export function AddFacet({ keys, onAdd }: AddFacetProps) {
  const button = useRef<HTMLButtonElement>(null);
  const [opened, setOpened] = useState(false);
  if (keys.length === 0) return null;
  const Icon = opened ? IconMinus : IconPlus;
  const close = () => {
    setOpened(false);
    button.current?.focus();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Esc anywhere within folds it up
    <div className={styles.addFacet} onKeyDown={(event) => event.key === 'Escape' && opened && close()}>
      <button
        ref={button}
        type="button"
        className={styles.more}
        aria-expanded={opened}
        onClick={() => setOpened((before) => !before)}
      >
        <Icon size={12} aria-hidden /> Add a metadata key
      </button>
      {opened && (
        <KeyList
          keys={keys}
          onChoose={(key) => {
            onAdd(key);
            close();
          }}
        />
      )}
    </div>
  );
}

interface KeyListProps {
  readonly keys: readonly MetadataKey[];
  readonly onChoose: (key: string) => void;
}

function KeyList({ keys, onChoose }: KeyListProps) {
  const [wanted, setWanted] = useState('');
  const matching = keys.filter(({ key }) => key.toLowerCase().includes(wanted.trim().toLowerCase()));
  const hidden = matching.length - MOST_SHOWN;
  return (
    <>
      {keys.length > SEARCH_FROM && (
        <TextInput
          type="search"
          className={styles.facetSearch ?? ''}
          aria-label="Search metadata keys"
          placeholder="Search keys"
          value={wanted}
          onChange={(event) => setWanted(event.currentTarget.value)}
          spellCheck={false}
        />
      )}
      <ul className={styles.keyList} aria-label="Metadata keys">
        {matching.slice(0, MOST_SHOWN).map(({ key, entries }) => (
          <li key={key}>
            <button type="button" className={styles.key} onClick={() => onChoose(key)}>
              <span className={styles.itemText}>
                <CutText text={key} />
              </span>
              <span className={styles.count}>{formatCount(entries)}</span>
            </button>
          </li>
        ))}
      </ul>
      {hidden > 0 && <div className={styles.none}>{formatCount(hidden)} more: search to find them</div>}
      {matching.length === 0 && <div className={styles.none}>No key is called that</div>}
    </>
  );
}
