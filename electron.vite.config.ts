import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

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
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
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
