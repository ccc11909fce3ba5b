import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { EncryptJWT, jwtDecrypt } from 'jose';
import { z } from 'zod';
import { type PersonId, parseId } from '../domain/index.ts';

const MINUTES = 15;
const proof = z.object({ person: z.uuid(), link: z.string() });

/** What a link of an approval in a mail looks like. */
export const APPROVAL_LINK = /^[\w-]{80,400}$/;

/**
 * Somebody who is to approve what a case costs and came by the link in a mail, signed in by the organisation's provider: what he has of it is a
 * cookie for that one link. It opens nothing else, and he needs no role here.
 */
export class SignedApprover {
  readonly #key: Uint8Array;
  readonly #publicUrl: string;

  /** @param key 32 bytes that all processes of the desk share */
  constructor(key: Uint8Array, publicUrl: string) {
    this.#key = key;
    this.#publicUrl = publicUrl;
  }

  /** Where the page behind a link sends him to sign in. */
  startFor(link: string): string {
    return `${this.#publicUrl}/api/workbench/openid/start?approval=${link}`;
  }

  /** He signed in: the page behind his link knows him from now on. @returns where his browser goes */
  async begin(reply: FastifyReply, link: string, person: PersonId): Promise<string> {
    const sealed = await new EncryptJWT({ person, link: hash(link) })
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
      .setExpirationTime(`${MINUTES}m`)
      .encrypt(this.#key);
    reply.setCookie(this.#cookie, sealed, { ...this.#how, maxAge: MINUTES * 60 });
    return this.pageOf(link);
  }

  pageOf(link: string): string {
    return `${this.#publicUrl}/mail/${link}`;
  }

  /** Who signed in for this link; null for nobody. */
  async personFor(request: FastifyRequest, link: string): Promise<PersonId | null> {
    const sealed = request.cookies[this.#cookie];
    if (!sealed) return null;
    try {
      const { person, link: of } = proof.parse((await jwtDecrypt(sealed, this.#key)).payload);
      return of === hash(link) ? parseId<PersonId>(person) : null;
    } catch {
      return null;
    }
  }

  end(reply: FastifyReply): void {
    reply.clearCookie(this.#cookie, this.#how);
  }

  get #cookie(): string {
    return this.#publicUrl.startsWith('https:') ? '__Host-loket-approver' : 'loket-approver';
  }

  get #how() {
    return { path: '/', httpOnly: true, sameSite: 'lax', secure: this.#publicUrl.startsWith('https:') } as const;
  }
}

function hash(link: string): string {
  return createHash('sha256').update(link).digest('base64url');
}
