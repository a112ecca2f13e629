/** One line of foreign text: cut where it does not fit, whole on hover, its direction kept to itself. */
import type { CSSProperties } from 'react';
import styles from './cut-text.module.css';

interface CutTextProps {
  readonly text: string;
  readonly mono?: boolean;
  /** Shown on hover instead of the text. */
  readonly title?: string;
  readonly style?: CSSProperties;
}

const TITLE_CHARACTERS = 2000;

/** Text of a log as text: never HTML, isolated so that right-to-left words do not turn their neighbours. */
export function CutText({ text, mono = false, title, style }: CutTextProps) {
  return (
    <bdi
      className={mono ? `${styles.cut} ${styles.mono}` : styles.cut}
      title={(title ?? text).slice(0, TITLE_CHARACTERS)}
      style={style}
    >
      {text}
    </bdi>
  );
}
