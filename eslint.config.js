import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

export default ts.config(
	{ ignores: ['build/', 'dist/', '.svelte-kit/', 'node_modules/', 'var/', 'test-results/'] },
	...ts.configs.recommended,
	...svelte.configs.recommended,
	{ languageOptions: { globals: { ...globals.browser, ...globals.node } } },
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'], svelteConfig } }
	},
	{
		rules: {
			'@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
			'@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
			'no-console': 'error'
		}
	},
	{
		files: ['bin/**', 'src/cli.ts', 'src/lib/server/console.ts', 'tests/**', 'bench/**'],
		rules: { 'no-console': 'off' }
	},
	{
		// Type and value share one name on purpose: a schema and its inferred type.
		rules: { '@typescript-eslint/no-redeclare': 'off', 'svelte/no-navigation-without-resolve': 'off' }
	}
);
