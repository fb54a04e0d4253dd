import type { Palette } from '../path/palette';
import { plain } from '../text/plain';
import type { MapGraph, MapNode } from './graph';
import { stateIn, type Overlay } from './overlay';

// The map for a document: DOT for Graphviz, SVG as it stands on the screen. Device text is a quoted string there, and nothing else.

/** An undirected graph; nodes are named by their ids, since two devices may have one name. */
export function dotOf(graph: MapGraph, overlay: Overlay | null): string {
  const nodes = graph.nodes.map((node) => `  ${quoted(node.id)} [label=${quoted(labelOf(node))}, shape=${SHAPES[node.kind]}];`);
  const links = graph.links.map((link) => {
    const told = [link.count > 1 && `label="${link.count}×"`, overlay && DOT_STYLES[stateIn(overlay, link)]].filter(Boolean).join(', ');
    return `  ${quoted(link.a)} -- ${quoted(link.b)}${told && ` [${told}]`};`;
  });
  return ['graph network {', ...nodes, ...links, '}', ''].join('\n');
}

/** Where the map's nodes stand now; `places` has x and y of each. */
export function svgOf(graph: MapGraph, places: Float32Array, palette: Palette, overlay: Overlay | null): string {
  const at = new Map(graph.nodes.map((node, i) => [node.id, { x: Math.round(places[2 * i]!), y: Math.round(places[2 * i + 1]!) }]));
  const [xs, ys] = [[...at.values()].map((place) => place.x), [...at.values()].map((place) => place.y)];
  const [left, top] = [leastOf(xs) - MARGIN, leastOf(ys) - MARGIN];
  const [width, height] = [-leastOf(xs.map((x) => -x)) + MARGIN - left, -leastOf(ys.map((y) => -y)) + MARGIN - top];
  const links = graph.links.map((link) => {
    const [from, to] = [at.get(link.a)!, at.get(link.b)!];
    const state = overlay ? stateIn(overlay, link) : '';
    const plainly = link.down === link.count ? palette.bad : palette.border;
    const stroke = { blocked: palette.doubt, carried: palette.back, 'in part': palette.back, '': plainly }[state];
    const dashes = state === 'blocked' ? ' stroke-dasharray="8 6"' : '';
    const width = state ? 3 : Math.min(link.count, 2);
    return `<path d="M${from.x} ${from.y}L${to.x} ${to.y}" stroke="${stroke}" stroke-width="${width}"${dashes}/>`;
  });
  const nodes = graph.nodes.map((node) => {
    const { x, y } = at.get(node.id)!;
    const label = `<text x="${x}" y="${y + 18}" fill="${palette.text}">${escaped(labelOf(node))}</text>`;
    return `<circle cx="${x}" cy="${y}" r="6" fill="${node.isStale ? palette.bad : palette.way}"/>${label}`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${left} ${top} ${width} ${height}"`,
    ' font-family="system-ui, sans-serif" font-size="11" text-anchor="middle">',
    `<rect x="${left}" y="${top}" width="100%" height="100%" fill="${palette.page}"/>`, ...links, ...nodes, '</svg>', '',
  ].join('\n');
}

const MARGIN = 60;
const DOT_STYLES = { blocked: 'style=dashed', carried: 'penwidth=3', 'in part': 'penwidth=3', '': '' };
const SHAPES: Record<MapNode['kind'], string> = { device: 'box', host: 'plain', cloud: 'ellipse', group: 'box3d' };

const labelOf = (node: MapNode) => plain(node.label) + (node.kind === 'group' ? ` (${node.size})` : '');

/** In Graphviz a backslash begins a word of its own, such as \N; plain text has some where something invisible was. */
const quoted = (text: string) => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const leastOf = (values: number[]) => values.reduce((least, value) => Math.min(least, value), Infinity);
