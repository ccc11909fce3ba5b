import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readEvents, type StreamEvent } from './sse.ts';

async function read(chunks: readonly Uint8Array[]): Promise<StreamEvent[]> {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
  const events: StreamEvent[] = [];
  for await (const event of readEvents(body)) events.push(event);
  return events;
}

const STREAM =
  'retry: 2000\nevent: ping\ndata: {}\n\n: a comment\n\nevent: case\r\ndata: {"id":"één"}\r\n\r\ndata:one\ndata: two\n\nevent: lost\ndata: not';

describe('a stream of events', () => {
  it('is read the same however it is cut, and what is not finished is not told', async () => {
    const bytes = new TextEncoder().encode(STREAM);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(bytes.length), { maxLength: 12 }), async (cuts) => {
        const places = [0, ...cuts.sort((a, b) => a - b), bytes.length];
        expect(await read(places.slice(1).map((end, i) => bytes.slice(places[i], end)))).toEqual([
          { event: 'ping', data: '{}' },
          { event: 'case', data: '{"id":"één"}' },
          { event: 'message', data: 'one\ntwo' },
        ]);
      }),
    );
  });
});
