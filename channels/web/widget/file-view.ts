import type { Attached } from '../protocol.ts';
import { h, ICONS, icon } from './dom.ts';
import type { Texts } from './texts.ts';

/** Fetches a file's content; null when it cannot be had now. */
export type FetchFile = (id: string) => Promise<Blob | null>;

const SHOWN = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);
const KILOBYTE = 1024;

/** `340 kB`, `2.1 MB`: rounded, as people speak of it. */
export function fileSize(bytes: number): string {
  if (bytes < KILOBYTE * KILOBYTE) return `${Math.max(1, Math.round(bytes / KILOBYTE))} kB`;
  return `${(bytes / (KILOBYTE * KILOBYTE)).toFixed(1)} MB`;
}

/** The files of a message: pictures show themselves when they come into view, everything is kept by a press. */
export function fileList(files: readonly Attached[], texts: Texts, fetchFile: FetchFile): HTMLUListElement {
  return h('ul', { class: 'files', 'aria-label': texts.files }, ...files.map((file) => h('li', {}, fileView(file, texts, fetchFile))));
}

function fileView(file: Attached, texts: Texts, fetchFile: FetchFile): HTMLElement {
  const note = h('span', { class: 'note', role: 'status' }, noteOf(file, texts));
  const label = h('span', { class: 'label' }, file.name, h('small', {}, ` ${fileSize(file.size)}`));
  if (file.state === 'infected') return h('div', {}, h('div', { class: 'file' }, label), note);
  const picture = SHOWN.has(file.type) && file.state !== 'held';
  const button = h('button', { type: 'button', class: 'file' }, picture ? null : icon(ICONS.file), label);
  button.addEventListener('click', async () => {
    const blob = await fetchFile(file.id);
    note.textContent = blob ? '' : file.state === 'held' ? texts.fileHeld : texts.fileAway;
    if (blob) keep(blob, file.name);
  });
  if (picture) whenSeen(button, async () => show(button, await fetchFile(file.id), file.name));
  return h('div', {}, button, note);
}

function noteOf({ state }: Attached, texts: Texts): string {
  return state === 'held' ? texts.fileHeld : state === 'infected' ? texts.fileInfected : '';
}

function show(button: HTMLElement, blob: Blob | null, name: string): void {
  if (!blob) return;
  const image = h('img', { src: URL.createObjectURL(blob), alt: name });
  image.addEventListener('load', () => button.classList.add('picture'));
  image.addEventListener('error', () => image.remove());
  button.prepend(image);
}

/** Under its own name; the browser decides where. */
function keep(blob: Blob, name: string): void {
  const link = h('a', { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

function whenSeen(element: HTMLElement, work: () => Promise<void>): void {
  const observer = new IntersectionObserver((entries) => {
    if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
    observer.disconnect();
    void work();
  });
  observer.observe(element);
}
