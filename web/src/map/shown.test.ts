import { expect, test } from 'vitest';
import type { MapNode } from './graph';
import { isAskedFor, MARKED, rolesOf } from './shown';

const node = (label: string, role: string, note = ''): MapNode => ({
  id: label, label, kind: 'device', role, isStale: false, note, size: 1,
});
const nodes = [node('core-1', 'CORE'), node('access-1', 'ACCESS'), node('access-2', 'ACCESS', 'no answer')];

const labels = (only: string, sought: string) => nodes.filter((one) => isAskedFor(one, only, sought)).map((one) => one.label);

test('all is shown until somebody asks for less', () => expect(labels('', '')).toHaveLength(3));

test('a role, what is marked, and what was found are parts, also of one another', () => {
  expect(labels('ACCESS', '')).toEqual(['access-1', 'access-2']);
  expect(labels(MARKED, '')).toEqual(['access-2']);
  expect(labels(MARKED, 'access')).toEqual(['access-2']);
  expect(labels('ACCESS', 'core')).toEqual([]);
});

test('the roles that there are', () => expect(rolesOf({ nodes, links: [] })).toEqual(['ACCESS', 'CORE']));
