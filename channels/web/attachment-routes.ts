import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import {
  AttachmentError,
  type AttachmentId,
  type AttachmentProblem,
  contentHeaders,
  contentOf,
  parseId,
  readOut,
  readUpload,
} from '../../domain/index.ts';
import { type ConversationRoute, conversationKey, type Doors } from './doors.ts';
import { ChatError, type ChatErrorCode } from './errors.ts';
import type { Attached } from './protocol.ts';
import type { WebChatOptions } from './routes.ts';

interface FileRoute extends ConversationRoute {
  Params: { id: string; file: string };
}

/** Files that wait in a browser to be sent; more are somebody who fills the disk. */
const MAX_UNSENT = 20;
const MEGABYTE = 1024 * 1024;

/** Files of a conversation: what its visitor adds, and the content of what stands in it. */
export async function attachmentRoutes(
  app: FastifyInstance,
  options: Pick<WebChatOptions, 'register' | 'files' | 'largestFile' | 'messagesPerMinute'> & { readonly doors: Doors },
): Promise<void> {
  const { register, files, doors, largestFile } = options;
  // A file is no JSON, also when it says so: its bytes go by as they come.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_, payload, done) => done(null, payload));

  const limit = {
    max: options.messagesPerMinute,
    timeWindow: '1 minute',
    keyGenerator: (request: FastifyRequest) => conversationKey(request),
  };
  app.post<ConversationRoute>(
    '/conversations/:id/attachments',
    { config: { rateLimit: limit } },
    async (request, reply): Promise<Attached> => {
      const conversation = await doors.enter(request);
      try {
        if ((await register.attachments.unsent({ conversation, author: null })).length >= MAX_UNSENT) throw new ChatError('too-many-files');
        const kept = await files.store(contentOf(request.body), { ...readUpload(request.headers), conversation, author: null });
        if (kept.state === 'infected') throw new ChatError('file-infected');
        return reply.status(201).send(kept);
      } catch (error) {
        await readOut(request.body);
        throw error instanceof AttachmentError ? problem(error.code, largestFile, error) : error;
      }
    },
  );

  app.get<FileRoute>('/conversations/:id/attachments/:file', async (request, reply): Promise<FastifyReply> => {
    const conversation = await doors.enter(request);
    const id = parseId<AttachmentId>(request.params.file);
    if (!id || !(await register.attachments.isInConversation(id, conversation))) throw new ChatError('unknown-file');
    try {
      const { attachment, content } = await files.open(id);
      return reply.headers(contentHeaders(attachment)).send(Readable.from(content));
    } catch (error) {
      throw error instanceof AttachmentError ? problem(error.code, largestFile, error) : error;
    }
  });
}

const CODES: Readonly<Record<AttachmentProblem, ChatErrorCode>> = {
  empty: 'file-empty',
  'too-large': 'file-too-large',
  'refused-type': 'file-refused',
  'storage-full': 'storage-full',
  'storage-away': 'storage-away',
  unknown: 'unknown-file',
  held: 'file-held',
  infected: 'file-infected',
};

function problem(code: AttachmentProblem, largest: number, cause?: Error): ChatError {
  return new ChatError(CODES[code], { value: Math.floor(largest / MEGABYTE), ...(cause ? { detail: cause.message } : {}) });
}
