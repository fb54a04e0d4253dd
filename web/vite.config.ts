import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

// The server of `npm run dev` asks a running controller for everything but the page itself.
const controller = process.env.TOWPATH_URL ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [react()],
  base: '/',
  build: {
    target: 'es2022',
    assetsInlineLimit: 0, // the policy of the page allows files, and no data but of pictures
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
  },
  worker: { format: 'es' },
  server: { proxy: { '/api': controller, '/dna': controller, '/page': controller } },
  test: { include: ['src/**/*.test.ts'], environment: 'node' },
});
