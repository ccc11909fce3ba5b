import { createConnection, type Socket } from 'node:net';
import type { Scanner, Verdict } from './scanner.ts';

/** Where ClamAV's daemon listens. */
export type ClamdAddress =
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number }
  | { readonly kind: 'unix'; readonly path: string };

const CLAMD_PORT = 3310;
const SILENT_MS = 20_000;
/** Pieces in clamd's protocol carry their length before them. */
const LENGTH = 4;
/** A scanner that breaks off after so much has most likely read as much as it may: its answer is lost with the connection. */
const MUCH = 1024 * 1024;

/** `tcp://127.0.0.1:3310` or `unix:///run/clamav/clamd.ctl`; null when it is neither. */
export function parseClamdAddress(text: string): ClamdAddress | null {
  if (!URL.canParse(text)) return null;
  const { protocol, hostname, port, pathname } = new URL(text);
  if (protocol === 'unix:' && pathname.length > 1) return { kind: 'unix', path: decodeURIComponent(pathname) };
  if (protocol !== 'tcp:' || hostname === '') return null;
  return { kind: 'tcp', host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || CLAMD_PORT) };
}

/** ClamAV's daemon, asked with INSTREAM (man clamd, COMMANDS): the file goes over the connection, so it may be another machine. */
export class Clamd implements Scanner {
  readonly #address: ClamdAddress;
  readonly #silentMs: number;

  /** @param options.silentMs after so long without a sign it is taken for gone */
  constructor(address: ClamdAddress, options: { readonly silentMs?: number } = {}) {
    this.#address = address;
    this.#silentMs = options.silentMs ?? SILENT_MS;
  }

  async scan(content: AsyncIterable<Uint8Array>): Promise<Verdict> {
    const answer = await this.#ask(async (exchange) => {
      await exchange.send(Buffer.from('zINSTREAM\0'));
      for await (const piece of content) {
        // An early answer says that it has had enough; the rest it would not read.
        if (exchange.answered) return;
        if (piece.byteLength > 0) await exchange.send(framed(piece));
      }
      await exchange.send(Buffer.alloc(LENGTH));
    });
    if (answer.kind === 'said') return verdictOf(answer.text);
    if (answer.sent < MUCH || answer.silent) return { kind: 'away', why: answer.why };
    return { kind: 'unable', why: `it broke off after ${answer.sent} bytes; is its StreamMaxLength smaller than the file?` };
  }

  async version(): Promise<string> {
    const answer = await this.#ask((exchange) => exchange.send(Buffer.from('zVERSION\0')));
    if (answer.kind === 'away') throw new Error(answer.why);
    return answer.text;
  }

  async #ask(say: (exchange: Exchange) => Promise<void>): Promise<Answer> {
    const socket = this.#address.kind === 'unix' ? createConnection(this.#address.path) : createConnection(this.#address);
    const exchange = new Exchange(socket, this.#silentMs);
    try {
      await say(exchange);
      return await exchange.answer;
    } catch (error) {
      // What the content throws is not the scanner's; a connection that broke has said so in its answer.
      if (!exchange.broken) throw error;
      return await exchange.answer;
    } finally {
      socket.destroy();
    }
  }
}

type Answer =
  | { readonly kind: 'said'; readonly text: string }
  | {
      readonly kind: 'away';
      readonly why: string;
      /** How much it had taken by then. */
      readonly sent: number;
      /** It is still there, and does nothing. */
      readonly silent: boolean;
    };

const LONGEST_ANSWER = 4_096;

/** One question and its answer over one connection. */
class Exchange {
  readonly #socket: Socket;
  readonly answer: Promise<Answer>;
  answered = false;
  broken = false;
  #sent = 0;

  constructor(socket: Socket, silentMs: number) {
    this.#socket = socket;
    const { promise, resolve } = Promise.withResolvers<Answer>();
    this.answer = promise;
    let heard = '';
    const end = (problem: string | null, silent = false) => {
      const text = heard.split('\0')[0]?.trim() ?? '';
      this.answered = text !== '';
      this.broken = !this.answered;
      const why = problem ?? 'it closed the connection without an answer';
      resolve(this.answered ? { kind: 'said', text } : { kind: 'away', why, sent: this.#sent, silent });
    };
    socket.setTimeout(silentMs, () => {
      end('it did not answer in time', true);
      socket.destroy();
    });
    socket.on('data', (data: Buffer) => {
      heard = (heard + data.toString('utf8')).slice(0, LONGEST_ANSWER);
      if (heard.includes('\0')) end(null);
    });
    socket.on('error', (error) => end(error.message));
    socket.on('close', () => end(null));
  }

  /** Resolves when the connection takes more; so a slow scanner holds back the reading, and nothing gathers in memory. */
  send(data: Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      // After an early answer or a break nothing is read any more.
      if (this.answered) return resolve();
      if (this.broken) return reject(new Error('the connection is broken'));
      this.#socket.write(data, (error) => {
        if (error && !this.answered) return reject(error);
        this.#sent += data.byteLength;
        resolve();
      });
    });
  }
}

function framed(piece: Uint8Array): Buffer {
  const frame = Buffer.alloc(LENGTH + piece.byteLength);
  frame.writeUInt32BE(piece.byteLength);
  frame.set(piece, LENGTH);
  return frame;
}

/** `stream: OK`, `stream: NAME FOUND` or `... ERROR`. */
function verdictOf(text: string): Verdict {
  const found = /^stream: (.+) FOUND$/.exec(text)?.[1];
  if (found) return { kind: 'infected', found };
  if (text === 'stream: OK') return { kind: 'clean' };
  if (/size limit exceeded/i.test(text)) return { kind: 'unable', why: text };
  return { kind: 'away', why: text };
}
