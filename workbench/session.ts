import type { FastifyReply, FastifyRequest } from 'fastify';
import { isAllowed, type Permission } from '../domain/index.ts';
import type { Colleague, Register } from '../register/index.ts';
import { WorkbenchError } from './errors.ts';

/**
 * The session's cookie. Over https its name begins with `__Host-` (RFC 6265bis, 4.1.3.2), so that no other host or path can set it; plain http
 * is for loopback, where a browser would refuse such a name.
 */
export class Sessions {
  readonly #register: Pick<Register, 'signIn' | 'bearers'>;
  readonly #secure: boolean;

  constructor(register: Pick<Register, 'signIn' | 'bearers'>, publicUrl: string) {
    this.#register = register;
    this.#secure = publicUrl.startsWith('https:');
  }

  get #name(): string {
    return this.#secure ? '__Host-loket' : 'loket';
  }

  /**
   * By what a page in a frame carries in its header, else by the cookie.
   * @throws WorkbenchError `not-signed-in`
   */
  async colleague(request: FastifyRequest): Promise<Colleague> {
    const bearer = bearerOf(request);
    const session = request.cookies[this.#name];
    const colleague =
      bearer !== null ? await this.#register.bearers.colleague(bearer) : session ? await this.#register.signIn.colleague(session) : null;
    if (!colleague) throw new WorkbenchError('not-signed-in');
    return colleague;
  }

  /** A colleague whose role allows something. @throws WorkbenchError `not-signed-in`, `not-allowed` */
  async allowed(request: FastifyRequest, permission: Permission): Promise<Colleague> {
    const colleague = await this.colleague(request);
    if (!isAllowed(colleague.role, permission)) throw new WorkbenchError('not-allowed');
    return colleague;
  }

  async administrator(request: FastifyRequest): Promise<Colleague> {
    return await this.allowed(request, 'administer');
  }

  begin(reply: FastifyReply, session: string, expires: Date): void {
    reply.setCookie(this.#name, session, { path: '/', httpOnly: true, sameSite: 'lax', secure: this.#secure, expires });
  }

  /** What was asked of the provider goes along with the browser, until it comes back. */
  askProvider(reply: FastifyReply, ticket: string, seconds: number): void {
    reply.setCookie(`${this.#name}-openid`, ticket, { path: '/', httpOnly: true, sameSite: 'lax', secure: this.#secure, maxAge: seconds });
  }

  /** Takes the ticket back, once. */
  askedProvider(request: FastifyRequest, reply: FastifyReply): string | null {
    const name = `${this.#name}-openid`;
    reply.clearCookie(name, { path: '/', httpOnly: true, sameSite: 'lax', secure: this.#secure });
    return request.cookies[name] ?? null;
  }

  /** @returns whether the provider's session is to end too */
  async end(request: FastifyRequest, reply: FastifyReply): Promise<boolean> {
    const session = bearerOf(request) ?? request.cookies[this.#name];
    const byOpenId = session ? await this.#register.signIn.signOut(session) : false;
    reply.clearCookie(this.#name, { path: '/', httpOnly: true, sameSite: 'lax', secure: this.#secure });
    return byOpenId;
  }
}

/**
 * A page of another site can send a cookie along with a form, but not this header without asking the server first (Fetch standard, CORS), and no
 * origin is allowed here.
 */
export function requireOwnPage(request: FastifyRequest): void {
  if (request.headers['x-loket'] !== '1') throw new WorkbenchError('cross-site');
}

/** The session that a page carries itself (RFC 6750, 2.1); null when it sends none. */
export function bearerOf(request: FastifyRequest): string | null {
  return /^Bearer (loket\.[\w.-]{20,200})$/.exec(request.headers.authorization ?? '')?.[1] ?? null;
}
