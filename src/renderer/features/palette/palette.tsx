/** The command palette: everything the window can do, found by a few letters, run by Enter. */
import { Modal } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { closeDialog, useDialogOpen } from '../../state/dialogs.ts';
import type { Command } from './command.ts';
import { type FoundCommand, findCommands } from './find-commands.ts';
import { Keys } from './keys.tsx';
import styles from './palette.module.css';

/** The palette; it is there while the dialog of its name is open. */
export function Palette({ commands }: { readonly commands: readonly Command[] }) {
  const opened = useDialogOpen('palette');
  const [before, setBefore] = useState<Element | null>(null);
  const [wasOpened, setWasOpened] = useState(false);
  if (opened !== wasOpened) {
    setWasOpened(opened);
    if (opened) setBefore(document.activeElement);
  }
  const leave = () => {
    closeDialog();
    if (before instanceof HTMLElement) before.focus({ preventScroll: true });
  };
  const run = (command: Command) => {
    leave();
    // A dialog that the command opens must find the palette gone.
    setTimeout(command.run, 0);
  };
  return (
    <Modal.Root
      opened={opened}
      onClose={leave}
      returnFocus={false}
      lockScroll={false}
      size="min(620px, 94vw)"
      yOffset="12vh"
      padding={0}
      transitionProps={{ duration: 0 }}
    >
      <Modal.Overlay backgroundOpacity={0.25} />
      <Modal.Content aria-label="Commands">
        <Modal.Body>{opened && <PaletteList commands={commands} onRun={run} />}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

interface PaletteListProps {
  readonly commands: readonly Command[];
  readonly onRun: (command: Command) => void;
}

function PaletteList({ commands, onRun }: PaletteListProps) {
  const id = useId();
  const [query, setQuery] = useState('');
  const [active, setActive] = useState(0);
  const found = findCommands(commands, query);
  const chosen = Math.min(active, found.length - 1);
  const optionId = (index: number) => `${id}-${index}`;
  const onKey = (event: KeyboardEvent) => {
    const target = stepTo(event.key, chosen, found.length);
    const command = found[chosen]?.command;
    if (target !== null) setActive(target);
    else if (event.key === 'Enter' && command !== undefined) onRun(command);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <div className={styles.field}>
        <IconSearch size={16} aria-hidden />
        <input
          className={styles.input}
          role="combobox"
          aria-label="Command"
          aria-expanded
          aria-autocomplete="list"
          aria-controls={id}
          aria-activedescendant={chosen >= 0 ? optionId(chosen) : undefined}
          placeholder="What do you want to do?"
          value={query}
          onChange={(event) => {
            setQuery(event.currentTarget.value);
            setActive(0);
          }}
          onKeyDown={onKey}
          spellCheck={false}
          autoComplete="off"
          data-autofocus
        />
      </div>
      <div id={id} role="listbox" aria-label="Commands" className={styles.list}>
        {found.map((one, index) => (
          <PaletteOption
            key={one.command.id}
            id={optionId(index)}
            found={one}
            active={index === chosen}
            onPoint={() => setActive(index)}
            onRun={() => onRun(one.command)}
          />
        ))}
      </div>
      <div role="status" className={found.length === 0 ? styles.none : 'visually-hidden'}>
        {found.length === 0 ? 'No command fits' : `${found.length} commands`}
      </div>
    </>
  );
}

const PAGE = 8;

/** Where a key leads in the list; null for keys that lead nowhere. */
function stepTo(key: string, index: number, count: number): number | null {
  if (count === 0) return null;
  switch (key) {
    case 'ArrowDown':
      return (index + 1) % count;
    case 'ArrowUp':
      return (index + count - 1) % count;
    case 'PageDown':
      return Math.min(index + PAGE, count - 1);
    case 'PageUp':
      return Math.max(index - PAGE, 0);
    default:
      return null;
  }
}

interface PaletteOptionProps {
  readonly id: string;
  readonly found: FoundCommand;
  readonly active: boolean;
  readonly onPoint: () => void;
  readonly onRun: () => void;
}

function PaletteOption({ id, found, active, onPoint, onRun }: PaletteOptionProps) {
  const { command, places } = found;
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (active) element.current?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  return (
    // The field above has the focus and the keys; a mouse may still point.
    // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox runs the active option by Enter
    // biome-ignore lint/a11y/useFocusableInteractive: the combobox names it by aria-activedescendant
    <div
      ref={element}
      id={id}
      role="option"
      aria-selected={active}
      className={styles.option}
      onMouseMove={active ? undefined : onPoint}
      onClick={onRun}
    >
      <span className={styles.group}>{command.group}</span>
      <span className={styles.title}>
        <Marked text={command.title} places={places} />
      </span>
      {command.keys?.[0] !== undefined && <Keys keys={command.keys[0]} />}
    </div>
  );
}

/** A text with the letters that were meant set apart. */
function Marked({ text, places }: { readonly text: string; readonly places: readonly number[] }) {
  const meant = new Set(places);
  const parts: { readonly start: number; readonly text: string; readonly meant: boolean }[] = [];
  for (let place = 0; place < text.length; place += 1) {
    const last = parts.at(-1);
    const letter = text.charAt(place);
    if (last !== undefined && last.meant === meant.has(place)) {
      parts[parts.length - 1] = { ...last, text: last.text + letter };
    } else {
      parts.push({ start: place, text: letter, meant: meant.has(place) });
    }
  }
  return <bdi>{parts.map((part) => (part.meant ? <b key={part.start}>{part.text}</b> : part.text))}</bdi>;
}
