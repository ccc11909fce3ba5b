import type { Language } from '../../../domain/index.ts';

const KILOBYTE = 1024;

/** As people speak of it: `340 kB`, `2,1 MB`. */
export function sizeOf(bytes: number, language: Language): string {
  if (bytes < KILOBYTE * KILOBYTE) return `${Math.max(1, Math.round(bytes / KILOBYTE))} kB`;
  return `${(bytes / (KILOBYTE * KILOBYTE)).toLocaleString(language, { maximumFractionDigits: 1 })} MB`;
}
