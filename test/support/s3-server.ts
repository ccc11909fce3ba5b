import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';

/**
 * A server that speaks as much of Amazon S3's REST API as the desk uses: PutObject, multipart upload, GetObject, DeleteObject, each with its
 * signature (version 4) worked out anew here. Like S3 it refuses requests without a length, and parts under 5 MiB that are not the last.
 */
export class S3Server {
  readonly accessKeyId = 'AKTEST';
  readonly secretAccessKey = 'secret/of+the-test';
  readonly region = 'eu-test-1';
  readonly objects = new Map<string, Buffer>();
  readonly uploads = new Map<string, Map<number, Buffer>>();
  /** Set to answer every request with this status. */
  failing: number | null = null;
  /** The largest body that one request had. */
  largestBody = 0;
  readonly #server: Server;
  #made = 0;

  constructor() {
    this.#server = createServer((request, response) => {
      this.#answer(request, response).catch((error) => response.writeHead(500).end(String(error)));
    });
  }

  get url(): string {
    const address = this.#server.address();
    return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/desk-files`;
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request);
    const refuse = (status: number, code: string) => response.writeHead(status).end(`<Error><Code>${code}</Code></Error>`);
    if (this.failing !== null) return void refuse(this.failing, 'SlowDown');
    if (request.method === 'PUT' && request.headers['content-length'] === undefined) return void refuse(411, 'MissingContentLength');
    if (!this.#isSigned(request)) return void refuse(403, 'SignatureDoesNotMatch');
    this.largestBody = Math.max(this.largestBody, body.byteLength);
    const url = new URL(request.url ?? '/', this.url);
    const key = url.pathname.split('/').at(-1) ?? '';
    const upload = url.searchParams.get('uploadId');
    if (request.method === 'POST' && url.searchParams.has('uploads')) {
      const id = `upload&${++this.#made}`;
      this.uploads.set(id, new Map());
      return void response.end(
        `<InitiateMultipartUploadResult><UploadId>${id.replace('&', '&amp;')}</UploadId></InitiateMultipartUploadResult>`,
      );
    }
    if (upload !== null)
      return void this.#part(request, response, { key, upload, number: Number(url.searchParams.get('partNumber')), body });
    if (request.method === 'PUT') {
      this.objects.set(key, body);
      return void response.end();
    }
    if (request.method === 'DELETE') {
      this.objects.delete(key);
      return void response.writeHead(204).end();
    }
    const found = this.objects.get(key);
    if (found) response.end(found);
    else refuse(404, 'NoSuchKey');
  }

  #part(
    request: IncomingMessage,
    response: ServerResponse,
    it: { readonly key: string; readonly upload: string; readonly number: number; readonly body: Buffer },
  ): void {
    const parts = this.uploads.get(it.upload);
    if (!parts) return void response.writeHead(404).end('<Error><Code>NoSuchUpload</Code></Error>');
    if (request.method === 'PUT') {
      parts.set(it.number, it.body);
      return void response.setHeader('etag', `"${createHash('md5').update(it.body).digest('hex')}"`).end();
    }
    this.uploads.delete(it.upload);
    if (request.method === 'DELETE') return void response.writeHead(204).end();
    const listed = [...it.body.toString().matchAll(/<PartNumber>(\d+)<\/PartNumber><ETag>"(\w+)"<\/ETag>/g)];
    const chosen = listed.map(([, number]) => parts.get(Number(number)) ?? Buffer.alloc(0));
    if (chosen.slice(0, -1).some((part) => part.byteLength < 5 * 1024 * 1024))
      return void response.writeHead(400).end('<Error><Code>EntityTooSmall</Code></Error>');
    this.objects.set(it.key, Buffer.concat(chosen));
    response.end('<CompleteMultipartUploadResult></CompleteMultipartUploadResult>');
  }

  /** AWS Signature Version 4, "Authenticating Requests (AWS Signature Version 4)" of the S3 API reference. */
  #isSigned(request: IncomingMessage): boolean {
    const header = request.headers.authorization ?? '';
    const match =
      /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=(\w+)$/.exec(header);
    if (!match) return false;
    const [, id, day = '', region = '', names = '', signature] = match;
    const url = new URL(request.url ?? '/', 'http://x');
    const query = [...url.searchParams].map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).sort();
    const headers = names.split(';').map((name) => `${name}:${String(request.headers[name] ?? '').trim()}\n`);
    const payload = String(request.headers['x-amz-content-sha256'] ?? '');
    const canonical = [request.method, url.pathname, query.join('&'), headers.join(''), names, payload].join('\n');
    const scope = `${day}/${region}/s3/aws4_request`;
    const stamp = String(request.headers['x-amz-date']);
    const text = ['AWS4-HMAC-SHA256', stamp, scope, createHash('sha256').update(canonical).digest('hex')].join('\n');
    const key = [day, region, 's3', 'aws4_request'].reduce<string | Buffer>(
      (secret, part) => createHmac('sha256', secret).update(part).digest(),
      `AWS4${this.secretAccessKey}`,
    );
    return id === this.accessKeyId && region === this.region && createHmac('sha256', key).update(text).digest('hex') === signature;
  }
}
