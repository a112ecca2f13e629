/** Every key of the window, read from the commands themselves. */
import { closeDialog, useDialogOpen } from '../../state/dialogs.ts';
import { Dialog } from '../../ui/dialog.tsx';
import type { Command } from './command.ts';
import { Keys } from './keys.tsx';
import styles from './palette.module.css';

/** The dialog behind "?". */
export function ShortcutsDialog({ commands }: { readonly commands: readonly Command[] }) {
  const opened = useDialogOpen('shortcuts');
  const withKeys = commands.filter(({ keys }) => keys !== undefined && keys.length > 0);
  const groups = [...new Set(withKeys.map(({ group }) => group))];
  return (
    <Dialog opened={opened} onClose={closeDialog} title="Keys of this window" size="min(640px, 94vw)">
      <p className={styles.note}>
        Everything else is in the palette: press <Keys keys="Mod+K" /> and write a few letters of it.
      </p>
      <div className={styles.groups}>
        {groups.map((group) => (
          <section key={group} aria-label={group}>
            <h2 className={styles.groupTitle}>{group}</h2>
            <dl className={styles.shortcuts}>
              {withKeys
                .filter((command) => command.group === group)
                .map(({ id, title, keys = [] }) => (
                  <div key={id}>
                    <dt>{title}</dt>
                    <dd>
                      {keys.map((key) => (
                        <Keys key={key} keys={key} />
                      ))}
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
