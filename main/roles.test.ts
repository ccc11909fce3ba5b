import { describe, expect, it } from 'vitest';
import { PROCESS_ROLES, readRoles } from './roles.ts';

const embedded = { database: { kind: 'embedded' } } as const;
const server = { database: { kind: 'server', applicationUrl: 'postgres://a', ownerUrl: 'postgres://o' } } as const;

describe('the roles of a process', () => {
  it('are all of them when none is named', () => {
    expect([...readRoles(undefined, embedded)]).toEqual([...PROCESS_ROLES]);
  });

  it('are those that are named, in any order', () => {
    expect([...readRoles('jobs, web', server)]).toEqual(['web', 'jobs']);
  });

  it.each(['', 'webb', 'web,mail'])('are refused as "%s", with those that there are', (text) => {
    expect(() => readRoles(text, server)).toThrow(/the roles are web, email, teams, jobs/);
  });

  it('are all or none with the embedded database, which belongs to one process', () => {
    expect(() => readRoles('web', embedded)).toThrow(/DATABASE_URL/);
    expect([...readRoles('web,email,teams,jobs', embedded)]).toEqual([...PROCESS_ROLES]);
  });
});
