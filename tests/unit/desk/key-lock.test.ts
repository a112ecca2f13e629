import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { EncryptionManager, generateKey } from '../../../src/main/audit/index.ts';
import type { SystemKeyStore } from '../../../src/main/desk/desk.ts';
import { KeyRing } from '../../../src/main/desk/key-ring.ts';
import { PlaintextLock } from '../../../src/main/desk/plaintext-lock.ts';
import type { LockedBecause } from '../../../src/shared/contract.ts';
import { makeFolder, openTestDesk, type TestDesk } from './test-desk.ts';

const TEN_MINUTES_MS = 600_000;

/** A key store whose secret dies with the test. */
function makeKeyStore(): SystemKeyStore & { broken: boolean } {
  const secret = randomBytes(32);
  return {
    broken: false,
    async seal(text) {
      const iv = randomBytes(16);
      const cipher = createCipheriv('aes-256-cbc', secret, iv);
      return Buffer.concat([iv, cipher.update(text), cipher.final()]);
    },
    async unseal(sealed) {
      if (this.broken) throw new Error('the keyring was not opened');
      const decipher = createDecipheriv('aes-256-cbc', secret, sealed.subarray(0, 16));
      return Buffer.concat([decipher.update(sealed.subarray(16)), decipher.final()]).toString();
    },
  };
}

let test: TestDesk | null = null;
afterEach(async () => {
  await test?.end();
  test = null;
});

describe('the lock', () => {
  it('lets go of every key, and tells every window', async () => {
    test = await openTestDesk();
    const { handlers } = test.desk;
    await handlers['keys.import']({ name: 'one', text: generateKey() });
    await handlers['keys.import']({ name: 'two', text: generateKey() });
    await handlers['keys.lock']({});
    expect(await handlers['keys.list']({})).toEqual([]);
    expect(test.events.slice(-2)).toEqual([
      { name: 'keys.changed', payload: { keys: [] } },
      { name: 'desk.locked', payload: { because: 'asked' } },
    ]);
  });

  it('comes by itself after ten minutes without a touch, not before, and only where there is something to lock', async () => {
    vi.useFakeTimers();
    try {
      const locked: LockedBecause[] = [];
      let holds = true;
      const lock = new PlaintextLock({ holdsAnything: () => holds, letGo: (because) => locked.push(because) });
      lock.touch();
      await vi.advanceTimersByTimeAsync(TEN_MINUTES_MS - 1);
      lock.touch();
      await vi.advanceTimersByTimeAsync(TEN_MINUTES_MS - 1);
      expect(locked).toEqual([]);
      await vi.advanceTimersByTimeAsync(1);
      expect(locked).toEqual(['idle']);
      holds = false;
      lock.touch();
      await vi.advanceTimersByTimeAsync(3 * TEN_MINUTES_MS);
      expect(locked).toEqual(['idle']);
    } finally {
      vi.useRealTimers();
    }
  });

  it('waits for work on plaintext that is under way, and ends it when a person locks', async () => {
    vi.useFakeTimers();
    try {
      const locked: LockedBecause[] = [];
      const lock = new PlaintextLock({ holdsAnything: () => true, letGo: (because) => locked.push(because) });
      const work = Promise.withResolvers<string>();
      const running = lock.during(new AbortController().signal, (signal) => {
        signal.addEventListener('abort', () => work.resolve('aborted'));
        return work.promise;
      });
      await vi.advanceTimersByTimeAsync(3 * TEN_MINUTES_MS);
      expect(locked).toEqual([]);
      lock.lock('asked');
      expect(await running).toBe('aborted');
      expect(locked).toEqual(['asked']);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('a remembered key', () => {
  it('is there again the next time, and on disk only as what the key store made of it', async () => {
    const dataFolder = await makeFolder();
    const keyStore = makeKeyStore();
    const key = generateKey();
    const first = await openTestDesk({ dataFolder, keyStore });
    const { fingerprint } = await first.desk.handlers['keys.import']({ name: 'claims', text: key });
    await first.desk.handlers['keys.import']({ name: 'passing', text: generateKey() });
    await first.desk.handlers['keys.remember']({ fingerprint, remember: true });
    await first.desk.close();
    for (const name of await readdir(dataFolder)) {
      if (!(await stat(join(dataFolder, name))).isFile()) continue;
      const text = await readFile(join(dataFolder, name), 'latin1');
      for (const secret of [key.slice(0, 12), Buffer.from(key).toString('base64').slice(0, 12)])
        expect(text).not.toContain(secret);
    }
    expect((await stat(join(dataFolder, 'remembered-keys.json'))).mode & 0o777).toBe(0o600);

    test = await openTestDesk({ dataFolder, keyStore });
    expect(await test.desk.handlers['keys.list']({})).toMatchObject([
      { fingerprint, name: 'claims', remembered: true, locked: false },
    ]);
  });

  it('is locked with the others and unlocked without being imported again', async () => {
    test = await openTestDesk({ keyStore: makeKeyStore() });
    const { handlers } = test.desk;
    const { fingerprint } = await handlers['keys.import']({ name: 'claims', text: generateKey() });
    await handlers['keys.remember']({ fingerprint, remember: true });
    await handlers['keys.lock']({});
    expect(await handlers['keys.list']({})).toMatchObject([{ fingerprint, locked: true }]);
    expect(await handlers['keys.unlock']({})).toMatchObject([{ fingerprint, locked: false, remembered: true }]);
  });

  it('is no longer remembered when a person says so, and gone from disk when it is forgotten', async () => {
    test = await openTestDesk({ keyStore: makeKeyStore() });
    const { handlers } = test.desk;
    const document = () => readFile(join(test?.dataFolder ?? '', 'remembered-keys.json'), 'utf8');
    const { fingerprint } = await handlers['keys.import']({ name: 'claims', text: generateKey() });
    await handlers['keys.remember']({ fingerprint, remember: true });
    expect(await document()).toContain(fingerprint);
    await handlers['keys.remember']({ fingerprint, remember: false });
    expect(await document()).not.toContain(fingerprint);
    expect(await handlers['keys.list']({})).toMatchObject([{ remembered: false, locked: false }]);
    await handlers['keys.remember']({ fingerprint, remember: true });
    await handlers['keys.lock']({});
    await handlers['keys.forget']({ fingerprint });
    expect(await document()).not.toContain(fingerprint);
    expect(await handlers['keys.list']({})).toEqual([]);
  });

  it('that the key store does not give back stays locked, and unlocking says why', async () => {
    const dataFolder = await makeFolder();
    const keyStore = makeKeyStore();
    const first = await openTestDesk({ dataFolder, keyStore });
    const { fingerprint } = await first.desk.handlers['keys.import']({ name: 'claims', text: generateKey() });
    await first.desk.handlers['keys.remember']({ fingerprint, remember: true });
    await first.desk.close();
    keyStore.broken = true;
    test = await openTestDesk({ dataFolder, keyStore });
    expect(await test.desk.handlers['keys.list']({})).toMatchObject([{ fingerprint, locked: true }]);
    await expect(test.desk.handlers['keys.unlock']({})).rejects.toMatchObject({ code: 'permission_denied' });
  });

  it('is not offered where there is no key store, and none on disk is touched', async () => {
    test = await openTestDesk();
    const { handlers } = test.desk;
    const { fingerprint } = await handlers['keys.import']({ name: '', text: generateKey() });
    await expect(handlers['keys.remember']({ fingerprint, remember: true })).rejects.toMatchObject({
      code: 'not_supported_here',
    });
    expect(await readdir(test.dataFolder)).not.toContain('remembered-keys.json');
  });
});

describe('a key of the environment', () => {
  it('is taken by its name; what is not set, or no key, is said without its value', async () => {
    const key = generateKey();
    test = await openTestDesk({ environment: { AUDIT_KEY: ` ${key}\n`, BLANK: ' ', WRONG: 'hunter2-not-a-key' } });
    const { handlers } = test.desk;
    const summary = await handlers['keys.importEnvironment']({ name: '', variable: 'AUDIT_KEY' });
    expect(summary).toMatchObject({ name: 'AUDIT_KEY' });
    expect(await handlers['keys.import']({ name: '', text: key })).toMatchObject({ fingerprint: summary.fingerprint });
    for (const variable of ['MISSING', 'BLANK']) {
      await expect(handlers['keys.importEnvironment']({ name: '', variable })).rejects.toMatchObject({
        code: 'invalid_argument',
      });
    }
    const wrong = handlers['keys.importEnvironment']({ name: '', variable: 'WRONG' });
    await expect(wrong).rejects.toMatchObject({ code: 'invalid_key' });
    await wrong.catch((error: Error) => expect(error.message).not.toContain('hunter2'));
  });
});

it('opens nothing once it is locked, and says that it is', () => {
  const key = generateKey();
  const token = new EncryptionManager(key).encrypt('secret');
  const ring = new KeyRing(Date.now, () => {});
  const { fingerprint, name, importedAtMs } = ring.add(key, 'k');
  expect(ring.open(token)).toMatchObject({ opened: true, text: 'secret' });
  ring.noteRemembered({ fingerprint, name, importedAtMs }, true);
  ring.lock();
  const closed = ring.open(token);
  expect(closed).toMatchObject({ opened: false, error: { code: 'no_key' } });
  expect(closed.opened ? '' : closed.error.message).toContain('locked');
});
