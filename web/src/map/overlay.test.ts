import { expect, test } from 'vitest';
import type { Topology } from '../api/inventory';
import { overlayOf, vlanOf } from './overlay';

const nodes = ['a', 'b', 'c'].map((id) => ({ id }));
const link = (id: string, source: string, target: string) => ({
  id, source, target, startPortName: `${source}${target}`, endPortName: `${target}${source}`,
});
const all: Topology = { nodes, links: [link('1', 'a', 'b'), link('2', 'b', 'c'), link('3', 'c', 'a')] };
const ofVlan: Topology = { nodes: nodes.slice(0, 2), links: [all.links[0]!, all.links[1]!] };
const blocking = (deviceId: string, name: string, vlan?: string) => ({
  deviceId, row: { interface: name, state: 'Blocking', ...(vlan !== undefined && { vlan }) },
});
const self = (id: string) => id;

test('links that carry the VLAN, and who is in it', () => {
  const { carried, blocked, members } = overlayOf(all, ofVlan, [], 20, self);
  expect([[...carried], [...blocked], [...members]]).toEqual([['a b', 'b c'], [], ['a', 'b']]);
});

test('a link is blocked where the tree of the VLAN, or of all, does not forward at one end', () => {
  expect([...overlayOf(all, ofVlan, [blocking('c', 'cb', '20')], 20, self).blocked]).toEqual(['b c']);
  expect([...overlayOf(all, ofVlan, [blocking('a', 'ab')], 20, self).blocked]).toEqual(['a b']);
  expect([...overlayOf(all, ofVlan, [blocking('a', 'ab', '30')], 20, self).blocked]).toEqual([]);
});

test('a closed group stands for its members', () => {
  const { carried, members } = overlayOf(all, ofVlan, [], 20, (id) => (id === 'c' ? 'c' : 'group x'));
  expect([[...carried], [...members]]).toEqual([['group x group x', 'c group x'], ['group x']]);
});

test('a VLAN has its number in its name', () => expect([vlanOf('Vlan20'), vlanOf('20')]).toEqual([20, 20]));
