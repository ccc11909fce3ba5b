import { z } from 'zod';
import { type Attachment, type AttachmentId, type Language, mayOpen, type OutgoingReplies, parseId } from '../../domain/index.ts';
import { addressFor, type Shown } from './card-keeper.ts';
import type { CardContext } from './cards.ts';
import { mayFetch } from './files.ts';
import type { TeamsOptions } from './options.ts';
import { teamsTexts } from './texts.ts';
import type { OutgoingActivity, Speaker } from './types.ts';

/** Teams, "Send and receive files through a bot": who is asked, and what is shown when it lies in their OneDrive. */
const CONSENT_TYPE = 'application/vnd.microsoft.teams.card.file.consent';
const FILE_TYPE = 'application/vnd.microsoft.teams.card.file.info';
/** A file that a scanner still looks at: the reply waits for it. */
export const HELD_AGAIN_MS = 5_000;

/** The files that a colleague sends along with replies. */
export async function filesOf(replies: OutgoingReplies, { register }: Pick<TeamsOptions, 'register'>): Promise<readonly Attachment[]> {
  return await register.attachments.named(replies.flatMap(({ reply }) => reply?.attachments ?? []));
}

/**
 * Offers files, after the words that they belong to. In their own chat somebody is asked whether the file may be put into their OneDrive; elsewhere
 * Teams has no such question, and they are told so. An offer that fails is not made again by itself: the words that it belongs to have gone out, and the colleague has the file still.
 */
export async function offerFiles(
  files: readonly Attachment[],
  { reference, context }: Shown,
  { connector, log }: Pick<TeamsOptions, 'connector' | 'log'>,
): Promise<void> {
  for (const file of files) {
    try {
      await connector.send(addressFor(reference), offerOf(file, context));
    } catch (error) {
      log.warn({ attachment: file.id, err: error }, 'a file was not offered in Teams');
    }
  }
}

function offerOf(file: Attachment, { language, shared }: Pick<CardContext, 'language' | 'shared'>): OutgoingActivity {
  const texts = teamsTexts(language);
  if (!mayOpen(file.state)) return words(texts.fileInfected(file.name));
  return shared ? words(texts.fileNotHere(file.name)) : consentFor(file, language);
}

function consentFor({ id, name, size }: Attachment, language: Language): OutgoingActivity {
  const context = { loket: 1, file: id };
  const content = { description: teamsTexts(language).fileOffered, sizeInBytes: size, acceptContext: context, declineContext: context };
  return { type: 'message', summary: name, attachments: [{ contentType: CONSENT_TYPE, name, content }] };
}

function words(text: string): OutgoingActivity {
  return { type: 'message', text, textFormat: 'plain' };
}

const asked = z.object({ action: z.enum(['accept', 'decline']), context: z.object({ loket: z.literal(1), file: z.string().max(64) }) });
const place = z.object({
  uploadInfo: z.object({
    uploadUrl: z.url().max(4_000),
    contentUrl: z.url().max(4_000),
    name: z.string().max(500),
    uniqueId: z.string().max(200),
    fileType: z.string().max(50).optional(),
  }),
});

/** What somebody answered to whether a file may be put into their OneDrive. The question's message then says what became of it. */
export class FileConsents {
  readonly #options: Pick<TeamsOptions, 'register' | 'connector' | 'files' | 'log'>;

  constructor(options: Pick<TeamsOptions, 'register' | 'connector' | 'files' | 'log'>) {
    this.#options = options;
  }

  /**
   * @param question Teams' id of the message that asked
   * @returns when the answer may be acknowledged; the upload goes on
   */
  async take(value: unknown, question: string | null, speaker: Speaker, language: Language): Promise<void> {
    const { register, log } = this.#options;
    const answer = asked.safeParse(value);
    const id = answer.success ? parseId<AttachmentId>(answer.data.context.file) : null;
    // What a card says that comes back may be anything: only a file of this conversation is given.
    if (!answer.success || id === null || !(await register.attachments.isInConversation(id, speaker.conversation))) return;
    const [file] = await register.attachments.named([id]);
    if (!file) return;
    if (answer.data.action === 'decline') return await this.#say(question, speaker, words(teamsTexts(language).fileDeclined(file.name)));
    void this.#upload(file, value, question, speaker, language).catch((error: unknown) =>
      log.error({ attachment: id, err: error }, 'a file was not put into OneDrive'),
    );
  }

  async #upload(file: Attachment, value: unknown, question: string | null, speaker: Speaker, language: Language): Promise<void> {
    const { connector, files, log } = this.#options;
    const to = addressFor(speaker.reference);
    const target = place.safeParse(value);
    try {
      if (!target.success || !mayFetch(target.data.uploadInfo.uploadUrl, speaker.reference.serviceUrl))
        throw new Error('it is to be put at an address that is not one of Microsoft’s');
      const { content } = await files.open(file.id);
      await connector.upload(target.data.uploadInfo.uploadUrl, content, file.size);
    } catch (error) {
      log.warn({ attachment: file.id, err: error }, 'a file was not put into OneDrive');
      return await this.#say(question, speaker, words(teamsTexts(language).fileNotPut(file.name)));
    }
    const { contentUrl, name, uniqueId, fileType } = target.data.uploadInfo;
    const shown: OutgoingActivity = {
      type: 'message',
      summary: name,
      attachments: [{ contentType: FILE_TYPE, contentUrl, name, content: { uniqueId, fileType: fileType ?? '' } }],
    };
    if (question === null) await connector.send(to, shown);
    else await connector.update(to, question, shown);
  }

  async #say(question: string | null, { reference }: Speaker, activity: OutgoingActivity): Promise<void> {
    const { connector, log } = this.#options;
    const to = addressFor(reference);
    await (question === null ? connector.send(to, activity) : connector.update(to, question, activity)).catch((error: unknown) =>
      log.warn({ err: error }, 'what became of a file could not be said'),
    );
  }
}
