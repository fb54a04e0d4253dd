import { expect, test } from 'vitest';
import type { FlowResult } from '../api/flow';
import { pathText } from './pathText';

const result: FlowResult = {
  request: { id: '1', status: 'COMPLETED', sourceIP: '10.1.15.117', destIP: '10.2.1.22', protocol: 'TCP', destPort: '443' },
  pathGraph: {
    nodes: [
      { kind: 'Host', ip: '10.1.15.117' },
      { kind: 'Device', name: 'Core2', ip: '10.1.10.1', ingress: { name: 'GigabitEthernet0/2', vlan: 12 } },
      { kind: 'Host', ip: '10.2.1.22' },
      { kind: 'Device', name: 'Core1' },
    ],
    edges: [
      { from: 0, to: 1, share: 0.5, label: 'Switched' },
      {
        from: 1, to: 2, share: 1, label: 'OSPF', prefix: '10.2.0.0/16', nextHop: '10.1.4.2', egress: { name: 'GigabitEthernet0/1' },
        confidence: 0.9, reason: 'no ARP entry',
      },
      { from: 0, to: 3, share: 0.5, label: 'Switched' },
    ],
    shown: [0, 1],
    ending: { kind: 'Delivered', confidence: 0.9 },
  },
};

test('a path is text that stands alone', () => {
  expect(pathText(result)).toBe(`10.1.15.117 -> 10.2.1.22 (TCP 443)
 1  10.1.15.117
 2  Core2 10.1.10.1; in Gi0/2 VLAN 12; route 10.2.0.0/16 OSPF; out Gi0/1; via 10.1.4.2; 90 % sure: no ARP entry
 3  10.2.1.22
    1 more step on equal-cost branches
Delivered.
As a whole 90 % sure.
`);
});

test('a failed one says why', () => {
  const failed: FlowResult = {
    request: { ...result.request, status: 'FAILED', protocol: '', destPort: '0', failureReason: 'No table has 10.1.15.117.' },
  };
  expect(pathText(failed)).toBe('10.1.15.117 -> 10.2.1.22\nNo table has 10.1.15.117.\n');
});
