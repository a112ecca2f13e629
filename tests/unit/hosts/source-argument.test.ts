import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sourceFromArguments } from '../../../src/main/hosts/electron/source-arguments.ts';
import { electronArguments } from '../../../src/main/hosts/launch/electron-arguments.ts';
import { parseSourceArgument } from '../../../src/main/hosts/source-argument.ts';

const BUCKET = { kind: 'bucket', bucket: 'logs', region: null, endpoint: null, profile: null };

describe('a SOURCE on the command line', () => {
  test.each([
    ['logs', join('/home/ann', 'logs')],
    ['/var/log/audit', '/var/log/audit'],
    ['.', '/home/ann'],
    ['~/logs', join(homedir(), 'logs')],
    ['~odd', '/home/ann/~odd'],
  ])('%s is a folder', (text, path) => {
    expect(parseSourceArgument(text, '/home/ann')).toEqual({ kind: 'folder', path });
  });

  test.each([
    ['s3://logs', { ...BUCKET, prefix: '', pathStyle: false }],
    ['s3://logs/', { ...BUCKET, prefix: '', pathStyle: false }],
    ['S3://logs/prod/audit', { ...BUCKET, prefix: 'prod/audit/', pathStyle: false }],
    [
      's3://logs/a/?region=eu-west-1&profile=p',
      { ...BUCKET, prefix: 'a/', region: 'eu-west-1', profile: 'p', pathStyle: false },
    ],
    ['s3://logs?endpoint=http://h:9000', { ...BUCKET, prefix: '', endpoint: 'http://h:9000', pathStyle: true }],
    [
      's3://logs?endpoint=https%3A%2F%2Fr2.example&pathStyle=false',
      { ...BUCKET, prefix: '', endpoint: 'https://r2.example', pathStyle: false },
    ],
  ])('%s is a bucket', (text, location) => {
    expect(parseSourceArgument(text, '/home/ann')).toEqual(location);
  });

  test.each([
    '',
    's3://',
    's3:///prefix',
    's3://b?secret=1',
    's3://b?pathStyle=yes',
    's3://b?endpoint=file:///etc',
    's3://b?endpoint=x',
  ])('%j is none', (text) => {
    expect(() => parseSourceArgument(text, '/home/ann')).toThrow(expect.objectContaining({ code: 'invalid_argument' }));
  });
});

describe('the SOURCE of the desktop application', () => {
  const folder = { kind: 'folder', path: '/logs/ä & "b"' } as const;

  test.each([false, true])('comes through as it was handed over (root: %s)', (asRoot) => {
    const argv = ['/electron', ...electronArguments('/out/main/index.js', folder, asRoot)];
    expect(argv.includes('--no-sandbox')).toBe(asRoot);
    expect(sourceFromArguments(argv, false, '/home/ann')).toEqual(folder);
  });

  test.each([
    ['typed behind the main file', ['/electron', '--no-sandbox', '/out/main/index.js', 'logs'], false],
    ['typed behind the packaged application', ['/audit-desk', '--no-sandbox', 'logs'], true],
  ])('is read where it is %s', (_where, argv, packaged) => {
    expect(sourceFromArguments(argv, packaged, '/home/ann')).toEqual({ kind: 'folder', path: '/home/ann/logs' });
  });

  test.each([
    ['nothing was given', ['/electron', '/out/main/index.js']],
    ['it is damaged', ['/electron', '/out/main/index.js', '--open-source={"kind":"folder"']],
    ['it is no location', ['/electron', '/out/main/index.js', '--open-source={"kind":"url","path":"x"}']],
  ])('is none where %s', (_why, argv) => {
    expect(sourceFromArguments(argv, false, '/home/ann')).toBeNull();
  });
});
