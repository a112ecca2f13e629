/** A stored JSON value as a tree that folds: every digit and key as it stands in the line. */
import { isAuditError } from '../../../shared/errors.ts';
import { type MemberText, memberTexts } from '../../../shared/lossless-json.ts';
import { formatCountOf } from '../../ui/number-text.ts';
import styles from './detail.module.css';
import { elementTexts, layOutJson, stringOfJson } from './json-display.ts';

/** Deeper levels begin folded up. */
const OPEN_LEVELS = 2;
/** More parts than these are shown as text: a tree of thousands helps nobody. */
const MOST_PARTS = 200;

/** Members of an object or elements of an array, as stored; null for any other value. */
function partsOf(json: string): readonly MemberText[] | null {
  try {
    if (json.startsWith('{')) return memberTexts(json);
    if (json.startsWith('['))
      return elementTexts(json).map((element, index) => ({ name: String(index), json: element }));
  } catch (error) {
    // A text that was cut is no JSON any more: it is shown as it stands.
    if (!isAuditError(error)) throw error;
  }
  return null;
}

interface JsonTreeProps {
  readonly json: string;
  readonly level?: number;
}

/** One value. */
export function JsonTree({ json, level = 0 }: JsonTreeProps) {
  const text = stringOfJson(json);
  if (text !== null) return <bdi className={styles.wrap}>{text === '' ? '(empty)' : text}</bdi>;
  const parts = partsOf(json);
  if (parts === null || parts.length === 0 || parts.length > MOST_PARTS) {
    return <code className={styles.json}>{layOutJson(json)}</code>;
  }
  const size = json.startsWith('{')
    ? formatCountOf(parts.length, 'key', 'keys')
    : formatCountOf(parts.length, 'value', 'values');
  return (
    <details className={styles.tree} open={level < OPEN_LEVELS}>
      <summary>{size}</summary>
      <ul>
        {parts.map((part, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: stored members never change, and a key may stand twice
          <li key={index}>
            <bdi className={styles.treeName}>{part.name}</bdi> <JsonTree json={part.json} level={level + 1} />
          </li>
        ))}
      </ul>
    </details>
  );
}
