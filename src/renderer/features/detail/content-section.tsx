/** Input and output: how they are kept, and on request the text and whether it matches its recorded hash. */
import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconEye, IconEyeOff, IconHelp } from '@tabler/icons-react';
import type { HashState, KeySummary, RevealedContent, StoredContent } from '../../../shared/contract.ts';
import { fromWireError } from '../../../shared/errors.ts';
import { useKeys } from '../../state/host.ts';
import { formatMomentWithOffset } from '../../time/time-zone.ts';
import { CopyAction } from '../../ui/copy-action.tsx';
import { Failure } from '../../ui/failure.tsx';
import { formatBytes, formatCount } from '../../ui/number-text.ts';
import styles from './detail.module.css';
import { tokenAge } from './token-age.ts';
import { IDLE_MINUTES, type RevealState } from './use-revealed.ts';

/** How a content is kept. */
export const KINDS: Readonly<Record<StoredContent['kind'], string>> = {
  none: 'not stored, only its hash',
  plain: 'stored as plain text',
  encrypted: 'stored encrypted',
};

interface ContentSectionProps {
  readonly input: StoredContent | undefined;
  readonly output: StoredContent | undefined;
  /** The entry's time, microseconds since the epoch. */
  readonly entryUs: number;
  readonly state: RevealState;
  readonly zone: string;
  readonly onReveal: () => void;
  readonly onHide: () => void;
}

/** Both contents under one Reveal: they are opened together. */
export function ContentSection({ input, output, entryUs, state, zone, onReveal, onHide }: ContentSectionProps) {
  const nothingStored = input?.kind === 'none' && output?.kind === 'none';
  return (
    <section className={styles.section} aria-labelledby="detail-content">
      <div className={styles.sectionHead}>
        <h3 id="detail-content">Content</h3>
        {state.state === 'revealed' ? (
          <Button size="compact-xs" leftSection={<IconEyeOff size={14} aria-hidden />} onClick={onHide}>
            Hide
          </Button>
        ) : (
          <Button
            size="compact-xs"
            variant="filled"
            leftSection={<IconEye size={14} aria-hidden />}
            loading={state.state === 'revealing'}
            disabled={input === undefined || nothingStored}
            onClick={onReveal}
            title="Also with the key r"
          >
            Reveal
          </Button>
        )}
      </div>
      {state.state === 'hidden' && state.because === 'idle' && (
        <p className={styles.note} role="status">
          Hidden again after {IDLE_MINUTES} minutes without a touch.
        </p>
      )}
      {state.state === 'failed' && <Failure error={state.error} title="The content could not be read" />}
      <ContentPart
        name="Input"
        stored={input}
        entryUs={entryUs}
        revealed={state.state === 'revealed' ? state.entry.input : null}
        zone={zone}
      />
      <ContentPart
        name="Output"
        stored={output}
        entryUs={entryUs}
        revealed={state.state === 'revealed' ? state.entry.output : null}
        zone={zone}
      />
    </section>
  );
}

interface ContentPartProps {
  readonly name: 'Input' | 'Output';
  readonly stored: StoredContent | undefined;
  readonly entryUs: number;
  readonly revealed: RevealedContent | null;
  readonly zone: string;
}

function storedText(stored: StoredContent): string {
  return stored.kind === 'none' ? KINDS.none : `${KINDS[stored.kind]}, ${formatBytes(stored.byteLength)}`;
}

interface TokenTimeProps {
  readonly tokenTimeS: number;
  readonly entryUs: number;
  readonly zone: string;
}

/** What the token says of its own making, against the entry's time. Anyone with the key could have written either. */
function TokenTime({ tokenTimeS, entryUs, zone }: TokenTimeProps) {
  const { odd, text } = tokenAge(tokenTimeS, entryUs);
  const made = formatMomentWithOffset(tokenTimeS * 1_000_000, zone, 'second');
  return (
    <p className={styles.note}>
      Token made {made} by its own account, {!odd && `${text}.`}
      {odd && (
        <span className={styles.odd}>
          <IconAlertTriangle size={14} aria-hidden /> {text}: imported, encrypted anew, or dated by hand?
        </span>
      )}
    </p>
  );
}

function ContentPart({ name, stored, entryUs, revealed, zone }: ContentPartProps) {
  return (
    <div className={styles.part}>
      <div className={styles.partHead}>
        <h4>{name}</h4>
        <span className={styles.dim}>{stored === undefined ? ' ' : storedText(stored)}</span>
        {revealed?.state === 'shown' && <CopyAction label={`Copy the ${name.toLowerCase()}`} text={revealed.text} />}
      </div>
      {stored != null && stored.tokenTimeS !== null && (
        <TokenTime tokenTimeS={stored.tokenTimeS} entryUs={entryUs} zone={zone} />
      )}
      {revealed?.state === 'failed' && <Failure error={fromWireError(revealed.error)} />}
      {revealed?.state === 'shown' && <ShownText name={name} content={revealed} />}
    </div>
  );
}

function ShownText({
  name,
  content,
}: {
  readonly name: string;
  readonly content: RevealedContent & { state: 'shown' };
}) {
  const keys = useKeys();
  return (
    <>
      <section aria-label={`${name} text`}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
        <pre className={styles.text} dir="auto" tabIndex={0}>
          {content.text}
        </pre>
      </section>
      {content.text === '' && <p className={styles.note}>This is the empty text.</p>}
      {content.textCut && (
        <p className={styles.note}>
          Cut after {formatCount(content.text.length)} characters; the hash was compared with the whole text.
        </p>
      )}
      <HashLine state={content.hash} />
      <p className={styles.note}>{keyText(content.keyFingerprint, keys.data)}</p>
    </>
  );
}

function keyText(fingerprint: string | null, keys: readonly KeySummary[] | undefined): string {
  if (fingerprint === null) return 'Stored as plain text; no key was needed.';
  const name = keys?.find((key) => key.fingerprint === fingerprint)?.name;
  return `Opened with the key ${name === undefined || name === '' ? '' : `“${name}”, `}fingerprint ${fingerprint}.`;
}

/** Whether a text is what was recorded: three states, never two. */
export function HashLine({ state }: { readonly state: HashState }) {
  if (state === 'match') {
    return (
      <p className={`${styles.hash} ${styles.good}`}>
        <IconCheck size={15} aria-hidden /> Content matches its recorded hash
      </p>
    );
  }
  if (state === 'differ') {
    return (
      <p className={`${styles.hash} ${styles.bad}`}>
        <IconAlertTriangle size={15} aria-hidden /> Content differs from its recorded hash
      </p>
    );
  }
  return (
    <p className={styles.hash}>
      <IconHelp size={15} aria-hidden /> Content cannot be checked: the recorded hash is no SHA-256, or the text has
      none
    </p>
  );
}
