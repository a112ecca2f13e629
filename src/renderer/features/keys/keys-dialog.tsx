/** Keys: what is imported, and how one more is. The window knows names and fingerprints, never a key. */
import { Tabs } from '@mantine/core';
import { useState } from 'react';
import type { KeySummary } from '../../../shared/contract.ts';
import { deskLockStore } from '../../state/desk-lock.ts';
import { useHost, useKeys } from '../../state/host.ts';
import { useStore } from '../../state/store.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Failure } from '../../ui/failure.tsx';
import { GenerateKey, ImportKeyFile, ImportKeyText, ImportKeyVariable } from './key-forms.tsx';
import { KeyTable, LockLine } from './key-table.tsx';
import styles from './keys.module.css';

interface KeysDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** The dialog. */
export function KeysDialog({ opened, onClose }: KeysDialogProps) {
  return (
    <Dialog opened={opened} onClose={onClose} title="Keys" size="min(760px, 94vw)">
      <KeysPage />
    </Dialog>
  );
}

const LOCKED = {
  asked: 'Locked: no plaintext and no key is left in memory.',
  idle: 'Locked after ten minutes without a touch: no plaintext and no key is left in memory.',
} as const;

function KeysPage() {
  const keys = useKeys();
  const host = useHost();
  const lockedBecause = useStore(deskLockStore, (state) => state.lockedBecause);
  const [added, setAdded] = useState<KeySummary | null>(null);
  return (
    <>
      <p className={styles.text}>
        Encrypted content is opened with whichever of these keys fits. The desk holds them in memory until you lock or
        forget them, it ends, or nobody touches a window for ten minutes; this window sees only their names and
        fingerprints.
      </p>
      {keys.error !== null && <Failure error={keys.error} title="The keys could not be listed" />}
      <KeyTable keys={keys.data ?? []} obstacle={host?.keyStoreObstacle ?? null} />
      <LockLine keys={keys.data ?? []} obstacle={host?.keyStoreObstacle ?? null} />
      <div role="status" className={styles.added}>
        {lockedBecause !== null && LOCKED[lockedBecause]}
        {lockedBecause === null && added !== null && (
          <>
            Imported <bdi>{added.name === '' ? 'a key' : added.name}</bdi>, fingerprint <code>{added.fingerprint}</code>
          </>
        )}
      </div>
      <Tabs defaultValue="file" keepMounted={false}>
        <Tabs.List aria-label="Add a key">
          <Tabs.Tab value="file">From a file</Tabs.Tab>
          <Tabs.Tab value="paste">Paste</Tabs.Tab>
          <Tabs.Tab value="environment">Environment</Tabs.Tab>
          <Tabs.Tab value="generate">Generate</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="file">
          <ImportKeyFile nativeDialogs={host?.nativeDialogs === true} onAdded={setAdded} />
        </Tabs.Panel>
        <Tabs.Panel value="paste">
          <ImportKeyText onAdded={setAdded} />
        </Tabs.Panel>
        <Tabs.Panel value="environment">
          <ImportKeyVariable onAdded={setAdded} />
        </Tabs.Panel>
        <Tabs.Panel value="generate">
          <GenerateKey onAdded={setAdded} />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
