/** The desk's client for every component, and the hooks that listen to it. */
import { createContext, use, useEffect, useEffectEvent, useState } from 'react';
import type { DeskEventName, DeskEvents } from '../../shared/contract.ts';
import type { DeskClient } from '../api/desk-client.ts';

/** Holds the client; set once, by the window. */
export const DeskContext = createContext<DeskClient | null>(null);

/** The desk's client. */
export function useDesk(): DeskClient {
  const desk = use(DeskContext);
  if (desk === null) throw new Error('useDesk is only for components inside DeskContext.');
  return desk;
}

/** Listens to an event of the desk as long as the component is shown. */
export function useDeskEvent<Name extends DeskEventName>(name: Name, listener: (payload: DeskEvents[Name]) => void) {
  const desk = useDesk();
  const onEvent = useEffectEvent(listener);
  useEffect(() => desk.on(name, (payload) => onEvent(payload)), [desk, name]);
}

/** How far long work has come. */
export type JobProgress = Omit<DeskEvents['job.progress'], 'jobId'>;

/** Progress of the work started under an id; null before the first word of it. */
export function useJobProgress(jobId: string | null): JobProgress | null {
  const [progress, setProgress] = useState<DeskEvents['job.progress'] | null>(null);
  useDeskEvent('job.progress', (payload) => {
    if (payload.jobId === jobId) setProgress(payload);
  });
  return progress !== null && progress.jobId === jobId ? progress : null;
}
