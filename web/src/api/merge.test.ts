import { expect, test } from 'vitest';
import type { Task } from './envelope';
import type { Device, NetworkEvent } from './inventory';
import { withDevices, withEvents, withTasks, withTasksOfTree } from './merge';

const event = (id: string): NetworkEvent => ({ id, timestamp: Number(id), kind: 'ROW_CHANGED' });
const task = (id: string, version: number, more: Partial<Task> = {}): Task => ({
  id, rootId: id, serviceType: 'Discovery Service', startTime: Number(id), version, isError: false, ...more,
});
const device = (id: string, hostname: string): Device => ({ id, hostname, managementIpAddress: '10.0.0.1' });

const ids = (list: readonly { id: string }[]) => list.map(({ id }) => id);

test('new events come first, the newest at the top; one that was read already is not there twice', () => {
  expect(ids(withEvents([event('2'), event('1')], [event('2'), event('3'), event('4')], 3))).toEqual(['4', '3', '2']);
  const list = [event('2')];
  expect(withEvents(list, [event('2')], 3)).toBe(list);
});

test('a task is as it was told last; an older word changes nothing', () => {
  const list = [task('2', 5, { progress: 'now' }), task('1', 1)];
  const now = withTasks(list, [task('2', 4, { progress: 'before' }), task('1', 2, { progress: 'on' }), task('3', 1), task('4', 1)], 10);
  expect(ids(now)).toEqual(['4', '3', '2', '1']);
  expect(now.map((one) => one.progress)).toEqual([undefined, undefined, 'now', 'on']);
});

test('a tree takes what is below its root, and nothing else', () => {
  const tree = [task('1', 1), task('2', 1, { rootId: '1', parentId: '1' })];
  const now = withTasksOfTree(tree, [task('3', 1, { rootId: '1', parentId: '2' }), task('9', 1), task('1', 2, { endTime: 9 })]);
  expect(ids(now)).toEqual(['1', '2', '3']);
  expect(now[0]!.endTime).toBe(9);
});

test('a device is as it is now, there for the first time, or there no more', () => {
  const told = new Map([['1', device('1', 'new')], ['2', null], ['3', device('3', 'added')], ['4', null]]);
  const now = withDevices([device('1', 'old'), device('2', 'gone'), device('5', 'stays')], told);
  expect(now.map((one) => one.hostname)).toEqual(['new', 'stays', 'added']);
});
