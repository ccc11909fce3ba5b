import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply } from 'fastify';
import {
  type Attachment,
  AttachmentError,
  type AttachmentId,
  type AttachmentProblem,
  type AttachmentStore,
  contentHeaders,
  contentOf,
  isAllowedWith,
  parseId,
  readOut,
  readUpload,
} from '../domain/index.ts';
import type { ListedCase, Register } from '../register/index.ts';
import { WorkbenchError, type WorkbenchErrorCode } from './errors.ts';
import type { Sessions } from './session.ts';

export interface AttachmentRouteOptions {
  readonly register: Pick<Register, 'attachments'>;
  readonly files: AttachmentStore;
  readonly sessions: Sessions;
  /** The case that a colleague asks for. @throws WorkbenchError `not-found` when it is not his to see */
  readonly found: (id: string, colleague: Awaited<ReturnType<Sessions['colleague']>>) => Promise<ListedCase>;
}

interface CaseRoute {
  Params: { id: string };
}

/** Files of a case: the content of what stands in it, and what a worker adds to a reply or a note. */
export async function attachmentRoutes(app: FastifyInstance, options: AttachmentRouteOptions): Promise<void> {
  const { register, files, sessions } = options;
  // A file is no JSON, also when it says so: its bytes go by as they come.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_, payload, done) => done(null, payload));

  app.post<CaseRoute>('/cases/:id/attachments', async (request, reply): Promise<Attachment> => {
    const colleague = await sessions.colleague(request);
    const { case: it } = await options.found(request.params.id, colleague);
    if (!isAllowedWith(colleague, 'work', it)) throw new WorkbenchError('not-allowed');
    const upload = { ...readUpload(request.headers), conversation: it.conversation, author: colleague.id };
    const kept = await orRefuse(files.store(contentOf(request.body), upload)).catch(async (error) => {
      await readOut(request.body);
      throw error;
    });
    if (kept.state === 'infected') throw new WorkbenchError('file-infected');
    return reply.status(201).send(kept);
  });

  app.get<{ Params: { id: string; file: string } }>('/cases/:id/attachments/:file', async (request, reply): Promise<FastifyReply> => {
    const { case: it } = await options.found(request.params.id, await sessions.colleague(request));
    const id = parseId<AttachmentId>(request.params.file);
    if (!id || !(await register.attachments.isInCase(id, it.id))) throw new WorkbenchError('unknown-file');
    const { attachment, content } = await orRefuse(files.open(id));
    return reply.headers(contentHeaders(attachment)).send(Readable.from(content));
  });
}

const CODES: Readonly<Record<AttachmentProblem, WorkbenchErrorCode>> = {
  empty: 'file-empty',
  'too-large': 'file-too-large',
  'refused-type': 'file-refused',
  'storage-full': 'storage-full',
  'storage-away': 'storage-away',
  unknown: 'unknown-file',
  held: 'file-held',
  infected: 'file-infected',
};

export async function orRefuse<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof AttachmentError ? new WorkbenchError(CODES[error.code], undefined, error.message) : error;
  }
}
