import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

/** What reads lines and knows entries: all that a reading thread of the index takes of the library. Kept apart, it starts in half the time. */
const READING =
  /src\/(main\/audit\/(reading\/|encryption\/(content-token|base64url)|storage\/file-error)|shared\/(errors|entry|lossless-json|timestamp)\.)/;

/**
 * Builds the three parts of the product into out/. Main holds several entry points: the desktop app, the browser host, the
 * command line, the process that owns the index and its reading threads, the threads that open content, and the library.
 */
export default defineConfig({
  main: {
    build: {
      sourcemap: true,
      rollupOptions: {
        input: {
          index: 'src/main/index.ts',
          serve: 'src/main/serve.ts',
          cli: 'src/main/cli.ts',
          'catalog-process': 'src/main/catalog/catalog-process.ts',
          'read-worker': 'src/main/catalog/read-worker.ts',
          'content-worker': 'src/main/desk/content-worker.ts',
          audit: 'src/main/audit/index.ts',
        },
        // No module of ours does anything when it is imported: an entry point loads those alone that it uses.
        treeshake: { moduleSideEffects: false },
        output: {
          format: 'es',
          entryFileNames: '[name].js',
          chunkFileNames: 'chunks/[name]-[hash].js',
          codeSplitting: { groups: [{ name: 'reading', test: READING }] },
        },
      },
    },
  },
  preload: {
    build: {
      // A sandboxed preload can require nothing but electron: one CommonJS file with its dependencies inside.
      externalizeDeps: false,
      rollupOptions: {
        input: { index: 'src/preload/index.ts' },
        output: { format: 'cjs', entryFileNames: 'index.cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    plugins: [react()],
    build: {
      sourcemap: true,
      rollupOptions: { input: 'src/renderer/index.html' },
    },
  },
});
