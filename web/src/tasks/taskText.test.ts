import { expect, test } from 'vitest';
import type { Task } from '../api/envelope';
import { inTree, madeBy, stateOf, tookText } from './taskText';

const task = (id: string, more: Partial<Task> = {}): Task => ({
  id, rootId: id, version: 1000, serviceType: 'Inventory service', startTime: 1000, isError: false, ...more,
});

test('a task runs until it has an end', () => {
  expect([stateOf(task('a')), tookText(task('a'))]).toEqual(['running', '']);
  expect([stateOf(task('a', { endTime: 1350 })), tookText(task('a', { endTime: 1350 }))]).toEqual(['done', '350 ms']);
  expect([stateOf(task('a', { endTime: 61_000, isError: true })), tookText(task('a', { endTime: 61_000 }))]).toEqual(['failed', '60 s']);
});

test('a task leads to what it has made, once it is there', () => {
  const id = '01a22c65-e33d-703f-8af8-06e63e5d2991';
  const trace = task('a', { serviceType: 'Policy Analysis Service', progress: id, endTime: 1350 });
  expect(madeBy(trace)).toEqual({ page: 'path', id, text: 'the path' });
  expect(madeBy({ ...trace, isError: true })).toBeNull();
  expect(madeBy({ ...trace, progress: 'javascript:alert(1)' })).toBeNull();
  const discovery = task('b', { serviceType: 'Discovery Service', progress: '7' });
  expect([madeBy(discovery), madeBy({ ...discovery, endTime: 1350 })?.text]).toEqual([null, 'discovery 7']);
  expect(madeBy(task('c', { progress: '7', endTime: 1350 }))).toBeNull();
});

test('children stand below their parents, whatever the order of the answer', () => {
  const tree = [task('b1', { parentId: 'b' }), task('a'), task('b', { parentId: 'a' }), task('c', { parentId: 'a' })];
  expect(inTree(tree).map(({ task: { id }, depth }) => `${id}${depth}`)).toEqual(['a0', 'b1', 'b12', 'c1']);
});

test('while the server is away nobody can tell whether a task runs', () => {
  const states = [stateOf(task('a')), stateOf(task('a'), true), stateOf(task('a', { endTime: 1350 }), true)];
  expect(states).toEqual(['running', 'not known', 'done']);
});
