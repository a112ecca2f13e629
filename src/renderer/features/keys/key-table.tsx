/** The keys there are, each with what can be done with it, and the lock over all of them. */
import { Button, Checkbox, Table } from '@mantine/core';
import { IconLock, IconLockOpen } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import type { KeySummary } from '../../../shared/contract.ts';
import { useDesk } from '../../state/desk-context.ts';
import { useTimeZone } from '../../state/settings.ts';
import { formatMomentWithOffset } from '../../time/time-zone.ts';
import { Failure } from '../../ui/failure.tsx';
import styles from './keys.module.css';

interface KeysProps {
  readonly keys: readonly KeySummary[];
  /** Why keys cannot be remembered here; null where they can. */
  readonly obstacle: string | null;
}

const keyName = (key: KeySummary) => (key.name === '' ? key.fingerprint : key.name);

/** Name, fingerprint, and whether the system remembers it. */
export function KeyTable({ keys, obstacle }: KeysProps) {
  const desk = useDesk();
  const forget = useMutation({ mutationFn: (fingerprint: string) => desk.call('keys.forget', { fingerprint }) });
  const remember = useMutation({
    mutationFn: (wish: { readonly fingerprint: string; readonly remember: boolean }) =>
      desk.call('keys.remember', wish),
  });
  /** What was ticked, at once; the desk's word takes its place. */
  const isRemembered = ({ fingerprint, remembered }: KeySummary) =>
    remember.isPending && remember.variables.fingerprint === fingerprint ? remember.variables.remember : remembered;
  return (
    <>
      {keys.length === 0 ? (
        <p className={styles.empty}>No key yet. Without one, encrypted content stays closed.</p>
      ) : (
        <Table aria-label="Imported keys">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Name</Table.Th>
              <Table.Th>Fingerprint</Table.Th>
              <Table.Th>Imported</Table.Th>
              {obstacle === null && <Table.Th>Remember</Table.Th>}
              <Table.Th>
                <span className="visually-hidden">Actions</span>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {keys.map((key) => (
              <KeyRow
                key={key.fingerprint}
                summary={{ ...key, remembered: isRemembered(key) }}
                canRemember={obstacle === null}
                onRemember={(wish) => remember.mutate({ fingerprint: key.fingerprint, remember: wish })}
                onForget={() => forget.mutate(key.fingerprint)}
              />
            ))}
          </Table.Tbody>
        </Table>
      )}
      {forget.error !== null && (
        <Failure error={forget.error} title="The key could not be forgotten" onDismiss={forget.reset} />
      )}
      {remember.error !== null && (
        <Failure error={remember.error} title="The key store was not changed" onDismiss={remember.reset} />
      )}
    </>
  );
}

interface KeyRowProps {
  readonly summary: KeySummary;
  readonly canRemember: boolean;
  readonly onRemember: (remember: boolean) => void;
  readonly onForget: () => void;
}

function KeyRow({ summary, canRemember, onRemember, onForget }: KeyRowProps) {
  const zone = useTimeZone();
  const { fingerprint, name, importedAtMs, remembered, locked } = summary;
  return (
    <Table.Tr>
      <Table.Td className={styles.name ?? ''}>
        <bdi>{name === '' ? 'unnamed' : name}</bdi>
        {locked && <span className={styles.locked}> locked</span>}
      </Table.Td>
      <Table.Td>
        <code className={styles.fingerprint}>{fingerprint}</code>
      </Table.Td>
      <Table.Td>{formatMomentWithOffset(importedAtMs * 1000, zone, 'minute')}</Table.Td>
      {canRemember && (
        <Table.Td>
          <Checkbox
            aria-label={`Remember ${keyName(summary)} in the system's key store`}
            checked={remembered}
            disabled={locked}
            onChange={(event) => onRemember(event.currentTarget.checked)}
          />
        </Table.Td>
      )}
      <Table.Td className={styles.actions ?? ''}>
        <Button size="compact-xs" aria-label={`Forget ${keyName(summary)}`} onClick={onForget}>
          Forget
        </Button>
      </Table.Td>
    </Table.Tr>
  );
}

/** Lock and unlock, and why keys are not remembered here. */
export function LockLine({ keys, obstacle }: KeysProps) {
  const desk = useDesk();
  const lock = useMutation({ mutationFn: () => desk.call('keys.lock', {}) });
  const unlock = useMutation({ mutationFn: () => desk.call('keys.unlock', {}) });
  const locked = keys.filter((key) => key.locked).length;
  return (
    <>
      <div className={styles.lockLine}>
        <p className={styles.note}>{obstacle !== null && `Keys are not remembered here. ${obstacle}`}</p>
        {locked > 0 && (
          <Button
            leftSection={<IconLockOpen size={14} aria-hidden />}
            loading={unlock.isPending}
            onClick={() => unlock.mutate()}
          >
            Unlock
          </Button>
        )}
        <Button
          leftSection={<IconLock size={14} aria-hidden />}
          loading={lock.isPending}
          title="Forgets every text that was opened, everywhere, and every key that is not remembered"
          onClick={() => lock.mutate()}
        >
          Lock
        </Button>
      </div>
      {lock.error !== null && (
        <Failure error={lock.error} title="The desk could not be locked" onDismiss={lock.reset} />
      )}
      {unlock.error !== null && (
        <Failure error={unlock.error} title="A key could not be unlocked" onDismiss={unlock.reset} />
      )}
    </>
  );
}
