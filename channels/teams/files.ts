import { z } from 'zod';
import { AttachmentError, type AttachmentId, type ConversationId, MAX_ATTACHMENTS } from '../../domain/index.ts';
import type { Activity, Attachment } from './activity.ts';
import { addressFor } from './card-keeper.ts';
import { SendError } from './errors.ts';
import type { TeamsOptions } from './options.ts';
import type { TeamsReference } from './types.ts';

/** A file that somebody sent in their own chat (Teams, "Send and receive files through a bot"): it lies in their OneDrive, behind an address that opens it. */
const FILE_TYPE = 'application/vnd.microsoft.teams.file.download.info';
const fileInfo = z.object({ downloadUrl: z.url().max(4_000), fileType: z.string().max(50).optional() });

/** Where files may be fetched besides the service that the message came by: an address in a message must not lead into our own network. */
const FILE_HOSTS = ['.sharepoint.com', '.sharepoint.us', '.sharepoint-mil.us', '.onedrive.com', '.1drv.com'] as const;

/** What came with a message. */
export interface TakenFiles {
  readonly ids: readonly AttachmentId[];
  /** Names, of what was kept and what was not. */
  readonly names: readonly string[];
  /** What could not be kept, by name. */
  readonly refused: readonly string[];
}

interface Found {
  readonly name: string;
  readonly type: string;
  readonly url: string;
}

/** Whether anything came with it besides words. */
export function hasFiles(it: Activity): boolean {
  return (it.attachments ?? []).some((attachment) => fileOf(attachment) !== null);
}

/** Keeps what came with a message, before the message itself is taken in. A file that cannot be had costs the file, not the message. */
export async function takeFiles(
  it: Activity,
  conversation: ConversationId,
  reference: TeamsReference,
  { files, connector, log }: Pick<TeamsOptions, 'files' | 'connector' | 'log'>,
): Promise<TakenFiles> {
  const found = (it.attachments ?? []).flatMap((attachment) => fileOf(attachment) ?? []);
  const ids: AttachmentId[] = [];
  const refused: string[] = found.slice(MAX_ATTACHMENTS).map(({ name }) => name);
  for (const { name, type, url } of found.slice(0, MAX_ATTACHMENTS)) {
    try {
      if (!mayFetch(url, reference.serviceUrl)) throw new Error('it lies at an address that is not one of Microsoft’s');
      const content = await connector.download(addressFor(reference), url);
      ids.push((await files.store(content, { name, type, conversation, author: null })).id);
    } catch (error) {
      if (!(error instanceof AttachmentError || error instanceof SendError))
        log.warn({ conversation, err: error }, 'a file was not fetched');
      refused.push(name);
    }
  }
  return { ids, names: found.map(({ name }) => name), refused };
}

function fileOf({ contentType, contentUrl, content, name }: Attachment): Found | null {
  if (contentType === FILE_TYPE) {
    const info = fileInfo.safeParse(content);
    return info.success ? { name: name ?? 'bestand', type: '', url: info.data.downloadUrl } : null;
  }
  if (/^image\//i.test(contentType) && contentUrl) return { name: name ?? nameFor(contentType), type: contentType, url: contentUrl };
  return null;
}

/** An image that was pasted has no name. */
function nameFor(type: string): string {
  const ending = /^image\/(png|jpeg|gif|webp)/i.exec(type)?.[1]?.toLowerCase();
  return ending ? `afbeelding.${ending === 'jpeg' ? 'jpg' : ending}` : 'afbeelding';
}

/** Only the service that the signed message came by, and Microsoft's stores of files by https. */
export function mayFetch(url: string, serviceUrl: string): boolean {
  if (!URL.canParse(url)) return false;
  const { origin, protocol, hostname, username } = new URL(url);
  if (username) return false;
  if (origin === new URL(serviceUrl).origin) return true;
  return protocol === 'https:' && FILE_HOSTS.some((host) => hostname.endsWith(host));
}
