import { fileURLToPath } from 'node:url';

const ENTRY = fileURLToPath(new URL('./widget/main.ts', import.meta.url));

/** Makes `widget.js`, the one file behind the script tag: minified, self-contained, its style sheet inside. */
export async function buildWidget(outDir: string): Promise<void> {
  // Here rather than above: the bundler is large, and a running desk never builds.
  const { build } = await import('vite');
  await build({
    configFile: false,
    root: fileURLToPath(new URL('./widget/', import.meta.url)),
    logLevel: 'error',
    publicDir: false,
    build: {
      outDir,
      emptyOutDir: false,
      target: 'es2022',
      reportCompressedSize: false,
      lib: { entry: ENTRY, formats: ['iife'], name: 'Loket', fileName: () => 'widget.js' },
    },
  });
}
