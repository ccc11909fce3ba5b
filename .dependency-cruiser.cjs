/**
 * The import rule between rooms (docs/decisions.md): imports go one way, and across rooms only through a room's index.ts.
 * test/import-rule.test.ts plants a violation to prove that this file sees ours.
 */
const ROOMS = ['domain', 'bot', 'channels', 'intents', 'catalogue', 'register', 'queue', 'files', 'workbench', 'api'];

/** What each room may import besides itself and domain. loket.ts and main/ may import everything. */
const MAY_IMPORT = {
  domain: [],
  catalogue: ['domain'],
  intents: ['domain', 'catalogue'],
  bot: ['domain', 'catalogue', 'intents'],
  register: ['domain'],
  queue: ['domain', 'register'],
  files: ['domain', 'register'],
  channels: ['domain', 'bot', 'register'],
  workbench: ['domain', 'bot', 'catalogue', 'intents', 'queue', 'register'],
  api: ['domain', 'bot', 'catalogue', 'queue', 'register'],
};

/** Tests, and what a room keeps for its tests, may look inside other rooms. */
const TESTS = ['\\.test\\.tsx?$', '^[^/]+/test/'];

module.exports = {
  forbidden: [
    ...Object.entries(MAY_IMPORT).map(([room, allowed]) => ({
      name: `${room}-imports`,
      comment: `${room}/ may import ${allowed.length > 0 ? allowed.join(', ') : 'no other room'}`,
      severity: 'error',
      from: { path: `^${room}/`, pathNot: TESTS },
      to: { path: `^(${[...ROOMS, 'main', 'test', 'bench'].join('|')})/|^loket\\.ts$`, pathNot: `^(${[room, ...allowed].join('|')})/` },
    })),
    {
      name: 'through-the-index',
      comment: 'another room is entered by its index.ts; the pages may import the types of a protocol',
      severity: 'error',
      from: { path: '^([^/]+)/', pathNot: ['^test/', '^bench/', ...TESTS] },
      to: { path: `^(${ROOMS.join('|')})/`, pathNot: ['^$1/', '^[^/]+/index\\.ts$', '^channels/[^/]+/index\\.ts$'] },
    },
    {
      name: 'only-the-root-imports-main',
      comment: 'main/ wires the rooms; no room knows it',
      severity: 'error',
      from: { pathNot: ['^main/', '^loket\\.ts$', '^test/', '^bench/', ...TESTS] },
      to: { path: '^main/' },
    },
    {
      name: 'no-cycles',
      comment: 'two files that need each other are one, or need a third',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'no-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'no-test-code-in-the-product',
      severity: 'error',
      from: { path: `^(${ROOMS.join('|')}|main)/`, pathNot: [...TESTS, '/test/', 'fake-desk\\.ts$', '-suite\\.ts$'] },
      to: { path: '^(test|bench)/|\\.test\\.ts$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(node_modules|data|dist)/' },
    // Needs a TypeScript with an API (the package `typescript` is version 6 for that): without one it sees no .ts file and says nothing.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.json', '.css'],
    },
    moduleSystems: ['es6'],
  },
};
