// Runs before the first paint so that a dark page never flashes light. The key is that of src/lib/theme.svelte.ts.
{
  let chosen = null
  try {
    chosen = localStorage.getItem('kolam:theme')
  } catch {
    // Storage can be forbidden; then the system decides.
  }
  const systemDark = matchMedia('(prefers-color-scheme: dark)').matches
  const dark = chosen === 'dark' || (chosen !== 'light' && systemDark)
  document.documentElement.dataset.theme = dark ? 'dark' : 'light'
}
