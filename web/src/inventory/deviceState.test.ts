import { expect, test } from 'vitest';
import type { Device } from '../api/inventory';
import { roleText, stateOf } from './deviceState';

const device: Device = { id: '1', managementIpAddress: '10.0.0.1', reachabilityStatus: 'Reachable', collectionStatus: 'Managed' };

test('a device that is well has one word and no reason', () => {
  expect(stateOf(device)).toEqual({ word: 'Managed', color: 'teal', why: '' });
});

test('a silent one says why', () => {
  const silent = { ...device, reachabilityStatus: 'Unreachable', reachabilityFailureReason: 'No SNMP answer', errorDescription: 'other' };
  expect(stateOf(silent)).toEqual({ word: 'Unreachable', color: 'red', why: 'No SNMP answer' });
});

test('a conflict is told of a device that is managed', () => {
  expect(stateOf({ ...device, errorDescription: 'Two devices have 10.0.0.1.' }).word).toBe('Conflict');
});

test('a collection that failed in part keeps its word', () => {
  expect(stateOf({ ...device, collectionStatus: 'Partial Collection Failure' }).color).toBe('yellow');
});

test('a device that was not read whole for more than a day is stale', () => {
  const [now, hour] = [1_000_000_000, 3_600_000];
  expect(stateOf({ ...device, lastUpdateTime: now - 25 * hour }, now).word).toBe('Managed');
  expect(stateOf({ ...device, lastUpdateTime: now - 27 * hour }, now)).toEqual({
    word: 'Stale', color: 'yellow', why: 'It was last read whole 27 h ago.',
  });
});

test('a role is a word', () => expect(['BORDER ROUTER', 'UNKNOWN', null].map(roleText)).toEqual(['border router', '', '']));
