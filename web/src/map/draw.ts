import type { Palette } from '../path/palette';
import { plain } from '../text/plain';
import { pairKey, type MapLink, type MapNode } from './graph';
import { FreePlaces } from './labels';
import type { Overlay } from './overlay';
import type { Size, View } from './view';

export interface Scene {
  nodes: readonly MapNode[];
  links: readonly { link: MapLink; a: number; b: number }[];
  places: Float32Array;
  chosen: number; // -1: none
  found: ReadonlySet<number>; // by the search
  onPath: ReadonlySet<string>; // links by `pairKey`; empty: no path is shown
  overlay: Overlay | null; // of a VLAN
}

const LABELS_FROM = 0.45; // the scale from which names can be read
const COUNTS_FROM = 0.8;
const MANY = 800; // nodes whose names would cover each other
const FEW = 300; // names that may have a rim, which costs as much as the name

/** One frame. Links and circles of one colour are one stroke, which is what makes ten thousand of them quick. */
export function draw(canvas: CanvasRenderingContext2D, scene: Scene, view: View, size: Size, palette: Palette): void {
  canvas.setTransform(1, 0, 0, 1, 0, 0);
  canvas.scale(devicePixelRatio, devicePixelRatio);
  canvas.fillStyle = palette.page;
  canvas.fillRect(0, 0, size.width, size.height);
  const x = (i: number) => (scene.places[2 * i]! - view.x) * view.scale + size.width / 2;
  const y = (i: number) => (scene.places[2 * i + 1]! - view.y) * view.scale + size.height / 2;
  const isSeen = (i: number) => x(i) > -60 && x(i) < size.width + 60 && y(i) > -60 && y(i) < size.height + 60;

  strokeLinks(scene.links.filter(({ link }) => link.down < link.count && !isOnPath(scene, link)), palette.border, 1);
  strokeLinks(scene.links.filter(({ link }) => link.down === link.count && link.down > 0), palette.bad, 1.5);
  if (scene.overlay) strokeOverlay(scene.overlay);
  strokeLinks(scene.links.filter(({ link }) => isOnPath(scene, link)), palette.way, 4);

  const seen = scene.nodes.map((_, i) => i).filter(isSeen);
  for (const [color, members] of byColor(seen)) {
    canvas.fillStyle = color;
    canvas.beginPath();
    for (const i of members) shape(i);
    canvas.fill();
  }
  if (scene.found.size > 0 || scene.chosen >= 0) markChosen();
  const isLegible = view.scale >= LABELS_FROM && seen.length <= MANY;
  writeLabels(isLegible ? seen : seen.filter((i) => i === scene.chosen || scene.found.has(i)).slice(0, FEW));

  function strokeLinks(links: readonly { link: MapLink; a: number; b: number }[], color: string, width: number) {
    canvas.strokeStyle = color;
    canvas.lineWidth = width;
    canvas.beginPath();
    for (const { a, b } of links) {
      canvas.moveTo(x(a), y(a));
      canvas.lineTo(x(b), y(b));
    }
    canvas.stroke();
    if (view.scale < COUNTS_FROM) return;
    canvas.fillStyle = palette.dim;
    canvas.font = '11px system-ui, sans-serif';
    canvas.textAlign = 'center';
    for (const { link, a, b } of links) {
      if (link.count > 1) canvas.fillText(`${link.count}×`, (x(a) + x(b)) / 2, (y(a) + y(b)) / 2 - 3);
    }
  }

  /** Blocked ones are broken: not by the colour alone. */
  function strokeOverlay({ carried, blocked }: Overlay) {
    strokeLinks(scene.links.filter(({ link }) => carried.has(pairKey(link.a, link.b))), palette.back, 3);
    canvas.setLineDash([8, 6]);
    strokeLinks(scene.links.filter(({ link }) => blocked.has(pairKey(link.a, link.b))), palette.doubt, 3);
    canvas.setLineDash([]);
  }

  function byColor(members: number[]): Map<string, number[]> {
    const colors = new Map<string, number[]>();
    for (const i of members) {
      const color = colorOf(scene.nodes[i]!, scene.overlay, palette);
      const same = colors.get(color);
      if (same) same.push(i);
      else colors.set(color, [i]);
    }
    return colors;
  }

  /** Devices are squares, hosts and clouds circles, groups larger circles: not by the colour alone. */
  function shape(i: number) {
    const reach = radius(scene.nodes[i]!) * Math.max(0.5, Math.min(1.4, view.scale));
    if (scene.nodes[i]!.kind === 'device') canvas.rect(x(i) - reach, y(i) - reach, 2 * reach, 2 * reach);
    else canvas.moveTo(x(i) + reach, y(i)), canvas.arc(x(i), y(i), reach, 0, 2 * Math.PI);
  }

  function markChosen() {
    canvas.strokeStyle = palette.chosen;
    canvas.lineWidth = 3;
    canvas.beginPath();
    for (const i of seen) {
      if (i !== scene.chosen && !scene.found.has(i)) continue;
      const reach = radius(scene.nodes[i]!) + 5;
      canvas.moveTo(x(i) + reach, y(i));
      canvas.arc(x(i), y(i), reach, 0, 2 * Math.PI);
    }
    canvas.stroke();
  }

  function writeLabels(named: number[]) {
    canvas.fillStyle = palette.text;
    canvas.font = '12px system-ui, sans-serif';
    canvas.textAlign = 'center';
    canvas.strokeStyle = palette.page; // a rim that keeps links out of the letters
    canvas.lineWidth = 3;
    const places = new FreePlaces();
    const isAsked = (i: number) => i === scene.chosen || scene.found.has(i);
    for (const i of [...named.filter(isAsked), ...named.filter((i) => !isAsked(i))]) {
      const node = scene.nodes[i]!;
      const more = node.kind === 'group' ? ` (${node.size})` : node.note && ` (${node.note})`;
      const [text, left] = [plain(node.label, 28) + more, x(i)];
      // Nobody reads two names on each other: scaled up, both are there.
      const top = [y(i) + radius(node) + 14, y(i) - radius(node) - 6].find((line) => places.take(text, left, line));
      if (top === undefined) continue;
      if (named.length < FEW) canvas.strokeText(text, left, top);
      canvas.fillText(text, left, top);
    }
  }
}

const isOnPath = (scene: Scene, link: MapLink) => scene.onPath.size > 0 && scene.onPath.has(pairKey(link.a, link.b));

const radius = (node: MapNode) => (node.kind === 'group' ? 10 + 2 * Math.log2(node.size) : node.kind === 'device' ? 7 : 4);

function colorOf(node: MapNode, overlay: Overlay | null, palette: Palette): string {
  if (node.isStale) return palette.bad;
  if (overlay) return overlay.members.has(node.id) ? palette.back : palette.border;
  if (node.kind === 'cloud') return palette.doubt;
  return node.kind === 'host' ? palette.border : palette.way;
}
