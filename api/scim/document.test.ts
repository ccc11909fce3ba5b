import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ENTERPRISE } from './attributes.ts';
import { change, type Document, readDocument } from './document.ts';
import { ScimError } from './errors.ts';
import { readFilter } from './filter.ts';
import { groupChanges } from './group.ts';
import { readPatch } from './requests.ts';
import { provisioned } from './user.ts';

const JANE: Document = readDocument({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', ENTERPRISE],
  userName: 'jane@example.org',
  externalId: 'oid-1',
  name: { givenName: 'Jane', familyName: 'Doe' },
  emails: [{ type: 'work', value: 'jane@example.org', primary: true }],
  active: true,
  title: 'Adviseur',
  [ENTERPRISE]: { department: 'Burgerzaken', employeeNumber: '12' },
});

/** The document after a PATCH as a provider sends it. */
const patched = (...Operations: object[]): Document => readPatch({ Operations }).reduce(change, JANE);

describe('a user as it was sent', () => {
  it('is kept where the desk has use for it, whatever the case of its names', () => {
    expect(readDocument({ USERNAME: 'x', Name: { GIVENNAME: 'A' }, nickName: 'y', password: 'secret' })).toEqual({
      userName: 'x',
      name: { givenName: 'A' },
    });
    expect(JANE).not.toHaveProperty('title');
    expect(JANE[ENTERPRISE]).toEqual({ department: 'Burgerzaken' });
  });

  it('is a person: the name as colleagues read it, the address that is used, the language that the desk speaks', () => {
    expect(provisioned(JANE).person).toEqual({ name: 'Jane Doe', active: true, address: 'jane@example.org', department: 'Burgerzaken' });
    const more = {
      displayName: 'Doe, J.',
      preferredLanguage: 'nl-NL',
      emails: [{ value: 'a@example.org' }, { value: 'b@example.org', primary: 'True' }],
    };
    expect(provisioned(readDocument({ userName: 'x', ...more })).person).toEqual({
      name: 'Doe, J.',
      active: true,
      address: 'b@example.org',
      language: 'nl',
    });
    expect(() => provisioned(readDocument({ name: {} }))).toThrow('userName is missing');
    expect(() => provisioned(readDocument({ userName: 'x', emails: [{ value: 'no address' }] }))).toThrow(ScimError);
  });

  it('loses what it no longer says, and leaves what it never said', () => {
    const { emails: _, [ENTERPRISE]: __, ...less } = JANE;
    expect(provisioned(less, JANE).person).toEqual({ name: 'Jane Doe', active: true, address: null, department: null });
  });
});

describe("Entra's ways of saying it", () => {
  it('writes the operation with a capital, and active as a text', () => {
    expect(patched({ op: 'Replace', path: 'active', value: 'False' }).active).toBe(false);
    expect(patched({ op: 'Add', value: { active: 'False' } }).active).toBe(false);
    expect(patched({ op: 'replace', path: 'Active', value: [{ value: 'True' }] }).active).toBe(true);
  });

  it('means one of several by a filter, there or not', () => {
    const work = 'emails[type eq "work"].value';
    expect(patched({ op: 'Replace', path: work, value: 'new@example.org' }).emails).toEqual([
      { type: 'work', value: 'new@example.org', primary: true },
    ]);
    expect(patched({ op: 'Add', path: 'phoneNumbers[type eq "mobile"].value', value: '06 1' }).phoneNumbers).toEqual([
      { type: 'mobile', value: '06 1' },
    ]);
    expect(patched({ op: 'Remove', path: 'emails[type eq "work"]' })).not.toHaveProperty('emails');
    expect(patched({ op: 'Remove', path: work })).not.toHaveProperty('emails');
    expect(patched({ op: 'Remove', path: 'emails[type eq "home"].value' }).emails).toEqual(JANE.emails);
  });

  it('names the extension in the path or in the value, and a manager by text, object or list', () => {
    expect(patched({ op: 'Add', path: `${ENTERPRISE}:department`, value: 'ICT' })[ENTERPRISE]).toEqual({ department: 'ICT' });
    expect(patched({ op: 'Replace', value: { [`${ENTERPRISE}:department`]: 'ICT', displayName: 'J' } })).toMatchObject({
      displayName: 'J',
      [ENTERPRISE]: { department: 'ICT' },
    });
    expect(patched({ op: 'add', value: { [ENTERPRISE]: { department: 'ICT' } } })[ENTERPRISE]).toEqual({ department: 'ICT' });
    const manager = { department: 'Burgerzaken', manager: { value: 'm1' } };
    for (const value of ['m1', { value: 'm1' }, [{ $ref: null, value: 'm1' }]])
      expect(patched({ op: 'Add', path: `${ENTERPRISE}:manager`, value })[ENTERPRISE]).toEqual(manager);
    expect(patched({ op: 'Add', path: `${ENTERPRISE.toUpperCase()}:manager.value`, value: 'm1' })[ENTERPRISE]).toEqual(manager);
    const [add, remove] = [
      { op: 'Add', path: `${ENTERPRISE}:manager`, value: 'm1' },
      { op: 'Remove', path: `${ENTERPRISE}:manager` },
    ];
    expect(patched(add, remove)[ENTERPRISE]).toEqual({ department: 'Burgerzaken' });
    expect(patched({ op: 'Replace', path: `${ENTERPRISE}:manager`, value: '' })[ENTERPRISE]).toEqual({ department: 'Burgerzaken' });
  });

  it('writes a whole path as the key of a value without one', () => {
    expect(
      patched({ op: 'Replace', value: { 'name.familyName': 'Smit', 'emails[type eq "work"].value': 'smit@example.org' } }),
    ).toMatchObject({
      name: { givenName: 'Jane', familyName: 'Smit' },
      emails: [{ value: 'smit@example.org' }],
    });
  });

  it('sends attributes that nobody asked for', () => {
    const more = { title: 'x', 'addresses[type eq "work"].locality': 'Ede', 'urn:example:other:1.0:User:badge': '7' };
    expect(patched({ op: 'Add', value: more })).toEqual(JANE);
  });
});

describe('a PATCH', () => {
  it('keeps one primary, and no value twice', () => {
    const emails = [{ type: 'home', value: 'home@example.org', primary: true }];
    expect(patched({ op: 'add', path: 'emails', value: emails }).emails).toEqual([
      { type: 'work', value: 'jane@example.org', primary: false },
      { type: 'home', value: 'home@example.org', primary: true },
    ]);
    const again = { op: 'add', path: 'emails', value: JANE.emails };
    expect(patched(again, again).emails).toEqual(JANE.emails);
  });

  it('changes nothing of what it was given', () => {
    const before = structuredClone(JANE);
    patched({ op: 'replace', path: 'name', value: { givenName: 'Zoe' } }, { op: 'remove', path: 'emails' });
    expect(JANE).toEqual(before);
  });

  it.each([
    [{ op: 'replace', path: 'emails[type eq "work"', value: 'x' }, 'invalidPath'],
    [{ op: 'replace', path: 'emails[type co "work"].value', value: 'x' }, 'invalidFilter'],
    [{ op: 'replace', path: 'userName[type eq "x"]', value: 'x' }, 'invalidPath'],
    [{ op: 'replace', path: '', value: 'x' }, 'invalidValue'],
    [{ op: 'remove' }, 'noTarget'],
    [{ op: 'move', path: 'userName' }, 'invalidSyntax'],
    [{ op: 'replace', path: 'active', value: 'perhaps' }, 'invalidValue'],
    [{ op: 'replace', path: 'userName', value: { a: 1 } }, 'invalidValue'],
    [{ op: 'replace', path: 'displayName', value: 'x'.repeat(301) }, 'invalidValue'],
    [{ op: 'add', path: 'emails', value: Array.from({ length: 51 }, (_, i) => ({ value: `${i}@example.org` })) }, 'invalidValue'],
  ])('that means nothing is refused: %j', (operation, scimType) => {
    expect(() => patched(operation)).toThrow(expect.objectContaining({ status: 400, scimType }));
  });

  it('of whatever is refused in its own words or done', () => {
    const paths = fc.oneof(
      fc.string(),
      fc.constantFrom(
        'active',
        'emails',
        'name.givenName',
        'emails[type eq "work"].value',
        `${ENTERPRISE}:manager`,
        ENTERPRISE,
        '__proto__',
      ),
    );
    fc.assert(
      fc.property(fc.constantFrom('Add', 'replace', 'REMOVE'), fc.option(paths, { nil: undefined }), fc.jsonValue(), (op, path, value) => {
        try {
          provisioned(patched({ op, ...(path === undefined ? {} : { path }), value }), JANE);
        } catch (error) {
          expect(error).toBeInstanceOf(ScimError);
        }
      }),
      { numRuns: 2_000 },
    );
    expect({}).not.toHaveProperty('value');
  });
});

describe('a filter', () => {
  it('compares by eq, joined by and', () => {
    expect(readFilter('userName eq "a \\"b\\" and c"')).toEqual([{ path: 'username', value: 'a "b" and c' }]);
    expect(readFilter('urn:ietf:params:scim:schemas:core:2.0:User:userName EQ "x" and active eq True')).toEqual([
      { path: 'username', value: 'x' },
      { path: 'active', value: true },
    ]);
    expect(readFilter('emails[type eq "work"].value eq "a@example.org"')).toEqual([
      { path: 'emails.type', value: 'work' },
      { path: 'emails.value', value: 'a@example.org' },
    ]);
    expect(readFilter('members[value eq "1"]')).toEqual([{ path: 'members.value', value: '1' }]);
  });

  it.each([
    '',
    'userName',
    'userName eq',
    'userName eq "x',
    'userName co "x"',
    'userName eq "x" or active eq true',
    'not (userName eq "x")',
  ])('of another kind is said to be so: %s', (filter) => {
    expect(() => readFilter(filter)).toThrow(expect.objectContaining({ status: 400, scimType: 'invalidFilter' }));
  });

  it('never hangs on a text that is none', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 2_000 }), (text) => {
        try {
          readFilter(text);
        } catch (error) {
          expect(error).toBeInstanceOf(ScimError);
        }
      }),
    );
  });
});

describe("a group's members", () => {
  it('are removed as providers name them', () => {
    const remove = (more: object) => groupChanges({ op: 'remove', path: 'members', value: undefined, ...more });
    expect(remove({ value: [{ value: 'a' }, { value: 'b' }] })).toEqual([{ kind: 'remove', members: ['a', 'b'] }]);
    expect(remove({ path: 'members[value eq "a"]' })).toEqual([{ kind: 'remove', members: ['a'] }]);
    expect(remove({})).toEqual([{ kind: 'replace', members: [] }]);
    expect(groupChanges({ op: 'replace', path: null, value: { id: 'x', displayName: 'Post' } })).toEqual([
      { kind: 'rename', name: 'Post' },
    ]);
  });
});
