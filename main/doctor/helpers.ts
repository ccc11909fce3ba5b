import { testAssistant } from '../open-assistant.ts';
import { blobsOf, scannerOf } from '../open-files.ts';
import { attempt, type Check, fine } from './finding.ts';

/** Keeps a file, reads it and removes it. */
export const files: Check = async ({ config }) => [
  await attempt('files', async () => {
    const { place } = config.files;
    await blobsOf(config).check();
    return place.kind === 's3' ? `in ${place.url}` : `in ${config.dataFolder}/files`;
  }),
];

export const scanner: Check = async ({ config }) => {
  const clamd = scannerOf(config);
  if (!clamd) return [fine('ClamAV', 'off; files are given unchecked (CLAMD_URL switches it on)')];
  return [await attempt('ClamAV', async () => `answers: ${await clamd.version()}`)];
};

export const llm: Check = async ({ config: { llm: configured } }) => {
  if (!configured) return [fine('LLM', 'off; the local classifier decides (LLM_URL switches it on)')];
  return [await attempt('LLM', () => testAssistant(configured))];
};
