/** The text of the search box once more, unseen, with a line under what a remark is about. */
import { type RefObject, useEffect, useRef } from 'react';
import type { QueryDiagnostic } from '../../../shared/query-language/parse-query.ts';
import styles from './search-box.module.css';

interface RemarkedTextProps {
  readonly text: string;
  readonly remarks: readonly QueryDiagnostic[];
  /** The input it lies behind; it scrolls with it. */
  readonly input: RefObject<HTMLInputElement | null>;
}

interface Piece {
  readonly start: number;
  readonly text: string;
  readonly severity: QueryDiagnostic['severity'] | null;
}

/** Pieces of the text in order; where remarks overlap the first one counts. */
function piecesOf(text: string, remarks: readonly QueryDiagnostic[]): readonly Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const { start, end, severity } of remarks.toSorted((first, second) => first.start - second.start)) {
    if (start < at) continue;
    pieces.push({ start: at, text: text.slice(at, start), severity: null });
    pieces.push({ start, text: text.slice(start, end), severity });
    at = end;
  }
  pieces.push({ start: at, text: text.slice(at), severity: null });
  return pieces.filter((piece) => piece.text !== '');
}

/** Nothing to read: the messages say the same in words. */
export function RemarkedText({ text, remarks, input }: RemarkedTextProps) {
  const behind = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const field = input.current;
    if (field === null) return;
    const follow = () => {
      if (behind.current !== null) behind.current.scrollLeft = field.scrollLeft;
    };
    follow();
    field.addEventListener('scroll', follow);
    return () => field.removeEventListener('scroll', follow);
  });
  if (remarks.length === 0) return null;
  return (
    <div ref={behind} className={styles.remarks} aria-hidden>
      {piecesOf(text, remarks).map((piece) => (
        <span key={piece.start} className={piece.severity === null ? undefined : styles[piece.severity]}>
          {piece.text}
        </span>
      ))}
    </div>
  );
}
