import { expect, test } from 'vitest';
import { readPlace } from '../shell/place';
import { flowOfLink, linkOf, portProblem } from './flowText';

test('a link says what was traced', () => {
  const flow = { sourceIP: '10.1.15.117', destIP: '10.2.1.22', protocol: 'TCP', destPort: '443', sourcePort: '0' };
  const place = readPlace(linkOf(flow, 'id-1'));
  expect(place.id).toBe('id-1');
  expect(flowOfLink(place.query)).toMatchObject({ from: '10.1.15.117', to: '10.2.1.22', protocol: 'TCP', fromPort: '', toPort: '443' });
});

test('a link of somebody else asks no device', () => {
  const asked = flowOfLink(new URLSearchParams('verify=true&statistics=true&protocol=x'));
  expect(asked).toMatchObject({ verify: false, statistics: false, protocol: '' });
});

test.each([['', true], ['0', true], ['65535', true], ['65536', false], ['-1', false], ['1.5', false], ['https', false]])(
  'the port %j is one: %s',
  (text, isOne) => expect(portProblem(text) === undefined).toBe(isOne),
);
