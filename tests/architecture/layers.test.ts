import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LAYER_RULES } from '../../scripts/layer-rules.ts';
import { checkLayers } from '../../scripts/layers.ts';

const fixtures = join(import.meta.dirname, 'fixtures');
const broken = readdirSync(fixtures).filter((name) => name !== 'law-abiding');

describe('the layers of the house', () => {
  it.each(broken)('sees %s broken', async (rule) => {
    const { violations } = await checkLayers(join(fixtures, rule));
    expect(violations.map((violation) => violation.rule)).toContain(rule);
  });

  it('has nothing to say of a house that keeps every rule', async () => {
    const { modules, violations } = await checkLayers(join(fixtures, 'law-abiding'));
    expect(violations).toEqual([]);
    expect(modules).toBe(6);
  });

  it('are kept by the product', async () => {
    const { modules, violations } = await checkLayers(join(import.meta.dirname, '../..'));
    expect(violations).toEqual([]);
    expect(modules).toBeGreaterThan(20);
  });

  it('has a fixture for every rule', () => {
    const names = LAYER_RULES.forbidden?.map((rule) => rule.name) ?? [];
    expect([...broken].sort()).toEqual([...names, 'imports-can-be-seen'].sort());
  });
});
