/** Keys: what is imported, and how one more is. The window knows names and fingerprints, never a key. */
import { Button, Table, Tabs } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { KeySummary } from '../../../shared/contract.ts';
import { useDesk } from '../../state/desk-context.ts';
import { useHost, useKeys } from '../../state/host.ts';
import { useTimeZone } from '../../state/settings.ts';
import { formatMomentWithOffset } from '../../time/time-zone.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Failure } from '../../ui/failure.tsx';
import { GenerateKey, ImportKeyFile, ImportKeyText } from './key-forms.tsx';
import styles from './keys.module.css';

interface KeysDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** The dialog. */
export function KeysDialog({ opened, onClose }: KeysDialogProps) {
  return (
    <Dialog opened={opened} onClose={onClose} title="Keys" size="lg">
      <KeysPage />
    </Dialog>
  );
}

function KeysPage() {
  const keys = useKeys();
  const host = useHost();
  const [added, setAdded] = useState<KeySummary | null>(null);
  return (
    <>
      <p className={styles.text}>
        Encrypted content is opened with whichever of these keys fits. The desk holds them in memory until you forget
        them or it ends; this window sees only their names and fingerprints.
      </p>
      {keys.error !== null && <Failure error={keys.error} title="The keys could not be listed" />}
      <KeyTable keys={keys.data ?? []} />
      <div role="status" className={styles.added}>
        {added !== null && (
          <>
            Imported <bdi>{added.name === '' ? 'a key' : added.name}</bdi>, fingerprint <code>{added.fingerprint}</code>
          </>
        )}
      </div>
      <Tabs defaultValue="file" keepMounted={false}>
        <Tabs.List aria-label="Add a key">
          <Tabs.Tab value="file">From a file</Tabs.Tab>
          <Tabs.Tab value="paste">Paste</Tabs.Tab>
          <Tabs.Tab value="generate">Generate</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="file">
          <ImportKeyFile nativeDialogs={host?.nativeDialogs === true} onAdded={setAdded} />
        </Tabs.Panel>
        <Tabs.Panel value="paste">
          <ImportKeyText onAdded={setAdded} />
        </Tabs.Panel>
        <Tabs.Panel value="generate">
          <GenerateKey onAdded={setAdded} />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}

function KeyTable({ keys }: { readonly keys: readonly KeySummary[] }) {
  const desk = useDesk();
  const zone = useTimeZone();
  const forget = useMutation({ mutationFn: (fingerprint: string) => desk.call('keys.forget', { fingerprint }) });
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
              <Table.Th>
                <span className="visually-hidden">Actions</span>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {keys.map((key) => (
              <Table.Tr key={key.fingerprint}>
                <Table.Td className={styles.name ?? ''}>
                  <bdi>{key.name === '' ? 'unnamed' : key.name}</bdi>
                </Table.Td>
                <Table.Td>
                  <code className={styles.fingerprint}>{key.fingerprint}</code>
                </Table.Td>
                <Table.Td>{formatMomentWithOffset(key.importedAtMs * 1000, zone, 'minute')}</Table.Td>
                <Table.Td className={styles.actions ?? ''}>
                  <Button
                    size="compact-xs"
                    aria-label={`Forget ${key.name === '' ? key.fingerprint : key.name}`}
                    onClick={() => forget.mutate(key.fingerprint)}
                  >
                    Forget
                  </Button>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {forget.error !== null && (
        <Failure error={forget.error} title="The key could not be forgotten" onDismiss={forget.reset} />
      )}
    </>
  );
}
