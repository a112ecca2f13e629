/** What the line holds beyond the common fields: metadata, unknown fields, and the line itself. */
import type { EntryDetail } from '../../../shared/contract.ts';
import { isAuditError } from '../../../shared/errors.ts';
import { type MemberText, memberTexts } from '../../../shared/lossless-json.ts';
import { CopyAction } from '../../ui/copy-action.tsx';
import { formatCount } from '../../ui/number-text.ts';
import styles from './detail.module.css';
import { Field } from './field-list.tsx';
import { stringOfJson } from './json-display.ts';
import { JsonTree } from './json-tree.tsx';

function members(json: string): readonly MemberText[] | null {
  try {
    return memberTexts(json);
  } catch (error) {
    // A text that was cut is no JSON any more: it is shown as it stands.
    if (isAuditError(error)) return null;
    throw error;
  }
}

/** Metadata key by key, every digit as stored. */
export function MetadataSection({ detail }: { readonly detail: EntryDetail }) {
  const known = detail.metadataCut ? null : members(detail.metadata);
  return (
    <section className={styles.section} aria-labelledby="detail-metadata">
      <div className={styles.sectionHead}>
        <h3 id="detail-metadata">Metadata</h3>
        <CopyAction label="Copy the metadata" text={detail.metadata} />
      </div>
      {known === null && <pre className={styles.raw}>{detail.metadata}</pre>}
      {detail.metadataCut && (
        <p className={styles.note}>
          Cut after {formatCount(detail.metadata.length)} characters; the file holds all of it.
        </p>
      )}
      {known?.length === 0 && <p className={styles.note}>none</p>}
      {known !== null && known.length > 0 && (
        <dl className={styles.fields}>
          {known.map(({ name, json }, index) => (
            <Field
              // biome-ignore lint/suspicious/noArrayIndexKey: stored members never change, and a key may stand twice
              key={index}
              name={name}
              copy={stringOfJson(json) ?? json}
            >
              <JsonTree json={json} />
            </Field>
          ))}
        </dl>
      )}
    </section>
  );
}

/** Fields that the format does not know; kept in the log, shown as stored. */
export function UnknownFieldsSection({ detail }: { readonly detail: EntryDetail }) {
  if (detail.unknownFields.length === 0) return null;
  return (
    <section className={styles.section} aria-labelledby="detail-unknown">
      <div className={styles.sectionHead}>
        <h3 id="detail-unknown">Unknown fields</h3>
      </div>
      <dl className={styles.fields}>
        {detail.unknownFields.map(({ name, json }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: stored members never change, and a name may stand twice
          <Field key={index} name={name} copy={json}>
            <JsonTree json={json} />
          </Field>
        ))}
      </dl>
    </section>
  );
}

/** The line as stored, and where it lies. */
export function RawSection({ detail }: { readonly detail: EntryDetail }) {
  const { ref } = detail.row;
  return (
    <section className={styles.section} aria-labelledby="detail-raw">
      <div className={styles.sectionHead}>
        <h3 id="detail-raw">Raw line</h3>
        <CopyAction label="Copy the raw line" text={detail.raw} />
      </div>
      <p className={styles.note}>
        <bdi className={styles.mono}>{ref.file}</bdi>, byte {formatCount(ref.byteOffset)}, {formatCount(ref.byteLength)}{' '}
        bytes long
      </p>
      <details className={styles.rawFold}>
        <summary>Show the line as stored</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
        <pre className={styles.raw} tabIndex={0}>
          {detail.raw}
        </pre>
        {detail.rawCut && (
          <p className={styles.note}>
            Cut after {formatCount(detail.raw.length)} characters; the file holds all of it.
          </p>
        )}
      </details>
    </section>
  );
}
