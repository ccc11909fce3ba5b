import { expect, test } from 'vitest';
import { createSseParser } from './sse.ts';

const STREAM =
  '\uFEFF: hello\nretry: 5\nevent: message\nid: 7\ndata: {"a":1}\n\nevent: typing\r\ndata: one\r\ndata: two\r\n\r\ndata:bare\r\rdata\n\nevent: empty\n\n';
const EVENTS = [
  { event: 'message', data: '{"a":1}', id: '7' },
  { event: 'typing', data: 'one\ntwo', id: '7' },
  { event: 'message', data: 'bare', id: '7' },
  { event: 'message', data: '', id: '7' },
];

test('reads events whatever the line ends, comments and unknown fields', () => {
  expect(createSseParser()(STREAM)).toEqual(EVENTS);
});

test('reads the same events however the stream is cut', () => {
  for (let cut = 0; cut < STREAM.length; cut++) {
    const parse = createSseParser();
    expect([...parse(STREAM.slice(0, cut)), ...parse(STREAM.slice(cut))]).toEqual(EVENTS);
  }
  const parse = createSseParser();
  expect([...STREAM].flatMap((letter) => parse(letter))).toEqual(EVENTS);
});

test('keeps back an event that is not complete', () => {
  expect(createSseParser()('data: half\n')).toEqual([]);
});
