/** Opens sources: every way leads to the same place. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { SourceLocation, TypedCredentials } from '../../../shared/contract.ts';
import { useDesk } from '../../state/desk-context.ts';
import { reportFailure } from '../../state/failure-notices.ts';
import { usePlainCall } from '../../state/plain-call.ts';
import { hideSource, showSource, sourceStore } from '../../state/source.ts';

/** Name of the list of recent sources among the queries. */
export const RECENT_QUERY = ['sources', 'recent'];

/** What is to be opened. */
export type OpenRequest =
  | { readonly kind: 'location'; readonly location: SourceLocation; readonly credentials: TypedCredentials | null }
  | { readonly kind: 'sample' };

/** Opens a source and shows it; the source shown before is closed once the new one is open. Credentials in it are kept nowhere. */
export function useOpenRequest() {
  const desk = useDesk();
  const queries = useQueryClient();
  const [kind, setKind] = useState<OpenRequest['kind']>('location');
  const call = usePlainCall(async (request: OpenRequest) => {
    setKind(request.kind);
    const before = sourceStore.get().source;
    try {
      const source =
        request.kind === 'sample'
          ? await desk.call('sources.openSample', {})
          : await desk.call('sources.open', { location: request.location, credentials: request.credentials });
      showSource(source);
      if (before !== null && before.sourceId !== source.sourceId) {
        await desk.call('sources.close', { sourceId: before.sourceId });
      }
      return source;
    } finally {
      void queries.invalidateQueries({ queryKey: RECENT_QUERY });
    }
  });
  return { ...call, kind };
}

/** A location of a folder. */
export function folderRequest(path: string): OpenRequest {
  return { kind: 'location', location: { kind: 'folder', path }, credentials: null };
}

/** Closes the source that is shown. A failure stays in sight. */
export function useCloseSource() {
  const desk = useDesk();
  return useMutation({
    mutationFn: (sourceId: string) => desk.call('sources.close', { sourceId }),
    onSuccess: (_, sourceId) => hideSource(sourceId),
    onError: (error) => reportFailure('The source could not be closed', error),
  });
}

/** Looks at a source again and reads what is new. A failure stays in sight. */
export function useRefreshSource() {
  const desk = useDesk();
  return useMutation({
    mutationFn: (sourceId: string) => desk.call('sources.refresh', { sourceId }),
    onError: (error) => reportFailure('The source could not be looked at again', error),
  });
}
