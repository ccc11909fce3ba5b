import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { type Desk, noticeText } from '../bot/index.ts';
import { type Catalogue, teamOf } from '../catalogue/index.ts';
import type { SetAside } from '../channels/email/index.ts';
import type { AttachmentStore, PassCheckpoint } from '../domain/index.ts';
import type { Blobs } from '../files/index.ts';
import type { DeliverTogether, NoticeMeans, SupplierMail } from '../queue/index.ts';
import type { Register } from '../register/index.ts';
import type { SignedApprover } from '../workbench/index.ts';
import type { MailConfig } from './mail-config.ts';
import { supplierMail } from './supplier-mail.ts';

/** Email, wired to the desk. */
export interface Email {
  /** How answers go out. */
  readonly deliver: DeliverTogether;
  /** How suppliers are written to. */
  readonly suppliers: SupplierMail;
  /** How notices reach colleagues. */
  readonly notify: NoticeMeans;
  /** The pages behind the links in mails. */
  serve(app: FastifyInstance, desk: Desk, approver: SignedApprover | null): Promise<void>;
  /** Begins to read the mailboxes. @returns how to end it; what was taken in is stored */
  read(desk: Desk): () => Promise<void>;
  /** Takes in again what was set aside. @returns false when its mailbox is not the desk's any more */
  retake(it: SetAside, desk: Desk): Promise<boolean>;
  /** Ends the connections of what goes out. */
  close(): Promise<void>;
}

interface MailParts {
  readonly register: Register;
  readonly files: AttachmentStore;
  readonly blobs: Blobs;
  readonly catalogue: () => Catalogue;
  /** Where people reach the desk: the links in mails lead there. */
  readonly url: string;
  readonly checkpoint: PassCheckpoint;
  readonly log: Logger;
}

/** @returns null when no mailbox is configured: then none of its libraries is loaded */
export async function openMail({ mailboxes, limits }: MailConfig, parts: MailParts): Promise<Email | null> {
  if (mailboxes.length === 0) return null;
  const { register, files, blobs, catalogue, url, checkpoint, log } = parts;
  const organisation = () => catalogue().organisation.name;
  const { LINK_KEY, Links, mailLinks, openEmailDelivery, openTokens, readMailboxes, retake } = await import('../channels/email/index.ts');
  const tokens = openTokens();
  const links = new Links(await register.keys.get(LINK_KEY), url);
  const delivery = openEmailDelivery({ register, attachments: files, mailboxes, limits, links, organisation, tokens, checkpoint, log });
  const suppliers = () => catalogue().organisation.handlers.filter((it) => it.type === 'supplier');
  const intakeParts = (desk: Desk) => ({ register, desk, raws: blobs, attachments: files, suppliers, checkpoint, log });
  return {
    deliver: delivery,
    suppliers: supplierMail(delivery.order, catalogue),
    notify: {
      name: 'email',
      send: async ({ id, case: about, address, language, at, team, ...notice }) => {
        if (address === null) return { kind: 'unreachable' };
        const link = `${url}/workbench/case/${about}`;
        const said = noticeText(language, { ...notice, team: teamOf(catalogue(), team)?.name[language] ?? team, link });
        return await delivery.notify({ id, to: address, language, at, ...said });
      },
    },
    serve: async (app, desk, approver) => {
      await app.register(mailLinks, { prefix: '/mail', desk, register, files, links, organisation, approver });
    },
    read: (desk) => {
      const reading = readMailboxes({
        mailboxes,
        limits,
        tokens,
        parts: intakeParts(desk),
      });
      return () => reading.stop();
    },
    retake: (it, desk) => retake(it, { mailboxes, limits, parts: intakeParts(desk) }),
    close: () => delivery.close(),
  };
}
