/** Builds and serves the web app. Static files go to `static/`, because `/assets/` is the server's picture store. */
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vite'
import { firstLoadBudget } from './build/first-load.ts'

const SERVER = process.env['KOLAM_SERVER'] ?? 'http://127.0.0.1:4321'

export default defineConfig({
  plugins: [
    svelte(),
    firstLoadBudget({ label: 'board page', module: '/src/board/BoardPage.svelte', limitKb: 150 }),
  ],
  build: { assetsDir: 'static', target: 'es2023', emptyOutDir: true, reportCompressedSize: false },
  server: {
    proxy: {
      '/api': SERVER,
      '/assets': SERVER,
      '/healthz': SERVER,
      '/sync': { target: SERVER, ws: true },
    },
  },
})
