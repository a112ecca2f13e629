/** Connects a bucket: where it is, how it is reached, with whose credentials. */
import { Button, Checkbox, PasswordInput, Radio, TextInput } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { type FormEvent, useId, useState } from 'react';
import { useDesk } from '../../state/desk-context.ts';
import { usePlainCall } from '../../state/plain-call.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Failure } from '../../ui/failure.tsx';
import {
  type BucketFields,
  type CredentialSource,
  EMPTY_BUCKET_FIELDS,
  type FieldProblems,
  readBucketFields,
} from './bucket-form.ts';
import styles from './sources.module.css';
import { useBucketPlaces } from './use-bucket-places.ts';
import type { SourceActions } from './use-source-actions.ts';

/** The dialog; what was typed into it (credentials too) is gone when it closes. */
export function BucketDialog({ actions }: { readonly actions: SourceActions }) {
  const opened = actions.dialog === 'bucket';
  return (
    <Dialog opened={opened} onClose={actions.closeDialog} title="Connect a bucket" size="lg">
      <BucketForm actions={actions} />
    </Dialog>
  );
}

type Change = (change: Partial<BucketFields>) => void;

function BucketForm({ actions }: { readonly actions: SourceActions }) {
  const desk = useDesk();
  const { open } = actions;
  const [fields, setFields] = useState(EMPTY_BUCKET_FIELDS);
  const [problems, setProblems] = useState<FieldProblems>({});
  const test = usePlainCall(async (asked: BucketFields) => {
    const request = readBucketFields(asked);
    if (!request.ok) return null;
    return await desk.call('sources.testBucket', { location: request.location, credentials: request.credentials });
  });
  const change: Change = (changed) => {
    setFields((known) => ({ ...known, ...changed }));
    setProblems({});
    test.reset();
  };
  const checked = () => {
    const request = readBucketFields(fields);
    setProblems(request.ok ? {} : request.problems);
    return request;
  };
  const onTest = () => {
    if (checked().ok) test.mutate(fields);
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    const request = checked();
    if (!request.ok) return;
    open.mutate(
      { kind: 'location', location: request.location, credentials: request.credentials },
      { onSuccess: actions.closeDialog },
    );
  };
  return (
    <form onSubmit={onSubmit} noValidate>
      <PlaceFields fields={fields} problems={problems} change={change} />
      <CredentialFields fields={fields} problems={problems} change={change} />
      <div role="status">
        {test.isPending && 'Testing the connection'}
        {test.data != null && (
          <span className={styles.good}>
            <IconCheck size={14} aria-hidden /> The bucket can be listed
            {test.data.objectsSeen === 0
              ? '; nothing lies under this prefix.'
              : ' and holds objects under this prefix.'}
          </span>
        )}
      </div>
      <div className={styles.dialogFoot}>
        <Button onClick={onTest} loading={test.isPending}>
          Test connection
        </Button>
        <Button onClick={actions.closeDialog}>Cancel</Button>
        <Button type="submit" variant="filled" loading={open.isPending}>
          Connect
        </Button>
      </div>
      {test.error !== null && <Failure error={test.error} title="The test failed" />}
      {open.error !== null && (
        <Failure error={open.error} title="The bucket could not be opened" onDismiss={open.reset} />
      )}
    </form>
  );
}

interface FieldsProps {
  readonly fields: BucketFields;
  readonly problems: FieldProblems;
  readonly change: Change;
}

/** Forms of address that S3-compatible servers have. */
const ENDPOINT_FORMS = [
  { value: 'http://localhost:9000', label: 'MinIO' },
  { value: 'https://ACCOUNT.r2.cloudflarestorage.com', label: 'Cloudflare R2' },
  { value: 'http://HOST:7480', label: 'Ceph' },
] as const;

function PlaceFields({ fields, problems, change }: FieldsProps) {
  const id = useId();
  const [typed, setTyped] = useState<'bucket' | 'prefix' | null>(null);
  const places = useBucketPlaces(fields, typed);
  return (
    <div className={styles.fields}>
      <TextInput
        label="Bucket"
        required
        data-autofocus
        value={fields.bucket}
        error={problems.bucket}
        list={`${id}-buckets`}
        autoComplete="off"
        onChange={(event) => {
          setTyped('bucket');
          change({ bucket: event.currentTarget.value });
        }}
        spellCheck={false}
      />
      <TextInput
        label="Prefix"
        description="Keys begin with it"
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={fields.prefix}
        error={problems.prefix}
        list={`${id}-prefixes`}
        autoComplete="off"
        onChange={(event) => {
          setTyped('prefix');
          change({ prefix: event.currentTarget.value });
        }}
        spellCheck={false}
      />
      <TextInput
        label="Region"
        placeholder="from the AWS configuration"
        value={fields.region}
        error={problems.region}
        onChange={(event) => change({ region: event.currentTarget.value })}
        spellCheck={false}
      />
      <TextInput
        label="Endpoint"
        placeholder="AWS"
        list={`${id}-endpoints`}
        description="For MinIO, R2, Ceph and other S3-compatible servers"
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={fields.endpoint}
        error={problems.endpoint}
        onChange={(event) =>
          change({ endpoint: event.currentTarget.value, pathStyle: event.currentTarget.value.trim() !== '' })
        }
        spellCheck={false}
      />
      <Checkbox
        className={styles.wide ?? ''}
        label="Path style: the bucket's name stands in the path, not in the host's name"
        checked={fields.pathStyle}
        onChange={(event) => change({ pathStyle: event.currentTarget.checked })}
      />
      <div aria-live="polite" className={styles.wide}>
        {places.note}
      </div>
      <datalist id={`${id}-buckets`}>
        {places.buckets.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <datalist id={`${id}-prefixes`}>
        {places.prefixes.map((prefix) => (
          <option key={prefix} value={prefix} />
        ))}
      </datalist>
      <datalist id={`${id}-endpoints`}>
        {ENDPOINT_FORMS.map(({ value, label }) => (
          <option key={value} value={value} label={label} />
        ))}
      </datalist>
    </div>
  );
}

function CredentialFields({ fields, problems, change }: FieldsProps) {
  return (
    <>
      <Radio.Group
        my="sm"
        size="xs"
        label="Credentials"
        value={fields.credentials}
        onChange={(value) => change({ credentials: value as CredentialSource })}
      >
        <Radio mt={4} value="default" label="Default chain: environment, AWS configuration, this machine's role" />
        <Radio mt={8} value="profile" label="A profile of the AWS configuration" />
        <Radio mt={8} value="typed" label="Typed here: kept in memory until the desk ends, never stored" />
      </Radio.Group>
      {fields.credentials === 'profile' && (
        <TextInput
          label="Profile"
          value={fields.profile}
          error={problems.profile}
          onChange={(event) => change({ profile: event.currentTarget.value })}
          spellCheck={false}
        />
      )}
      {fields.credentials === 'typed' && (
        <div className={styles.fields}>
          <TextInput
            label="Access key id"
            value={fields.accessKeyId}
            error={problems.accessKeyId}
            onChange={(event) => change({ accessKeyId: event.currentTarget.value })}
            spellCheck={false}
            autoComplete="off"
          />
          <PasswordInput
            label="Secret access key"
            value={fields.secretAccessKey}
            error={problems.secretAccessKey}
            onChange={(event) => change({ secretAccessKey: event.currentTarget.value })}
            autoComplete="off"
          />
          <PasswordInput
            label="Session token, where there is one"
            value={fields.sessionToken}
            onChange={(event) => change({ sessionToken: event.currentTarget.value })}
            autoComplete="off"
          />
        </div>
      )}
    </>
  );
}
