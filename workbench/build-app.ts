import { join } from 'node:path';

const PAGES = ['index.html', 'my.html'];

/**
 * Builds both pages into a folder that the server serves under `/workbench/`: `index.html` (the workbench) and `my.html` ("My cases"), never cached,
 * and `assets/` (named by their content, so cached for ever). Done at start rather than at install, so that a changed page
 * needs no separate step.
 */
export async function buildApp(outDir: string): Promise<void> {
  // Here rather than above: the bundler is large, and a running desk never builds.
  const [{ build }, { default: react }] = await Promise.all([import('vite'), import('@vitejs/plugin-react')]);
  const environment = process.env.NODE_ENV;
  // Vite takes React's development build where this says `test`, and sets it where it says nothing.
  process.env.NODE_ENV = 'production';
  try {
    await build({
      root: join(import.meta.dirname, 'app'),
      base: '/workbench/',
      mode: 'production',
      configFile: false,
      envFile: false,
      logLevel: 'silent',
      plugins: [react()],
      build: {
        outDir,
        emptyOutDir: true,
        target: 'es2022',
        // No `data:` addresses: the content security policy then needs no exception for them.
        assetsInlineLimit: 0,
        modulePreload: { polyfill: false },
        rolldownOptions: { input: PAGES.map((page) => join(import.meta.dirname, 'app', page)) },
        reportCompressedSize: false,
      },
    });
  } finally {
    if (environment === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = environment;
  }
}
