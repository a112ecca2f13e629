/** Puts the window together: client, queries, look, and what stands in the way when there is no desk. */
import { MantineProvider } from '@mantine/core';
import { useColorScheme } from '@mantine/hooks';
import { QueryClient, QueryClientProvider, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import type { ConnectionState } from '../api/carrier.ts';
import type { DeskClient } from '../api/desk-client.ts';
import { DeskContext, useDesk, useDeskEvent } from '../state/desk-context.ts';
import { noteLock, useTouches } from '../state/desk-lock.ts';
import { KEYS_QUERY } from '../state/host.ts';
import { savedViewsQuery } from '../state/saved-views.ts';
import { useSettings } from '../state/settings.ts';
import { hideSource, noteSourceChange, showSource, sourceStore } from '../state/source.ts';
import { useStore } from '../state/store.ts';
import { Failure } from '../ui/failure.tsx';
import styles from './app.module.css';
import { StartPage } from './start-page.tsx';
import { theme } from './theme.ts';
import { Workbench } from './workbench.tsx';

interface AppProps {
  /** null where no desk could be reached. */
  readonly desk: DeskClient | null;
  readonly error: unknown;
}

/** The window. */
export function App({ desk, error }: AppProps) {
  const [queries] = useState(
    () =>
      new QueryClient({
        defaultOptions: {
          queries: { retry: false, refetchOnWindowFocus: false, refetchOnReconnect: false, networkMode: 'always' },
          mutations: { retry: false, networkMode: 'always' },
        },
      }),
  );
  const system = useColorScheme('light', { getInitialValueInEffect: false });
  if (desk === null) {
    return (
      <Look scheme={system}>
        <main className={styles.alone}>
          <Failure error={error} title="This page has no desk behind it" onRetry={() => location.reload()} />
        </main>
      </Look>
    );
  }
  return (
    <QueryClientProvider client={queries}>
      <DeskContext value={desk}>
        <DeskWindow system={system} />
      </DeskContext>
    </QueryClientProvider>
  );
}

function Look({ scheme, children }: { readonly scheme: 'light' | 'dark'; readonly children: ReactNode }) {
  return (
    <MantineProvider theme={theme} forceColorScheme={scheme} withCssVariables={false} withGlobalClasses={false}>
      {children}
    </MantineProvider>
  );
}

function DeskWindow({ system }: { readonly system: 'light' | 'dark' }) {
  const { colorScheme } = useSettings();
  const connection = useConnection();
  const source = useStore(sourceStore, (state) => state.source);
  const asked = useDeskNews();
  return (
    <Look scheme={colorScheme === 'auto' ? system : colorScheme}>
      <div className={styles.window}>
        {connection !== 'connected' && <ConnectionBar connection={connection} />}
        {source === null ? asked && <StartPage /> : <Workbench key={source.sourceId} />}
      </div>
    </Look>
  );
}

function ConnectionBar({ connection }: { readonly connection: ConnectionState }) {
  return (
    <div role="alert" className={styles.connection}>
      {connection === 'lost'
        ? 'The connection to the desk is lost. What you see is as it was; it is being asked for again.'
        : 'This page may not speak to the desk any more. Start Audit Desk again and open the link it prints.'}
    </div>
  );
}

/** State of the connection. After a loss, everything shown is asked for again: events may have been missed. */
function useConnection(): ConnectionState {
  const desk = useDesk();
  const queries = useQueryClient();
  const [connection, setConnection] = useState<ConnectionState>('connected');
  useEffect(() => {
    let before: ConnectionState = 'connected';
    return desk.onConnection((state) => {
      if (before === 'lost' && state === 'connected') void queries.invalidateQueries();
      before = state;
      setConnection(state);
    });
  }, [desk, queries]);
  return connection;
}

/** Follows what the desk tells unasked; true once it has said which source is open. */
function useDeskNews(): boolean {
  const desk = useDesk();
  const queries = useQueryClient();
  const [asked, setAsked] = useState(false);
  useDeskEvent('source.opened', ({ source }) => showSource(source));
  useDeskEvent('source.closed', ({ sourceId }) => hideSource(sourceId));
  useDeskEvent('source.changed', ({ sourceId, revision, coverage }) => noteSourceChange(sourceId, revision, coverage));
  useDeskEvent('keys.changed', ({ keys }) => {
    queries.setQueryData(KEYS_QUERY, keys);
    if (keys.some(({ locked }) => !locked)) noteLock(null);
  });
  useDeskEvent('desk.locked', ({ because }) => noteLock(because));
  useTouches();
  useDeskEvent('views.changed', ({ sourceId, views }) => queries.setQueryData(savedViewsQuery(sourceId), views));
  useEffect(() => {
    desk.call('sources.current', {}).then(
      (source) => {
        if (source !== null) showSource(source);
        setAsked(true);
      },
      () => setAsked(true),
    );
  }, [desk]);
  return asked;
}
