/** How anyone can check the recorded hashes for themselves. */
import type { EntryDetail } from '../../../shared/contract.ts';
import { useOpenSource } from '../../state/source.ts';
import { CopyAction } from '../../ui/copy-action.tsx';
import { checkCommands } from './check-commands.ts';
import styles from './detail.module.css';

/** Folded up: commands for input and output, and what they must print. */
export function CheckSection({ detail }: { readonly detail: EntryDetail }) {
  return (
    <section className={styles.section} aria-labelledby="detail-check">
      <details className={styles.rawFold}>
        <summary id="detail-check">Check the hashes yourself</summary>
        <PartCheck detail={detail} part="input" />
        <PartCheck detail={detail} part="output" />
      </details>
    </section>
  );
}

function PartCheck({ detail, part }: { readonly detail: EntryDetail; readonly part: 'input' | 'output' }) {
  const { location } = useOpenSource();
  const commands = checkCommands(location, detail.row.ref, part, detail[part].kind);
  return (
    <div className={styles.part}>
      <p className={styles.note}>
        The {part} is as recorded where this prints <code className={styles.mono}>{detail[`${part}_hash`]}</code>
      </p>
      {commands.map(({ name, command }) => (
        <div key={name} className={styles.command}>
          <span className={styles.dim}>{name}</span>
          <code className={styles.json}>{command}</code>
          <CopyAction label={`Copy the command: ${name}, ${part}`} text={command} />
        </div>
      ))}
    </div>
  );
}
