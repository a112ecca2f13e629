/** The record form's fields in three groups: the texts, the facts, and what is kept of the texts. */
import { Checkbox, NativeSelect, NumberInput, Radio, TagsInput, Textarea, TextInput } from '@mantine/core';
import { useKeys } from '../../state/host.ts';
import styles from './record.module.css';
import type { RecordFields, RecordProblems, StoreChoice } from './record-form.ts';

interface FieldsProps {
  readonly fields: RecordFields;
  readonly problems: RecordProblems;
  readonly change: (changed: Partial<RecordFields>) => void;
}

/** What was asked and answered. */
export function TextFields({ fields, problems, change }: FieldsProps) {
  return (
    <div className={styles.texts}>
      <Textarea
        label="Input"
        required
        autosize
        minRows={3}
        maxRows={10}
        dir="auto"
        data-autofocus
        value={fields.input}
        error={problems.input}
        onChange={(event) => change({ input: event.currentTarget.value })}
      />
      <Textarea
        label="Output"
        autosize
        minRows={3}
        maxRows={10}
        dir="auto"
        value={fields.output}
        error={problems.output}
        onChange={(event) => change({ output: event.currentTarget.value })}
      />
    </div>
  );
}

/** What is known about it. */
export function FactFields({ fields, problems, change }: FieldsProps) {
  return (
    <div className={styles.grid}>
      <TextInput
        label="Provider"
        value={fields.provider}
        onChange={(event) => change({ provider: event.currentTarget.value })}
      />
      <TextInput
        label="Model"
        value={fields.model}
        onChange={(event) => change({ model: event.currentTarget.value })}
      />
      <TextInput
        label="Conversation"
        value={fields.conversation}
        onChange={(event) => change({ conversation: event.currentTarget.value })}
      />
      <NumberInput
        label="Latency, ms"
        min={0}
        value={fields.latencyMs}
        onChange={(value) => change({ latencyMs: value })}
        hideControls
      />
      <NumberInput
        label="Input tokens"
        min={0}
        allowDecimal={false}
        value={fields.inputTokens}
        onChange={(value) => change({ inputTokens: value })}
        hideControls
      />
      <NumberInput
        label="Output tokens"
        min={0}
        allowDecimal={false}
        value={fields.outputTokens}
        onChange={(value) => change({ outputTokens: value })}
        hideControls
      />
      <TagsInput
        className={styles.wide ?? ''}
        label="Detectors triggered"
        placeholder={fields.detectors.length === 0 ? 'Type a name, then Enter' : ''}
        value={[...fields.detectors]}
        onChange={(detectors) => change({ detectors })}
      />
      <Checkbox
        className={styles.wide ?? ''}
        label="A safety check blocked this interaction"
        checked={fields.blocked}
        onChange={(event) => change({ blocked: event.currentTarget.checked })}
      />
      {fields.blocked && (
        <TextInput
          className={styles.wide ?? ''}
          label="Block reason"
          value={fields.blockReason}
          onChange={(event) => change({ blockReason: event.currentTarget.value })}
        />
      )}
      <Textarea
        className={styles.wide ?? ''}
        classNames={{ input: styles.mono ?? '' }}
        label="Metadata, a JSON object"
        placeholder={'{"department": "claims"}'}
        autosize
        minRows={2}
        maxRows={8}
        value={fields.metadata}
        error={problems.metadata}
        onChange={(event) => change({ metadata: event.currentTarget.value })}
        spellCheck={false}
      />
    </div>
  );
}

/** What is kept of the texts. Their hashes always are. */
export function StoreFields({ fields, problems, change }: FieldsProps) {
  const keys = useKeys();
  const known = (keys.data ?? []).filter(({ locked }) => !locked);
  return (
    <Radio.Group
      my="sm"
      size="xs"
      label="Of the texts, keep"
      value={fields.store}
      onChange={(store) =>
        change({ store: store as StoreChoice, fingerprint: fields.fingerprint || (known[0]?.fingerprint ?? '') })
      }
    >
      <Radio mt={4} value="hash_only" label="Their hashes only" />
      <Radio mt={8} value="plain" label="The texts, readable by everyone who can read the log" />
      <Radio
        mt={8}
        value="encrypted"
        disabled={known.length === 0}
        label={
          known.length === 0
            ? 'The texts, encrypted: import or generate a key first, under Keys'
            : 'The texts, encrypted'
        }
      />
      {fields.store === 'encrypted' && (
        <NativeSelect
          mt={6}
          label="Encrypt with"
          value={fields.fingerprint}
          error={problems.fingerprint}
          onChange={(event) => change({ fingerprint: event.currentTarget.value })}
          data={known.map((key) => ({
            value: key.fingerprint,
            label: key.name === '' ? key.fingerprint : `${key.name}, ${key.fingerprint}`,
          }))}
        />
      )}
    </Radio.Group>
  );
}
