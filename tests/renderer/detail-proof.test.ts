import { describe, expect, test } from 'vitest';
import { checkCommands, shellWord, sourceArgument } from '../../src/renderer/features/detail/check-commands.ts';
import { elementTexts } from '../../src/renderer/features/detail/json-display.ts';
import { tokenAge } from '../../src/renderer/features/detail/token-age.ts';
import { formatSpan } from '../../src/renderer/time/duration-text.ts';

const ref = { file: 'audit_20260101.jsonl', byteOffset: 10, byteLength: 20, id: 'e1' };
const folder = { kind: 'folder', path: "/logs/it's here" } as const;

describe('commands that check a hash', () => {
  test('are safe words of a shell, whatever the names', () => {
    expect(shellWord('a b')).toBe("'a b'");
    expect(shellWord("it's; rm")).toBe("'it'\\''s; rm'");
    expect(shellWord('-x')).toBe("'-x'");
    expect(shellWord('$(id)')).toBe("'$(id)'");
  });

  test('ask for a key only where there is one to use, and do without this program where that is possible', () => {
    const encrypted = checkCommands(folder, ref, 'input', 'encrypted').map(({ command }) => command);
    expect(encrypted).toEqual([
      "audit-desk get '/logs/it'\\''s here' e1 --key-file KEY --json | jq -j .input_content | sha256sum",
    ]);
    const plain = checkCommands(folder, ref, 'output', 'plain').map(({ command }) => command);
    expect(plain[0]).not.toContain('--key-file');
    expect(plain[1]).toBe(
      "tail -c +11 '/logs/it'\\''s here/audit_20260101.jsonl' | head -c 20 | jq -j .output_content | sha256sum",
    );
    expect(checkCommands(folder, ref, 'input', 'none').map(({ command }) => command)).toEqual(['sha256sum text.txt']);
  });

  test('name a bucket as the command line takes it, without credentials', () => {
    const bucket = {
      kind: 'bucket',
      bucket: 'logs',
      prefix: 'a b/',
      region: null,
      endpoint: 'http://localhost:9000',
      pathStyle: true,
      profile: null,
    } as const;
    expect(sourceArgument(bucket)).toBe('s3://logs/a%20b/?endpoint=http%3A%2F%2Flocalhost%3A9000&pathStyle=true');
  });
});

describe('a token’s own time', () => {
  test('is usual within a minute, odd beyond', () => {
    expect(tokenAge(100, 100_900_000)).toEqual({ odd: false, text: 'in the same second as the entry' });
    expect(tokenAge(160, 100_000_000).odd).toBe(false);
    expect(tokenAge(161, 100_000_000)).toEqual({ odd: true, text: '1 min 1 s after the entry’s time' });
    expect(tokenAge(100, 86_500_000_000)).toEqual({ odd: true, text: '1 day before the entry’s time' });
  });

  test('spans are cut to two units', () => {
    expect(formatSpan(0)).toBe('0 s');
    expect(formatSpan(1500)).toBe('0.001 s');
    expect(formatSpan(3_599_999_999)).toBe('59 min 59 s');
    expect(formatSpan(-90_061_000_000)).toBe('1 day 1 h');
  });
});

test('elements of an array come as they are stored', () => {
  expect(elementTexts('[1.50, {"a": [1, 2]}, "x,]", []]')).toEqual(['1.50', '{"a": [1, 2]}', '"x,]"', '[]']);
  expect(elementTexts('[]')).toEqual([]);
});
