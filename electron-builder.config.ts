/** How the desktop application is packaged. Run by scripts/package.ts; nothing is published. */
import type { Configuration } from 'electron-builder';

export const PACKAGE_CONFIGURATION: Configuration = {
  appId: 'desk.audit.app',
  productName: 'Audit Desk',
  copyright: 'MIT licence',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the packager fills these in
  artifactName: 'audit-desk-${version}-${os}-${arch}.${ext}',
  directories: { output: 'dist', buildResources: 'resources' },
  // Production dependencies are added by the packager; these patterns leave out what they do not run.
  files: [
    'package.json',
    'LICENSE',
    'out/main/**',
    'out/preload/**',
    'out/renderer/**',
    'resources/icon.png',
    '!**/*.map',
    '!**/*.{ts,cts,mts}',
    '!**/node_modules/**/{test,tests,__tests__,docs,example,examples}/**',
  ],
  asar: true,
  // A library is loaded by the system, which cannot look into the archive. Everything else stays where its integrity is checked.
  asarUnpack: ['**/node_modules/@duckdb/node-bindings-*/**/*'],
  electronFuses: {
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false,
    resetAdHocDarwinSignature: true,
  },
  // The index's native code is built against Node's stable interface: there is nothing to rebuild.
  npmRebuild: false,
  publish: null,
  linux: {
    target: ['AppImage', 'deb'],
    category: 'Office',
    icon: 'resources/icon.png',
    maintainer: 'Audit Desk',
    synopsis: 'Viewer and logger for AI audit trails',
    executableName: 'audit-desk',
  },
  mac: {
    target: ['dmg', 'zip'],
    category: 'public.app-category.business',
    icon: 'resources/icon.png',
    hardenedRuntime: true,
    gatekeeperAssess: false,
    entitlements: 'resources/entitlements.mac.plist',
    entitlementsInherit: 'resources/entitlements.mac.plist',
  },
  win: { target: ['nsis'], icon: 'resources/icon.png', requestedExecutionLevel: 'asInvoker' },
  nsis: { oneClick: true, perMachine: false, deleteAppDataOnUninstall: false },
};
