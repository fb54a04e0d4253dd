import { describe, expect, test } from 'vitest';
import { commandsFor, type Question } from './commands';

const flow: Question = { source: '10.1.15.117', destination: '10.2.1.22', nextHop: '10.1.4.2', egress: 'GigabitEthernet0/1' };
const lines = (system: string, question: Question, routed = true) => commandsFor(system, question, routed).map((command) => command.line);

describe('check it yourself', () => {
  test('at a router of IOS-XE', () => {
    expect(lines('IOS-XE', { ...flow, vrf: 'red' })).toEqual([
      'show ip route vrf red 10.2.1.22',
      'show ip cef vrf red exact-route 10.1.15.117 10.2.1.22',
      'show ip arp vrf red 10.1.4.2',
      'show interfaces GigabitEthernet0/1',
      'show lldp neighbors GigabitEthernet0/1 detail',
    ]);
  });

  test('at a switch of IOS', () => {
    expect(lines('IOS', { ...flow, vlan: 12, mac: '00:1B:21:0a:0b:0c' }, false)).toEqual([
      'show mac address-table address 001b.210a.0b0c vlan 12',
      'show spanning-tree vlan 12',
      'show interfaces GigabitEthernet0/1',
      'show lldp neighbors GigabitEthernet0/1 detail',
    ]);
  });

  test.each([
    ['NX-OS', 'show ip route 10.2.1.22 vrf red'],
    ['IOS-XR', 'show route vrf red ipv4 10.2.1.22'],
    ['EOS', 'show ip route vrf red 10.2.1.22'],
    ['Junos', 'show route 10.2.1.22 table red.inet.0'],
    ['Linux', 'ip route get 10.2.1.22 vrf red'],
  ])('%s asks for a route by %s', (system, line) => expect(lines(system, { ...flow, vrf: 'red' })[0]).toBe(line));

  test('a system that is not known has none', () => expect(lines('', flow)).toEqual([]));

  test.each(['eth0; reboot', 'eth0\nreload', '$(x)', '-rf', 'a'.repeat(65)])('the port %j is never written', (egress) => {
    expect(lines('Linux', { ...flow, egress }).join('\n')).not.toContain(egress);
  });

  test('of a VRF that cannot be written nothing is asked of the global table instead', () => {
    expect(lines('IOS', { ...flow, vrf: 'red | reload' })).toEqual([
      'show interfaces GigabitEthernet0/1',
      'show lldp neighbors GigabitEthernet0/1 detail',
    ]);
  });
});
