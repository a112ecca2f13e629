/**
 * The layers of the house. Each rule is proven by a fixture under tests/architecture/fixtures that breaks it.
 *
 * No `parser` option: beside TypeScript 7 the tool reads TypeScript through @swc/core, which it finds by itself; with an option it
 * would see no module at all and pass.
 */
import type { IConfiguration } from 'dependency-cruiser';

const LIBRARY_DOOR = '^src/main/audit/index\\.ts$';

/** The rules and how modules are found. */
export const LAYER_RULES: IConfiguration = {
  forbidden: [
    {
      name: 'shared-stands-alone',
      comment: 'shared imports only itself and zod',
      severity: 'error',
      from: { path: '^src/shared/' },
      to: { pathNot: ['^src/shared/', '(^|/)node_modules/zod/'] },
    },
    {
      name: 'library-stands-alone',
      comment: 'main/audit imports only itself, shared, Node built-ins and the AWS SDK',
      severity: 'error',
      from: { path: '^src/main/audit/' },
      to: {
        pathNot: ['^src/main/audit/', '^src/shared/', '(^|/)node_modules/(@aws-sdk|@smithy)/'],
        dependencyTypesNot: ['core'],
      },
    },
    {
      name: 'library-has-one-door',
      comment: 'others enter main/audit through its index',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/main/audit/' },
      to: { path: '^src/main/audit/', pathNot: LIBRARY_DOOR },
    },
    {
      name: 'only-catalog-knows-duckdb',
      comment: 'only main/catalog imports DuckDB',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/main/catalog/' },
      to: { path: '(^|/)node_modules/@duckdb/' },
    },
    {
      name: 'catalog-knows-library-and-shared',
      comment: 'main/catalog knows main/audit (through its door), shared, Node built-ins and DuckDB',
      severity: 'error',
      from: { path: '^src/main/catalog/' },
      to: {
        pathNot: ['^src/main/catalog/', '^src/main/audit/', '^src/shared/', '(^|/)node_modules/@duckdb/'],
        dependencyTypesNot: ['core'],
      },
    },
    {
      name: 'desk-knows-no-host',
      comment: 'main/desk knows audit, catalog and shared; never Electron, HTTP or a host',
      severity: 'error',
      from: { path: '^src/main/desk/' },
      to: {
        pathNot: [
          '^src/main/desk/',
          '^src/main/audit/',
          '^src/main/catalog/',
          '^src/shared/',
          '(^|/)node_modules/zod/',
        ],
        dependencyTypesNot: ['core'],
      },
    },
    {
      name: 'desk-speaks-no-http',
      comment: 'main/desk never opens a socket or a window of its own',
      severity: 'error',
      from: { path: '^src/main/desk/' },
      to: { path: '^(node:)?(http|https|http2|net|tls|dgram|child_process)$' },
    },
    {
      name: 'electron-stays-in-its-host',
      comment: 'electron is imported only in main/hosts/electron, main/index.ts and preload',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(main/hosts/electron/|main/index\\.ts$|preload/)' },
      to: { path: '(^|/)node_modules/electron/|^electron$' },
    },
    {
      name: 'headless-never-reaches-electron',
      comment: 'serve.ts and cli.ts never reach electron, however far round',
      severity: 'error',
      from: { path: '^src/main/(serve|cli)\\.ts$' },
      to: { path: '(^|/)node_modules/electron/|^electron$|^src/main/hosts/electron/', reachable: true },
    },
    {
      name: 'window-stays-behind-the-wall',
      comment: 'renderer and preload import only themselves and shared',
      severity: 'error',
      from: { path: '^src/(renderer|preload)/' },
      to: { path: '^src/', pathNot: ['^src/shared/', '^src/$1/'] },
    },
    {
      name: 'renderer-knows-no-node',
      comment: 'no Node built-ins in the renderer',
      severity: 'error',
      from: { path: '^src/renderer/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'features-stand-apart',
      comment: 'one feature never imports another',
      severity: 'error',
      from: { path: '^src/renderer/features/([^/]+)/' },
      to: { path: '^src/renderer/features/', pathNot: '^src/renderer/features/$1/' },
    },
    {
      name: 'kit-knows-no-feature',
      comment: 'renderer/ui knows nothing of features or of the contract client',
      severity: 'error',
      from: { path: '^src/renderer/ui/' },
      to: { path: '^src/renderer/(features|api|app)/' },
    },
    { name: 'no-cycles', severity: 'error', from: { path: '^src/' }, to: { circular: true } },
    {
      name: 'no-orphans',
      comment: 'every module is used by some entry point',
      severity: 'error',
      from: { orphan: true, path: '^src/', pathNot: ['\\.d\\.ts$', '\\.css$'] },
      to: {},
    },
    { name: 'resolvable', severity: 'error', from: { path: '^src/' }, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    combinedDependencies: false,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.cjs', '.mjs', '.json', '.css', '.d.ts'],
    },
  },
};
