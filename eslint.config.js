// Svelte files only: oxlint does the rest, but cannot see types inside a component.
import svelte from 'eslint-plugin-svelte'
import ts from 'typescript-eslint'

export default ts.config(
  { ignores: ['**/dist/**', '**/node_modules/**', 'data/**'] },
  ...svelte.configs['flat/recommended'],
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    plugins: { '@typescript-eslint': ts.plugin },
    languageOptions: {
      parserOptions: {
        parser: ts.parser,
        project: './apps/web/tsconfig.json',
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.svelte'],
      },
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/await-thenable': 'error',
      // Cannot tell a local that is built and returned from state; state is declared with runes here.
      'svelte/prefer-svelte-reactivity': 'off',
      // A named snippet says what is passed where a component takes several.
      'svelte/no-useless-children-snippet': 'off',
    },
  },
  {
    files: ['**/*.svelte.ts'],
    languageOptions: { parser: ts.parser },
  },
)
