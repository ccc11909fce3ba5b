import { describe, expect, it } from 'vitest';
import { parseRoute, pathOf, type Route, teamOf } from './router.ts';

const ROUTES: readonly (readonly [string, Route])[] = [
  ['/workbench/', { page: 'home' }],
  ['/workbench/queue/team.facilities', { page: 'queue', view: 'team.facilities' }],
  ['/workbench/queue/team.account-management', { page: 'queue', view: 'team.account-management' }],
  ['/workbench/queue/mine', { page: 'queue', view: 'mine' }],
  ['/workbench/queue/waiting', { page: 'queue', view: 'waiting' }],
  ['/workbench/queue/all', { page: 'queue', view: 'all' }],
  ['/workbench/queue/done', { page: 'queue', view: 'done' }],
  ['/workbench/case/0198-abc', { page: 'case', id: '0198-abc' }],
  ['/workbench/case/a%2Fb%20c', { page: 'case', id: 'a/b c' }],
  ['/workbench/sign-in', { page: 'sign-in' }],
  ['/workbench/register', { page: 'register' }],
  ['/workbench/call-backs', { page: 'call-backs' }],
  ['/workbench/persons', { page: 'persons' }],
  ['/workbench/person/0198-abc', { page: 'person', id: '0198-abc' }],
  ['/workbench/approvals', { page: 'approvals' }],
  ['/workbench/canned', { page: 'canned' }],
  ['/workbench/people', { page: 'people' }],
  ['/workbench/intake', { page: 'intake' }],
  ['/workbench/learning', { page: 'learning' }],
  ['/workbench/audit', { page: 'audit' }],
];

describe('the router', () => {
  it.each(ROUTES)('reads %s and writes it back', (path, route) => {
    expect(parseRoute(path)).toEqual(route);
    expect(pathOf(route)).toBe(path);
  });

  it.each([
    '/',
    '/workbenches',
    '/workbench/nothing',
    '/workbench/queue',
    '/workbench/queue/theirs',
    '/workbench/person',
    '/workbench/queue/team.',
    '/workbench/people/1',
    '/workbench/case/a/b',
  ])('knows no page at %s', (path) => expect(parseRoute(path)).toEqual({ page: 'unknown' }));

  it('takes the address without its last slash, and one with a wrong escape', () => {
    expect(parseRoute('/workbench')).toEqual({ page: 'home' });
    expect(parseRoute('/workbench/people/')).toEqual({ page: 'people' });
    expect(parseRoute('/workbench/case/%E0%A4')).toEqual({ page: 'case', id: '%E0%A4' });
  });

  it('knows the team of a view', () => {
    expect(teamOf('team.facilities')).toBe('facilities');
    expect(teamOf('mine')).toBeNull();
  });
});
