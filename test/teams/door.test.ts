import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const ROOMS = ['bot', 'catalogue', 'channels', 'domain', 'files', 'intents', 'main', 'queue', 'register', 'workbench'];

test('one file knows the Bot Framework SDK', () => {
  const importing = ROOMS.flatMap((room) =>
    readdirSync(join(ROOT, room), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => join(room, name)),
  ).filter((file) => /from '(?:botbuilder|botframework-)[\w-]*'/.test(readFileSync(join(ROOT, file), 'utf8')));
  expect(importing).toEqual([join('channels', 'teams', 'connector.ts')]);
});
