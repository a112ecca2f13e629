/** The name of the open source, and the way to another. */
import { Button, Menu } from '@mantine/core';
import {
  IconBucket,
  IconChevronDown,
  IconFlask,
  IconFolder,
  IconFolderOpen,
  IconRefresh,
  IconX,
} from '@tabler/icons-react';
import { useOpenSource } from '../../state/source.ts';
import { CutText } from '../../ui/cut-text.tsx';
import { locationKey, locationText } from './location-text.ts';
import { useRecentSources } from './recent-sources.tsx';
import { useCloseSource, useRefreshSource } from './use-open-source-calls.ts';
import type { SourceActions } from './use-source-actions.ts';

const SHOWN_RECENT = 8;

/** A menu under the source's name: other sources, looking again, closing. */
export function SourceSwitcher({ actions }: { readonly actions: SourceActions }) {
  const source = useOpenSource();
  const recent = useRecentSources();
  const here = locationKey(source.location);
  const others = recent.data?.filter((other) => locationKey(other.location) !== here).slice(0, SHOWN_RECENT) ?? [];
  const close = useCloseSource();
  const refresh = useRefreshSource();
  return (
    <Menu width={320}>
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          maw={220}
          title={locationText(source.location)}
          aria-label={`Source ${source.name}`}
          leftSection={
            source.location.kind === 'folder' ? (
              <IconFolder size={15} aria-hidden />
            ) : (
              <IconBucket size={15} aria-hidden />
            )
          }
          rightSection={<IconChevronDown size={14} aria-hidden />}
        >
          <CutText text={source.name} />
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconRefresh size={15} aria-hidden />} onClick={() => refresh.mutate(source.sourceId)}>
          Look again for new entries
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconFolderOpen size={15} aria-hidden />} onClick={actions.openFolder}>
          Open folder
        </Menu.Item>
        <Menu.Item leftSection={<IconBucket size={15} aria-hidden />} onClick={actions.connectBucket}>
          Connect bucket
        </Menu.Item>
        {!source.sample && (
          <Menu.Item
            leftSection={<IconFlask size={15} aria-hidden />}
            onClick={() => actions.open.mutate({ kind: 'sample' })}
          >
            Try the sample log
          </Menu.Item>
        )}
        {others.length > 0 && (
          <>
            <Menu.Divider />
            <Menu.Label>Recent and starred</Menu.Label>
          </>
        )}
        {others.map((other) => (
          <Menu.Item
            key={locationKey(other.location)}
            title={locationText(other.location)}
            onClick={() => actions.reopen(other)}
          >
            <CutText text={other.name} />
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<IconX size={15} aria-hidden />} onClick={() => close.mutate(source.sourceId)}>
          Close source
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
