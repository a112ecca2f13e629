/** The first screen: what this is, and the ways in. */
import { Button, Loader } from '@mantine/core';
import { IconBucket, IconFlask, IconFolderOpen } from '@tabler/icons-react';
import { useHost } from '../../state/host.ts';
import { Failure } from '../../ui/failure.tsx';
import { ContinueButton, RecentSources, useLastSource } from './recent-sources.tsx';
import styles from './sources.module.css';
import type { SourceActions } from './use-source-actions.ts';

/** Offers a folder, a bucket, the sample, and what was open before. */
export function StartScreen({ actions }: { readonly actions: SourceActions }) {
  const host = useHost();
  const { open } = actions;
  const last = useLastSource();
  return (
    <main className={styles.start}>
      <div className={styles.startColumn}>
        <h1 className={styles.startTitle}>Audit Desk</h1>
        <p className={styles.startText}>
          Opens the audit logs of AI systems, so that you can see who asked what, what was answered and what was
          blocked, and prove it.
        </p>
        {last !== null && <ContinueButton last={last} onOpen={actions.reopen} />}
        <div className={styles.ways}>
          <Button
            variant={last === null ? 'filled' : 'default'}
            size="sm"
            leftSection={<IconFolderOpen size={16} aria-hidden />}
            onClick={actions.openFolder}
          >
            Open folder
          </Button>
          <Button size="sm" leftSection={<IconBucket size={16} aria-hidden />} onClick={actions.connectBucket}>
            Connect bucket
          </Button>
          <Button
            size="sm"
            leftSection={<IconFlask size={16} aria-hidden />}
            onClick={() => open.mutate({ kind: 'sample' })}
          >
            Try the sample log
          </Button>
        </div>
        <div className={styles.startStatus} role="status">
          {open.isPending && (
            <>
              <Loader size={14} /> {open.kind === 'sample' ? 'Writing and opening the sample log' : 'Opening'}
            </>
          )}
        </div>
        {open.error !== null && actions.dialog === 'none' && (
          <Failure error={open.error} title="The source could not be opened" onDismiss={open.reset} />
        )}
        {last === null && (
          <p className={styles.startHint}>
            The sample log holds 30 days of an invented AI service, encrypted, with its key at hand: nothing you do
            there touches a log of yours.
          </p>
        )}
        <RecentSources onOpen={actions.reopen} />
      </div>
      <footer className={styles.startFoot}>
        {host === undefined ? ' ' : `Version ${host.version} · ${host.kind === 'web' ? 'web host' : 'desktop'}`}
      </footer>
    </main>
  );
}
