import { expect, test } from 'vitest';
import type { MapNode } from './graph';
import { ALL, isAskedFor, MARKED, rolesOf, type Shown } from './shown';

const node = (label: string, role: string, note = ''): MapNode => ({
  id: label, label, kind: 'device', role, isStale: false, note, size: 1,
});
const nodes = [node('core-1', 'CORE'), node('access-1', 'ACCESS'), node('access-2', 'ACCESS', 'no answer')];

const labels = (asked: Partial<Shown>) => nodes.filter((one) => isAskedFor(one, { ...ALL, ...asked })).map((one) => one.label);

test('all is shown until somebody asks for less', () => {
  expect(labels({})).toHaveLength(3);
  expect(labels({ search: 'core' })).toHaveLength(3); // to find marks only
});

test('a role, what is marked, and what was found are parts, also of one another', () => {
  expect(labels({ only: 'ACCESS' })).toEqual(['access-1', 'access-2']);
  expect(labels({ only: MARKED })).toEqual(['access-2']);
  expect(labels({ search: ' ACCESS ', isFoundOnly: true, only: MARKED })).toEqual(['access-2']);
  expect(labels({ search: 'core', isFoundOnly: true, only: 'ACCESS' })).toEqual([]);
});

test('the roles that there are', () => expect(rolesOf({ nodes, links: [] })).toEqual(['ACCESS', 'CORE']));
