/** Three ways to a key: a file, a pasted text, a new one. */
import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { KeySummary } from '../../../shared/contract.ts';
import { useDesk } from '../../state/desk-context.ts';
import { Failure } from '../../ui/failure.tsx';
import styles from './keys.module.css';

interface AddProps {
  readonly onAdded: (key: KeySummary) => void;
}

interface TextFieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function NameField({ value, onChange }: TextFieldProps) {
  return (
    <TextInput
      label="Name"
      placeholder="such as claims-prod 2026"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      maxLength={200}
      autoComplete="off"
    />
  );
}

function PathField({ label, value, onChange }: TextFieldProps & { readonly label: string }) {
  return (
    <TextInput
      label={label}
      description="A path on the machine that the desk runs on"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      spellCheck={false}
      autoComplete="off"
    />
  );
}

/** From a file: the system's dialog where there is one, else a path. */
export function ImportKeyFile({ nativeDialogs, onAdded }: AddProps & { readonly nativeDialogs: boolean }) {
  return nativeDialogs ? <ChooseKeyFile onAdded={onAdded} /> : <KeyFileByPath onAdded={onAdded} />;
}

function ChooseKeyFile({ onAdded }: AddProps) {
  const desk = useDesk();
  const choose = useMutation({
    mutationFn: () => desk.call('keys.chooseFile', {}),
    onSuccess: (key) => {
      if (key !== null) onAdded(key);
    },
  });
  return (
    <div className={styles.form}>
      {choose.error !== null && (
        <Failure error={choose.error} title="The key could not be imported" onDismiss={choose.reset} />
      )}
      <Button variant="filled" loading={choose.isPending} onClick={() => choose.mutate()}>
        Choose a key file
      </Button>
    </div>
  );
}

interface PathFormProps extends AddProps {
  readonly operation: 'keys.importFile' | 'keys.generate';
  readonly pathLabel: string;
  readonly action: string;
  readonly failed: string;
  readonly note?: string;
}

function PathForm({ operation, pathLabel, action, failed, note, onAdded }: PathFormProps) {
  const desk = useDesk();
  const [name, setName] = useState('');
  const [path, setPath] = useState('');
  const add = useMutation({
    mutationFn: () => desk.call(operation, { name: name.trim(), path: path.trim() }),
    onSuccess: (key) => {
      setName('');
      setPath('');
      onAdded(key);
    },
  });
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate();
  };
  return (
    <form className={styles.form} onSubmit={onSubmit}>
      <PathField label={pathLabel} value={path} onChange={setPath} />
      <NameField value={name} onChange={setName} />
      {note !== undefined && <p className={styles.text}>{note}</p>}
      {add.error !== null && <Failure error={add.error} title={failed} onDismiss={add.reset} />}
      <Button type="submit" variant="filled" loading={add.isPending} disabled={path.trim() === ''}>
        {action}
      </Button>
    </form>
  );
}

function KeyFileByPath({ onAdded }: AddProps) {
  return (
    <PathForm
      operation="keys.importFile"
      pathLabel="Key file"
      action="Import key"
      failed="The key could not be imported"
      onAdded={onAdded}
    />
  );
}

/** A new key, written to a new file that only its owner may read. */
export function GenerateKey({ onAdded }: AddProps) {
  return (
    <PathForm
      operation="keys.generate"
      pathLabel="New key file"
      action="Generate key"
      failed="The key could not be made"
      note="Keep this file safe, and a copy of it: what is encrypted with a lost key stays closed for good. An existing file is never overwritten."
      onAdded={onAdded}
    />
  );
}

/** A key that a variable of the desk's environment holds: only the variable's name is typed. */
export function ImportKeyVariable({ onAdded }: AddProps) {
  const desk = useDesk();
  const [name, setName] = useState('');
  const [variable, setVariable] = useState('');
  const add = useMutation({
    mutationFn: () => desk.call('keys.importEnvironment', { name: name.trim(), variable: variable.trim() }),
    onSuccess: (key) => {
      setName('');
      setVariable('');
      onAdded(key);
    },
  });
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate();
  };
  return (
    <form className={styles.form} onSubmit={onSubmit}>
      <TextInput
        label="Environment variable"
        description="Its name, not the key: it is read where the desk runs"
        placeholder="AUDIT_KEY"
        value={variable}
        onChange={(event) => setVariable(event.currentTarget.value)}
        spellCheck={false}
        autoComplete="off"
      />
      <NameField value={name} onChange={setName} />
      {add.error !== null && <Failure error={add.error} title="The key could not be imported" onDismiss={add.reset} />}
      <Button type="submit" variant="filled" loading={add.isPending} disabled={variable.trim() === ''}>
        Import key
      </Button>
    </form>
  );
}

/** A pasted key: handed on once, gone from the field before the answer comes, and kept nowhere in this window. */
export function ImportKeyText({ onAdded }: AddProps) {
  const desk = useDesk();
  const [name, setName] = useState('');
  const [text, setText] = useState('');
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const hand = async () => {
    const key = text.trim();
    setText('');
    setFailure(null);
    setPending(true);
    try {
      // No query and no mutation: their library would remember what was sent.
      onAdded(await desk.call('keys.import', { name: name.trim(), text: key }));
      setName('');
    } catch (error) {
      setFailure(error);
    } finally {
      setPending(false);
    }
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    void hand();
  };
  return (
    <form className={styles.form} onSubmit={onSubmit}>
      <PasswordInput
        label="Key"
        description="44 characters of base64url, as the Fernet key file has it"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        visibilityToggleButtonProps={{ 'aria-label': 'Show the key' }}
        autoComplete="off"
        spellCheck={false}
      />
      <NameField value={name} onChange={setName} />
      {failure !== null && (
        <Failure error={failure} title="The key could not be imported" onDismiss={() => setFailure(null)} />
      )}
      <Button type="submit" variant="filled" loading={pending} disabled={text.trim() === ''}>
        Import key
      </Button>
    </form>
  );
}
