import { expect, test } from 'vitest';
import { addressText, failuresOf } from './failures';

const failed = (ipAddress: string, reason: string) => ({
  ipAddress, jobStatus: 'Complete', discoveryStatus: 'FAILURE', attributeInfo: { reason },
});

test('silent addresses are one failure, what somebody said comes first', () => {
  const jobs = [
    failed('10.1.1.10', 'No SNMP answer from 10.1.1.10:161 in 3 attempts.'),
    failed('10.1.1.9', 'No SNMP answer from 10.1.1.9:161 in 3 attempts.'),
    failed('10.1.1.3', "The device does not know the user 'core'."),
    { ipAddress: '10.1.1.1', jobStatus: 'Complete', discoveryStatus: 'SUCCESS' },
  ];
  expect(failuresOf(jobs)).toEqual([
    { reason: "The device does not know the user 'core'.", addresses: ['10.1.1.3'] },
    { reason: 'No SNMP answer from the address:161 in 3 attempts.', addresses: ['10.1.1.9', '10.1.1.10'] },
  ]);
});

test('a long list of addresses is cut', () =>
  expect(addressText(Array.from({ length: 10 }, (_, i) => `10.1.1.${i}`))).toBe(
    '10.1.1.0, 10.1.1.1, 10.1.1.2, 10.1.1.3, 10.1.1.4, 10.1.1.5, 10.1.1.6, 10.1.1.7 and 2 more',
  ));
