import { describe, expect, test, vi } from 'vitest';
import { dispatch, dispatchJson, MAX_CALL_BYTES } from '../../../src/main/hosts/dispatch.ts';
import { contract, type DeskHandlers, type OperationName } from '../../../src/shared/contract.ts';
import { AuditError } from '../../../src/shared/errors.ts';

const OPERATIONS = Object.keys(contract) as OperationName[];
const CANARY = 'canary-5TzqQ0a4Xk-is-a-key';

/** Handlers that note that they ran. */
function watchedHandlers(run = vi.fn(async (_input: unknown): Promise<unknown> => 'ran')) {
  const handlers = Object.fromEntries(OPERATIONS.map((name) => [name, run])) as unknown as DeskHandlers;
  return { handlers, run };
}

describe('a call that the contract allows', () => {
  test('runs with the parsed input, defaults filled in', async () => {
    const { handlers, run } = watchedHandlers();
    const content = { store: 'hash_only' };
    const reply = await dispatch(handlers, 'entries.record', {
      sourceId: 's1',
      interaction: { input: 'in', output: 'out' },
      content,
    });
    expect(reply).toEqual({ ok: true, value: 'ran' });
    expect(run).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ content, interaction: expect.objectContaining({ safety_passed: true, metadata: {} }) }),
    );
  });

  test('answers null where the operation has nothing to say', async () => {
    const { handlers } = watchedHandlers(vi.fn(async () => undefined));
    expect(await dispatchJson(handlers, 'host.info', '{}')).toBe('{"ok":true,"value":null}');
  });

  test('keeps __proto__ in metadata a plain key', async () => {
    const { handlers, run } = watchedHandlers();
    const input =
      '{"sourceId":"s","content":{"store":"plain"},"interaction":{"input":"","output":"","metadata":{"__proto__":{"a":1}}}}';
    expect(JSON.parse(await dispatchJson(handlers, 'entries.record', input))).toEqual({ ok: true, value: 'ran' });
    const given = run.mock.calls.flat()[0] as { readonly interaction: { readonly metadata: object } };
    const { metadata } = given.interaction;
    expect(Object.hasOwn(metadata, '__proto__')).toBe(true);
    expect(Object.getPrototypeOf(metadata)).toBe(Object.prototype);
  });
});

describe('a call that the contract does not allow', () => {
  test.each(['', 'host', 'host.info ', '__proto__', 'constructor', 'toString', 'hasOwnProperty', 'HOST.INFO'])(
    'an operation named %j is unknown',
    async (name) => {
      const { handlers, run } = watchedHandlers();
      const reply = await dispatch(handlers, name, {});
      expect(reply).toMatchObject({ ok: false, error: { code: 'unknown_operation' } });
      expect(run).not.toHaveBeenCalled();
    },
  );

  test.each(OPERATIONS)('%s refuses what is no input of its', async (name) => {
    const { handlers, run } = watchedHandlers();
    const rubbish = [null, undefined, 0, 'text', [], [{}], { unknownField: 1 }, { sourceId: { $ne: null } }];
    for (const input of rubbish) {
      expect(await dispatch(handlers, name, input)).toMatchObject({ ok: false, error: { code: 'invalid_argument' } });
    }
    expect(run).not.toHaveBeenCalled();
  });

  test('a folder with a path that is too long is refused, with where and why', async () => {
    const { handlers } = watchedHandlers();
    const location = { kind: 'folder', path: 'x'.repeat(4097) };
    const reply = await dispatch(handlers, 'sources.open', { location, credentials: null });
    expect(reply).toMatchObject({ ok: false, error: { code: 'invalid_argument', details: { path: 'location.path' } } });
  });

  test.each([
    ['as a value of the wrong type', { name: 1, text: CANARY }],
    ['as the name of a field', { name: '', text: 'k', [CANARY]: 1 }],
    ['in a list', { name: '', text: [CANARY] }],
  ])('a secret given %s is not echoed', async (_where, input) => {
    const { handlers } = watchedHandlers();
    const reply = await dispatchJson(handlers, 'keys.import', JSON.stringify(input));
    expect(JSON.parse(reply)).toMatchObject({ ok: false, error: { code: 'invalid_argument' } });
    expect(reply).not.toContain(CANARY);
  });

  test('text that is no JSON is refused without being quoted', async () => {
    const { handlers, run } = watchedHandlers();
    const reply = await dispatchJson(handlers, 'keys.import', `{"name":"","text":"${CANARY}`);
    expect(JSON.parse(reply)).toMatchObject({ ok: false, error: { code: 'invalid_argument' } });
    expect(reply).not.toContain(CANARY);
    expect(run).not.toHaveBeenCalled();
  });

  test.each([
    ['10 MB of text', 'x'.repeat(10_000_000)],
    ['one byte too many, counted in UTF-8', 'é'.repeat(MAX_CALL_BYTES / 2)],
  ])('%s is refused', async (_size, text) => {
    const { handlers, run } = watchedHandlers();
    const reply = JSON.parse(await dispatchJson(handlers, 'keys.import', JSON.stringify({ name: '', text })));
    expect(reply).toMatchObject({
      ok: false,
      error: { code: 'invalid_argument', details: { maxBytes: MAX_CALL_BYTES } },
    });
    expect(run).not.toHaveBeenCalled();
  });
});

describe('an operation that fails', () => {
  test('says so with its code, sentence and details', async () => {
    const failing = async () => {
      throw new AuditError('not_a_folder', 'This is no folder.', { details: { path: '/x' } });
    };
    const { handlers } = watchedHandlers(vi.fn(failing));
    const error = { code: 'not_a_folder', message: 'This is no folder.', details: { path: '/x' } };
    expect(await dispatch(handlers, 'host.info', {})).toEqual({ ok: false, error });
  });

  test.each([
    ['throws something else', async () => Promise.reject(new Error(`secret ${CANARY}`))],
    ['answers what is no JSON', async () => 1n],
  ])('by a fault of the program (%s) keeps the fault to itself', async (_fault, run) => {
    const { handlers } = watchedHandlers(vi.fn(run));
    const reply = await dispatchJson(handlers, 'host.info', '{}');
    expect(JSON.parse(reply)).toMatchObject({ ok: false, error: { code: 'internal', details: {} } });
    expect(reply).not.toContain(CANARY);
  });
});
