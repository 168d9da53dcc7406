// Svelte 5 in runes mode everywhere; types in components are stripped by Vite.
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte'

export default {
  preprocess: vitePreprocess(),
  compilerOptions: { runes: true },
}
