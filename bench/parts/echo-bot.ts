/** The floor of the Teams bench: the smallest bot that botbuilder makes, which says what it heard. No credentials, nothing kept. */
import { CloudAdapter, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import Fastify from 'fastify';

const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
const app = Fastify();
app.post('/api/messages', async (request, reply) => {
  reply.hijack();
  const { raw } = reply;
  let status = 200;
  const response = {
    socket: raw.socket,
    status: (code: number) => {
      status = code;
      return response;
    },
    header: () => response,
    send: (body: unknown) => {
      raw.writeHead(status, { 'content-type': 'application/json' }).write(JSON.stringify(body));
      return response;
    },
    end: () => {
      if (!raw.headersSent) raw.writeHead(status);
      raw.end();
      return response;
    },
  };
  await adapter.process(
    { body: request.body as Record<string, unknown>, headers: request.headers, method: request.method },
    response,
    async (context) => {
      if (context.activity.type === 'message') await context.sendActivity(`echo: ${context.activity.text}`);
    },
  );
});
await app.listen({ port: Number(process.env.ECHO_PORT), host: '127.0.0.1' });
console.log('Ready');
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => process.exit(0));
