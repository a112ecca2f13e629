/** A key as it stands on the keyboard. */
import { Kbd } from '@mantine/core';
import { isMac, keyParts } from './command.ts';
import styles from './palette.module.css';

/** `Mod+K` as two keys. */
export function Keys({ keys }: { readonly keys: string }) {
  return (
    <span className={styles.keys}>
      {keyParts(keys, isMac()).map((part) => (
        <Kbd key={part}>{part}</Kbd>
      ))}
    </span>
  );
}
