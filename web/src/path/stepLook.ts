import type { PathEdge, PathGraph, PathPort } from '../api/flow';
import { shortPort } from '../text/format';
import { plain } from '../text/plain';
import type { BackStep } from './bothWays';
import { barePort, domainText, portText, stepNotes, WORTH_A_NOTE } from './describe';
import { linkOf, loadOfLink, treeState, type PathFacts } from './facts';

/** Which layers a drawing has: only what routes, all, or the cables without what runs over them. */
export type Layers = 'routed' | 'all' | 'physical';

/** How a step is drawn, and what is written beside it. */
export interface StepLook {
  out: string; // the port
  into: string; // the port
  notes: string[];
  bad: string[]; // those notes that somebody should look at
  isDoubted: boolean;
  isGuess: boolean;
  back: 'none' | 'also' | 'alone'; // what the way back does here
  title: string;
}

const MOST_NOTES = 5; // for which there is room

export function stepLook(graph: PathGraph, edge: PathEdge, facts: PathFacts, layers: Layers, back: BackStep | undefined): StepLook {
  const to = graph.nodes[edge.to]!;
  const isAlone = back?.isAlone === true;
  const isPhysical = layers === 'physical';
  const hasLink = !isAlone && layers !== 'routed';
  const link = hasLink ? linkOf(facts, graph, edge) : { text: '', mismatches: [] };
  const load = hasLink ? loadOfLink(facts, graph, edge) : { text: '', bad: [], when: '' };
  const trees = isAlone ? [] : blockedAt(graph, edge, facts);
  const bad = [...link.mismatches, ...load.bad, ...trees, ...portsOf(back)];
  const shared = sharedDomain(edge, to.ingress);
  const told = isAlone ? backNotes(edge) : isPhysical ? wireNotes(edge) : withDomain(stepNotes(edge), shared);
  const apart = [...bad, ...told, ...link.text.split(', '), load.text].filter(Boolean);
  const notes = apart.length <= MOST_NOTES ? apart : [...bad, ...told, link.text, load.text].filter(Boolean);
  const bare = (name: string | undefined) => shortPort(plain(name));
  const portOf = shared ? barePort : portText;
  const ofStep = isPhysical ? [bare(edge.egress?.name), bare(to.ingress?.name)] : [portOf(edge.egress), portOf(to.ingress)];
  const [out, into] = (isAlone ? [bare(back.ports?.near), bare(back.ports?.far)] : ofStep) as [string, string];
  return {
    out,
    into,
    notes: notes.slice(0, MOST_NOTES),
    bad,
    isDoubted: (edge.confidence ?? 1) < WORTH_A_NOTE,
    isGuess: edge.candidate === true,
    back: isAlone ? 'alone' : back ? 'also' : 'none',
    title: [out && `out ${out}`, into && `in ${into}`, ...notes, load.when, edge.reason && plain(edge.reason, 600)]
      .filter(Boolean).join('\n'),
  };
}

/** A port that spanning tree does not let forward is no part of a path; that of another tree may be. */
function blockedAt(graph: PathGraph, edge: PathEdge, facts: PathFacts): string[] {
  const [from, to] = [graph.nodes[edge.from]!, graph.nodes[edge.to]!];
  const states = [treeState(facts, from, edge.egress), treeState(facts, to, to.ingress)];
  return states.filter((state) => state && state !== 'Forwarding').map((state) => `spanning tree ${plain(state).toLowerCase()}`);
}

/** VLAN and VRF are told once, where both ends have the same, or only one end is known. */
function sharedDomain({ egress }: PathEdge, ingress: PathPort | undefined): string {
  const [near, far] = [domainText(egress), domainText(ingress)];
  if (near === far || !ingress) return near;
  return egress ? '' : far;
}

/** That it is switched goes without saying beside a VLAN. */
const withDomain = (notes: string[], domain: string) => (domain ? [domain, ...notes.filter((note) => note !== 'Switched')] : notes);

function portsOf(back: BackStep | undefined): string[] {
  if (!back?.ports || back.isAlone) return [];
  return [`back ${[back.ports.far, back.ports.near].map((port) => shortPort(plain(port)) || '?').join(' → ')}`];
}

const backNotes = (edge: PathEdge) => ['way back', edge.nextHop ? `via ${plain(edge.nextHop)}` : ''];

function wireNotes(edge: PathEdge): string[] {
  const wires = (edge.wires ?? []).map((wire) => `${shortPort(plain(wire.egress))} – ${shortPort(plain(wire.ingress))}`);
  return wires.length > 0 ? wires : (edge.egress?.members ?? []).map((name) => shortPort(plain(name)));
}
