import { AttachmentError, type AttachmentId, type AttachmentStore } from '../../domain/index.ts';
import type { Register } from '../../register/index.ts';

/** What goes along with a mail. */
export interface Enclosures {
  readonly files: readonly MailFile[];
  /** What is too large to send along, and where it can be fetched. */
  readonly linked: readonly { readonly name: string; readonly url: string }[];
  /** Names of what is not given at all: a scanner found something in it. */
  readonly infected: readonly string[];
}

export interface MailFile {
  readonly name: string;
  readonly type: string;
  readonly content: Buffer;
}

/** A file is not checked yet: the mail waits for it. */
export class FileHeld extends Error {
  readonly code = 'MAIL_FILE_HELD';
}

/** Many servers take mails of 20 to 25 MB, and base64 makes four bytes of three. */
export const LARGEST_ENCLOSED = 14 * 1024 * 1024;

/**
 * Opens the files that go along with a mail, as many as fit in their order; the rest becomes a link.
 * @param link where a file can be fetched by whom the mail is for
 * @throws FileHeld; AttachmentError `unknown` or `storage-away`
 */
export async function enclose(
  ids: readonly AttachmentId[],
  { register, attachments }: { readonly register: Pick<Register, 'attachments'>; readonly attachments: Pick<AttachmentStore, 'open'> },
  link: (id: AttachmentId) => string,
): Promise<Enclosures> {
  const files: MailFile[] = [];
  const linked: { name: string; url: string }[] = [];
  const infected: string[] = [];
  const known = await register.attachments.named([...new Set(ids)]);
  const held = known.find(({ state }) => state === 'held');
  if (held) throw new FileHeld(`${held.name} is not checked yet`);
  let room = LARGEST_ENCLOSED;
  for (const { id, name, type, size, state } of known) {
    if (state === 'infected') infected.push(name);
    else if (size > room) linked.push({ name, url: link(id) });
    else {
      files.push({ name, type, content: await contentOf(id, attachments) });
      room -= size;
    }
  }
  return { files, linked, infected };
}

async function contentOf(id: AttachmentId, attachments: Pick<AttachmentStore, 'open'>): Promise<Buffer> {
  try {
    const { content } = await attachments.open(id);
    const pieces: Uint8Array[] = [];
    for await (const piece of content) pieces.push(piece);
    return Buffer.concat(pieces);
  } catch (error) {
    // It was judged between the look and this.
    if (error instanceof AttachmentError && (error.code === 'held' || error.code === 'infected'))
      throw new FileHeld(error.message, { cause: error });
    throw error;
  }
}
