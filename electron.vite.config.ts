import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const at = (path: string) => resolve(import.meta.dirname, path);

/**
 * Everything that the main process loads by file name at run time: itself, its worker threads, the
 * command line. `out/main/<name>.js` each; src/main refers to them by that name.
 */
const MAIN_ENTRIES = {
  index: 'src/main/index.ts',
  'host-worker': 'src/main/host-worker.ts',
  'detection-worker': 'src/core/detection/detection-worker.ts',
  'import-worker': 'src/core/app/imports/import-worker.ts',
  'upkeep-worker': 'src/core/storage/upkeep-worker.ts',
  cli: 'src/cli/main.ts',
};

// One build runs on Electron 45 (the release) and on Electron 33 (docs/adr/0001-runtime.md), so
// it is made for the older.
export default defineConfig({
  main: {
    build: {
      target: 'node20.18',
      externalizeDeps: false,
      rolldownOptions: {
        input: Object.fromEntries(
          Object.entries(MAIN_ENTRIES)
            .map(([name, path]) => [name, at(path)] as const)
            .filter(([, path]) => existsSync(path)),
        ),
        external: ['better-sqlite3'],
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      target: 'node20.18',
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: at('src/preload/index.ts') },
        // A sandboxed preload can be nothing but CommonJS.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: at('src/renderer'),
    plugins: [react()],
    build: {
      target: 'chrome130',
      outDir: at('out/renderer'),
      // The content security policy has no `data:` for fonts and scripts.
      assetsInlineLimit: 0,
      // electron-vite leaves the page as it is written; minified it is under half of that.
      minify: true,
      modulePreload: { polyfill: false },
      rolldownOptions: { input: at('src/renderer/index.html') },
    },
  },
});
