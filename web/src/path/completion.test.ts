import { describe, expect, test } from 'vitest';
import type { Device, Found, Host, Interface } from '../api/inventory';
import { endText, ends, resolveEnd } from './completion';

const devices: Device[] = [
  { id: '1', hostname: 'CAMPUS-Core1', managementIpAddress: '10.255.1.1' },
  { id: '2', hostname: 'CAMPUS-Core2', managementIpAddress: '10.1.10.1' },
  { id: '3', hostname: 'twin', managementIpAddress: '10.9.0.1' },
  { id: '4', hostname: 'twin', managementIpAddress: '10.9.0.2' },
];
const hosts: Host[] = [{ id: 'h', hostIp: '10.1.15.117', hostType: 'wireless', connectedAPName: 'AP7081' }];
const port = (portName: string, ipv4Address: string): Interface => ({ id: portName, deviceId: '2', portName, ipv4Address });
const ports = [port('GigabitEthernet1/0/10', '10.1.4.10'), port('GigabitEthernet1/0/2', '10.1.4.2'), port('Vlan1', '')];

const found: Found[] = [
  { kind: 'host', name: '10.2.1.22', field: 'hostMac', value: '5c:f9:dd:4e:02:16', deviceName: 'Branch-Access1' },
  { kind: 'neighbor', name: 'phone-7', field: 'name', value: 'phone-7', deviceName: 'Branch-Access1' },
];

const proposed = (text: string) => ends(text, { devices, hosts, found: [], ports }).map(endText);

describe('the field proposes', () => {
  test('hosts and devices by address', () =>
    expect(proposed('10.1.')).toEqual(['10.1.10.1 (CAMPUS-Core2)', '10.1.15.117 (wireless host at AP7081)']));
  test('devices by any part of the name', () =>
    expect(proposed('core')).toEqual(['10.1.10.1 (CAMPUS-Core2)', '10.255.1.1 (CAMPUS-Core1)']));
  test('the ports of a device that have an address', () =>
    expect(proposed('campus-core2 gi')).toEqual(['10.1.4.2 (CAMPUS-Core2 Gi1/0/2)', '10.1.4.10 (CAMPUS-Core2 Gi1/0/10)']));
  test('hosts by what the search knows of them, however it was written', () =>
    expect(ends('5cf9.dd4e', { devices, hosts, found, ports }).map(endText)).toEqual(['10.2.1.22 (5c:f9:dd:4e:02:16 at Branch-Access1)']));
  test('nothing for what nobody has', () => expect(proposed('192.0.2.')).toEqual([]));
});

describe('what stands in the field means', () => {
  test('its address', () => expect(resolveEnd(' 10.1.4.2 (CAMPUS-Core2 Gi1/0/2)', devices)).toEqual({ address: '10.1.4.2' }));
  test('the device of that name', () => expect(resolveEnd('campus-core1', devices)).toEqual({ address: '10.255.1.1' }));
  test('nothing where two have the name', () =>
    expect(resolveEnd('twin', devices)).toEqual({ problem: '2 devices have that name: 10.9.0.1, 10.9.0.2.' }));
  test('nothing where nobody has it', () =>
    expect(resolveEnd('core', devices)).toMatchObject({ problem: expect.stringContaining("named 'core'") }));
  test('nothing where it is empty', () => expect(resolveEnd('  ', devices)).toHaveProperty('problem'));
});
