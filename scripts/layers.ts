/**
 * Holds the imports below a folder against the layers of the house (layer-rules.ts).
 *
 * The tool reads TypeScript through @swc/core and does not see three ways of naming a module, so those are refused outright: what
 * is not seen cannot be judged. It also counts what it saw: a tool that sees nothing passes everything.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { LAYER_RULES } from './layer-rules.ts';

/** One broken rule: its name, who breaks it, and on what. */
export interface LayerViolation {
  readonly rule: string;
  readonly from: string;
  readonly to: string;
}

export interface LayerReport {
  readonly modules: number;
  readonly violations: readonly LayerViolation[];
}

const UNSEEN = [
  { form: /^\s*export\s+type\s*(?:\{[^}]*\}|\*)\s*from/m, advice: 'write `export { type Name } from`' },
  { form: /[:<|&=(,]\s*import\(\s*['"][^'"]+['"]\s*\)\s*\.\s*[A-Z]/m, advice: 'write `import type`' },
];

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile() && /\.tsx?$/.test(file.name) && !file.name.endsWith('.d.ts'))
    .map((file) => join(file.parentPath, file.name));
}

/** Cruises `src` below a root and reports every broken rule. Rejects where a source file was not seen. */
export async function checkLayers(root: string): Promise<LayerReport> {
  const result = await cruise(['src'], { ...LAYER_RULES.options, baseDir: root, ruleSet: LAYER_RULES, validate: true });
  const output = result.output as ICruiseResult;
  const seen = new Set(output.modules.map((module) => module.source));
  const files = sourceFiles(join(root, 'src'));
  const violations: LayerViolation[] = output.summary.violations.map(({ rule, from, to }) => ({
    rule: rule.name,
    from,
    to,
  }));
  for (const file of files) {
    const name = relative(root, file);
    if (!seen.has(name)) throw new Error(`${name} was not seen by the layer check`);
    for (const { form, advice } of UNSEEN) {
      if (form.test(readFileSync(file, 'utf8')))
        violations.push({ rule: 'imports-can-be-seen', from: name, to: advice });
    }
  }
  return { modules: files.length, violations };
}

if (import.meta.main) {
  const { modules, violations } = await checkLayers(join(import.meta.dirname, '..'));
  for (const { rule, from, to } of violations) console.error(`${rule}: ${from} -> ${to}`);
  console.log(`${modules} modules, ${violations.length} broken layer rules`);
  process.exitCode = violations.length === 0 && modules > 0 ? 0 : 1;
}
