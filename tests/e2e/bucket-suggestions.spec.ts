/** Buckets and prefixes are offered while one is typed, where that is allowed. */
import { join } from 'node:path';
import { type S3TestServer, startS3Server, TEST_CREDENTIALS } from '../support/s3/s3-test-server.ts';
import { expect, test } from './support/desk-test.ts';

const OBJECTS = join(import.meta.dirname, '../fixtures/python-reference/s3/audit-bucket');

let server: S3TestServer;
test.beforeEach(async () => {
  server = await startS3Server();
  for (const name of ['audit-bucket', 'audit-archive']) await server.createBucket(name);
  await server.uploadFolder('audit-bucket', OBJECTS);
});
test.afterEach(async () => {
  await server.stop();
});

test('buckets and prefixes are offered as one types; what may not be listed is said quietly', async ({ desk }) => {
  const page = await desk.start();
  await page.getByRole('button', { name: 'Connect bucket' }).click();
  const form = page.getByRole('dialog', { name: 'Connect a bucket' });
  await form.getByRole('radio', { name: /^Typed here/ }).check();
  await form.getByRole('textbox', { name: 'Access key id' }).fill(TEST_CREDENTIALS.accessKeyId);
  await form.getByLabel('Secret access key').fill(TEST_CREDENTIALS.secretAccessKey);
  const endpoint = form.getByRole('combobox', { name: 'Endpoint' });
  await endpoint.fill(server.endpoint);
  const optionsOf = async (name: string) => {
    const list = await form.getByRole('combobox', { name }).getAttribute('list');
    const options = page.locator(`datalist[id="${list}"] option`);
    return await options.evaluateAll((all) => all.map((option) => (option as unknown as { value: string }).value));
  };
  await form.getByRole('combobox', { name: 'Bucket' }).fill('au');
  await expect.poll(() => optionsOf('Bucket')).toEqual(['audit-archive', 'audit-bucket']);
  await form.getByRole('combobox', { name: 'Bucket' }).fill('audit-bucket');
  await form.getByRole('combobox', { name: 'Prefix' }).fill('prod/');
  await expect.poll(() => optionsOf('Prefix')).toEqual(['prod/audit/']);
  expect(await optionsOf('Endpoint')).toContain('http://localhost:9000');

  await endpoint.fill('http://127.0.0.1:9');
  await expect(form.getByText('Prefixes cannot be listed here; write the name in full.')).toBeVisible({
    timeout: 30_000,
  });
  await expect(form.getByRole('alert')).toHaveCount(0);
});
