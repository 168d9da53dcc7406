/** Builds and serves the web app. Static files go to `static/`, because `/assets/` is the server's picture store. */
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vite'
import { firstLoadBudget } from './build/first-load.ts'
import { serviceWorker } from './build/service-worker.ts'

const SERVER = process.env['KOLAM_SERVER'] ?? 'http://127.0.0.1:4321'

/**
 * What every board is made of is one chunk: cut up for the sake of what is loaded later, the same code is
 * over a kilobyte more. Not `base`, which home needs too, nor what few need and what comes later: earlier states, drawing by hand, lines over HTTP.
 */
const groups = [
  {
    name: 'board',
    test: /packages\/(?:board|canvas|client|editor|geometry|protocol)\/(?!src\/(?:history\/|rough\.ts|http\/line|http-record|browser\/http-))|\/(?:yjs|y-protocols|lib0|fractional-indexing-jittered)@/,
  },
]

export default defineConfig({
  plugins: [
    svelte(),
    firstLoadBudget({ label: 'board page', module: '/src/board/BoardPage.svelte', limitKb: 150 }),
    serviceWorker({ entry: 'src/service-worker/worker.ts', name: 'KOLAM_BUILD' }),
  ],
  build: {
    assetsDir: 'static',
    target: 'es2023',
    emptyOutDir: true,
    reportCompressedSize: false,
    rolldownOptions: {
      output: { codeSplitting: { includeDependenciesRecursively: false, groups } },
    },
  },
  server: {
    proxy: {
      '/api': SERVER,
      '/assets': SERVER,
      '/healthz': SERVER,
      '/sync': { target: SERVER, ws: true },
    },
  },
})
