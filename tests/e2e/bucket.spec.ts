/** A bucket is connected through its dialog, mistakes and all, and browsed like a folder. */
import { readFile, writeFile } from 'node:fs/promises';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import type { Locator } from '@playwright/test';
import { startFaultyProxy } from '../support/s3/faulty-proxy.ts';
import { imagineBucket } from '../support/s3/imagined-bucket.ts';
import { type S3TestServer, startS3Server, TEST_CREDENTIALS } from '../support/s3/s3-test-server.ts';
import { expect, test } from './support/desk-test.ts';
import { DeskWindow } from './window/desk-window.ts';
import { expectedEntries, keyFile } from './window/log-copy.ts';

const OBJECTS = join(import.meta.dirname, '../fixtures/python-reference/s3/audit-bucket');

let server: S3TestServer;

test.beforeAll(async () => {
  server = await startS3Server();
  await server.createBucket('audit-bucket');
  await server.uploadFolder('audit-bucket', OBJECTS);
});

test.afterAll(async () => {
  await server.stop();
});

/** An address of this machine at which nobody listens. */
async function silentEndpoint(): Promise<string> {
  const held = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => held.once('listening', resolve));
  const address = held.address();
  await new Promise((resolve) => held.close(resolve));
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 1}`;
}

async function expectFailure(form: Locator, code: string): Promise<void> {
  await form.getByRole('button', { name: 'Test connection' }).click();
  const alert = form.getByRole('alert');
  await expect(alert).toContainText(`Code ${code}`, { timeout: 30_000 });
  await expect(alert).toContainText('The test failed');
}

test('a bucket is connected after three mistakes that are told apart, browsed and revealed', async ({ desk }) => {
  const page = await desk.start();
  await page.getByRole('button', { name: 'Connect bucket' }).click();
  const window = new DeskWindow(page);
  const form = window.dialog('Connect a bucket');
  await form.getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(form.getByText('Name the bucket.')).toBeVisible();
  const bucket = form.getByRole('combobox', { name: 'Bucket' });
  const endpoint = form.getByRole('combobox', { name: 'Endpoint' });
  await form.getByRole('combobox', { name: 'Prefix' }).fill('prod/audit/');
  await form.getByRole('textbox', { name: 'Region' }).fill('us-east-1');
  await form.getByRole('radio', { name: /^Typed here/ }).check();
  await form.getByRole('textbox', { name: 'Access key id' }).fill('SOMEBODY');
  await form.getByLabel('Secret access key').fill(TEST_CREDENTIALS.secretAccessKey);

  await bucket.fill('audit-bucket');
  await endpoint.fill(await silentEndpoint());
  await expect(form.getByRole('checkbox', { name: /^Path style/ })).toBeChecked();
  await expectFailure(form, 'network_unreachable');
  await endpoint.fill(server.endpoint);
  await expectFailure(form, 'credentials_invalid');
  await form.getByRole('textbox', { name: 'Access key id' }).fill(TEST_CREDENTIALS.accessKeyId);
  await bucket.fill('another-bucket');
  await expectFailure(form, 'bucket_not_found');
  await form.getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(form.getByRole('alert').filter({ hasText: 'The bucket could not be opened' })).toContainText(
    'bucket_not_found',
  );
  await expect(endpoint).toHaveValue(server.endpoint);
  await expect(form.getByRole('textbox', { name: 'Access key id' })).toHaveValue(TEST_CREDENTIALS.accessKeyId);

  await bucket.fill('audit-bucket');
  await form.getByRole('button', { name: 'Test connection' }).click();
  await expect(form.getByRole('status')).toContainText('holds objects under this prefix');
  await form.getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(form).toBeHidden();

  await window.expectCounts('90 entries');
  const expected = (await expectedEntries('s3-objects')).at(-1);
  await expect(window.row(0)).toContainText(expected?.id ?? '');
  await window.typeRange('2026-01-29 to 2026-01-31');
  const days = (await expectedEntries('s3-objects')).filter(({ timestamp }) => /^2026-01-(29|3[01])/.test(timestamp));
  await window.expectCounts(`${days.length} entries in range`);
  await window.pasteKey('bucket key', await readFile(keyFile('a'), 'utf8'));
  await window.row(0).click();
  await window.reveal();
  await expect(window.detail.getByText('Content matches its recorded hash')).toHaveCount(2);
  expect(await window.revealedText('Input')).toBe(days.at(-1)?.input);
  await expect(window.detail).toContainText(/prod\/audit\/2026-01-31\/[-0-9a-f]{36}\.json/);
});

test('a profile of the AWS configuration is used by its name, and the permission that is missing is named', async ({
  desk,
}) => {
  const credentials = join(desk.dataFolder, 'aws-credentials');
  const { accessKeyId, secretAccessKey } = TEST_CREDENTIALS;
  const profile = `[auditor]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`;
  await writeFile(credentials, profile);
  process.env['AWS_SHARED_CREDENTIALS_FILE'] = credentials;
  const refusing = createHttpServer((_, response) => {
    response.writeHead(403, { 'Content-Type': 'application/xml' });
    response.end('<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>');
  });
  await new Promise<void>((resolve) => refusing.listen(0, '127.0.0.1', resolve));
  try {
    const page = await desk.start();
    await page.getByRole('button', { name: 'Connect bucket' }).click();
    const form = new DeskWindow(page).dialog('Connect a bucket');
    await form.getByRole('combobox', { name: 'Bucket' }).fill('audit-bucket');
    await form.getByRole('combobox', { name: 'Prefix' }).fill('prod/audit/');
    await form.getByRole('textbox', { name: 'Region' }).fill('us-east-1');
    await form.getByRole('radio', { name: /^A profile/ }).check();
    const endpoint = form.getByRole('combobox', { name: 'Endpoint' });
    await endpoint.fill(`http://127.0.0.1:${(refusing.address() as AddressInfo).port}`);
    await form.getByRole('textbox', { name: 'Profile' }).fill('auditor');
    await expectFailure(form, 'access_denied');
    await expect(form.getByRole('alert')).toContainText('s3:ListBucket');
    await endpoint.fill(server.endpoint);
    await form.getByRole('button', { name: 'Test connection' }).click();
    await expect(form.getByRole('status')).toContainText('holds objects under this prefix');
    await form.getByRole('button', { name: 'Connect', exact: true }).click();
    await new DeskWindow(page).expectCounts('90 entries');
  } finally {
    delete process.env['AWS_SHARED_CREDENTIALS_FILE'];
    refusing.close();
  }
});

test('a listing of which a page fails is shown as far as it was seen, and called incomplete until it is whole', async ({
  desk,
}) => {
  const proxy = await startFaultyProxy(server);
  const keys = new Set(Array.from({ length: 1000 }, (_, n) => `log/2026-03-01/${String(n).padStart(4, '0')}.json`));
  const pages = { keys, pageKeys: 10 };
  const lastOfPage56 = 'log/2026-03-01/0559.json';
  proxy.inject({
    when: ({ operation, query }) => operation === 'list' && query.get('continuation-token') === lastOfPage56,
    effect: { kind: 'error', status: 403, code: 'AccessDenied' },
  });
  imagineBucket(proxy, pages);
  const page = await desk.start();
  await page.getByRole('button', { name: 'Connect bucket' }).click();
  const window = new DeskWindow(page);
  const form = window.dialog('Connect a bucket');
  await form.getByRole('combobox', { name: 'Bucket' }).fill('audit-bucket');
  await form.getByRole('combobox', { name: 'Prefix' }).fill('log/');
  await form.getByRole('textbox', { name: 'Region' }).fill('us-east-1');
  await form.getByRole('combobox', { name: 'Endpoint' }).fill(proxy.endpoint);
  await form.getByRole('radio', { name: /^Typed here/ }).check();
  await form.getByRole('textbox', { name: 'Access key id' }).fill(TEST_CREDENTIALS.accessKeyId);
  await form.getByLabel('Secret access key').fill(TEST_CREDENTIALS.secretAccessKey);
  await form.getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(form).toBeHidden();
  await expect(window.completeness).toContainText('index incomplete', { timeout: 30_000 });
  await expect(window.completeness).toContainText('broke off after 560 objects');
  await expect(window.completeness.getByRole('status')).toHaveText('560 entries');

  proxy.clear();
  imagineBucket(proxy, pages);
  await window.completeness.getByRole('button', { name: 'Read on' }).click();
  await window.expectCounts('1,000 entries');
  await proxy.stop();
});
