/** Copies a text and says so. */
import { ActionIcon, Tooltip } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconCopy } from '@tabler/icons-react';
import { useEffect, useState } from 'react';

interface CopyActionProps {
  /** Accessible name: "Copy the id". */
  readonly label: string;
  readonly text: string;
}

const SHOWN_MS = 1500;

/** A small button that puts `text` on the clipboard; its icon and its announcement tell whether that worked. */
export function CopyAction({ label, text }: CopyActionProps) {
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle');
  useEffect(() => {
    if (state === 'idle') return;
    const timer = setTimeout(() => setState('idle'), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => setState('copied'),
      () => setState('failed'),
    );
  };
  const said = state === 'idle' ? label : state === 'copied' ? 'Copied' : 'Could not be copied';
  return (
    <Tooltip label={said}>
      <ActionIcon size="sm" aria-label={label} onClick={copy}>
        {state === 'idle' && <IconCopy size={14} aria-hidden />}
        {state === 'copied' && <IconCheck size={14} aria-hidden />}
        {state === 'failed' && <IconAlertTriangle size={14} aria-hidden />}
        <span role="status" className="visually-hidden" hidden={state === 'idle'}>
          {state === 'idle' ? '' : said}
        </span>
      </ActionIcon>
    </Tooltip>
  );
}
