import globals from 'globals';
import hooks from 'eslint-plugin-react-hooks';
import ts from 'typescript-eslint';
import literalText from './eslint/literal-text.js';
import featureBorders from './eslint/feature-borders.js';

const besedka = { rules: { 'literal-text': literalText, 'feature-borders': featureBorders } };

export default ts.config(
  { ignores: ['dist', 'node_modules', 'src/shared/api/schema.gen.ts'] },
  ...ts.configs.recommended,
  {
    files: ['src/**/*.{ts,tsx}', 'ui/**/*.ts'],
    languageOptions: { globals: globals.browser },
    plugins: { 'react-hooks': hooks, besedka },
    rules: {
      'react-hooks/rules-of-hooks': 'error',
      'react-hooks/exhaustive-deps': 'error',
      'besedka/feature-borders': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'max-lines': ['error', { max: 400, skipBlankLines: true }],
      'no-console': 'error',
      eqeqeq: 'error',
      'no-restricted-imports': [
        'error',
        { patterns: [{ group: ['@tauri-apps/*'], message: 'Only shared/host/tauri.ts talks to the shell.' }] },
      ],
    },
  },
  { files: ['src/shared/host/tauri.ts'], rules: { 'no-restricted-imports': 'off' } },
  { files: ['src/**/*.tsx'], ignores: ['**/*.test.tsx', 'src/shared/test/**'], rules: { 'besedka/literal-text': 'error' } },
  { files: ['**/*.test.{ts,tsx}', 'src/shared/test/**'], rules: { '@typescript-eslint/no-non-null-assertion': 'off' } },
  { files: ['*.{js,ts}', 'eslint/**', 'scripts/**', 'ui/**'], languageOptions: { globals: globals.node } },
);
