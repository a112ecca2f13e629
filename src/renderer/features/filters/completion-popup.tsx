/** What the search box offers and says, below it. */
import { Kbd } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { QueryDiagnostic } from '../../../shared/query-language/parse-query.ts';
import { CutText } from '../../ui/cut-text.tsx';
import { formatCount, formatCountOf } from '../../ui/number-text.ts';
import type { CompletionPlace } from './completion-place.ts';
import styles from './search-box.module.css';
import type { Completion } from './use-completions.ts';

interface CompletionPopupProps {
  /** What the ids of its parts begin with. */
  readonly id: string;
  readonly completions: readonly Completion[];
  /** The highlighted line; -1 for none. */
  readonly active: number;
  readonly remarks: readonly QueryDiagnostic[];
  readonly place: CompletionPlace | null;
  readonly onAccept: (completion: Completion) => void;
}

/** Id of a line, for the input to point at. */
export function optionId(id: string, index: number): string {
  return `${id}-option-${index}`;
}

/** The list, the remarks, and the keys. The focus stays in the input. */
export function CompletionPopup({ id, completions, active, remarks, place, onAccept }: CompletionPopupProps) {
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only keeps the focus where it is
    <div className={styles.popup} onMouseDown={(event) => event.preventDefault()}>
      {remarks.length > 0 && <Remarks id={`${id}-remarks`} remarks={remarks} />}
      {completions.length > 0 && (
        <div id={`${id}-list`} role="listbox" aria-label="Completions" className={styles.list}>
          {completions.map((completion, index) => (
            <Option
              key={completion.key}
              id={optionId(id, index)}
              completion={completion}
              selected={index === active}
              onAccept={() => onAccept(completion)}
            />
          ))}
        </div>
      )}
      <div className={styles.foot} aria-hidden>
        {place?.kind === 'number' && <span>2000 · &gt;2000 · &lt;=2000 · 100..200 · * where recorded</span>}
        {completions.length > 0 && (
          <span>
            <Kbd>↓</Kbd> <Kbd>Enter</Kbd> take
          </span>
        )}
        <span>
          <Kbd>-</Kbd> in front leaves out · a,b either · none not recorded · &quot;words together&quot;
        </span>
      </div>
    </div>
  );
}

interface OptionProps {
  readonly id: string;
  readonly completion: Completion;
  readonly selected: boolean;
  readonly onAccept: () => void;
}

function Option({ id, completion, selected, onAccept }: OptionProps) {
  const { label, hint, count } = completion;
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (selected) element.current?.scrollIntoView({ block: 'nearest' });
  }, [selected]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the input has the focus and the keys
    // biome-ignore lint/a11y/useFocusableInteractive: the input points at it instead
    <div ref={element} id={id} role="option" aria-selected={selected} className={styles.option} onClick={onAccept}>
      <span className={styles.label}>
        <CutText text={label} />
      </span>
      <span className={styles.hint}>{hint}</span>
      {count !== null && (
        <span className={styles.count}>
          <span aria-hidden>{formatCount(count)}</span>
          <span className="visually-hidden">{formatCountOf(count, 'entry', 'entries')}</span>
        </span>
      )}
    </div>
  );
}

function Remarks({ id, remarks }: { readonly id: string; readonly remarks: readonly QueryDiagnostic[] }) {
  return (
    <div id={id} role="status" className={styles.messages}>
      {remarks.map(({ start, message, severity }) => (
        <p key={`${start} ${message}`} className={severity === 'error' ? styles.messageError : undefined}>
          <bdi>{message}</bdi>
        </p>
      ))}
    </div>
  );
}
