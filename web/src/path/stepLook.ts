import type { PathEdge, PathGraph } from '../api/flow';
import { shortPort } from '../text/format';
import { plain } from '../text/plain';
import type { BackStep } from './bothWays';
import { portText, stepNotes, WORTH_A_NOTE } from './describe';
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

const MOST_NOTES = 4; // for which there is room

export function stepLook(graph: PathGraph, edge: PathEdge, facts: PathFacts, layers: Layers, back: BackStep | undefined): StepLook {
  const to = graph.nodes[edge.to]!;
  const isAlone = back?.isAlone === true;
  const isPhysical = layers === 'physical';
  const hasLink = !isAlone && layers !== 'routed';
  const link = hasLink ? linkOf(facts, graph, edge) : { text: '', mismatches: [] };
  const load = hasLink ? loadOfLink(facts, graph, edge) : { text: '', bad: [], when: '' };
  const trees = isAlone ? [] : blockedAt(graph, edge, facts);
  const bad = [...link.mismatches, ...load.bad, ...trees, ...portsOf(back)];
  const told = isAlone ? backNotes(edge) : isPhysical ? wireNotes(edge) : stepNotes(edge);
  const notes = [...bad, ...told, link.text, load.text].filter(Boolean);
  const bare = (name: string | undefined) => shortPort(plain(name));
  const ofStep = isPhysical ? [bare(edge.egress?.name), bare(to.ingress?.name)] : [portText(edge.egress), portText(to.ingress)];
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

function portsOf(back: BackStep | undefined): string[] {
  if (!back?.ports || back.isAlone) return [];
  return [`back ${[back.ports.far, back.ports.near].map((port) => shortPort(plain(port)) || '?').join(' → ')}`];
}

const backNotes = (edge: PathEdge) => ['way back', edge.nextHop ? `via ${plain(edge.nextHop)}` : ''];

function wireNotes(edge: PathEdge): string[] {
  const wires = (edge.wires ?? []).map((wire) => `${shortPort(plain(wire.egress))} – ${shortPort(plain(wire.ingress))}`);
  return wires.length > 0 ? wires : (edge.egress?.members ?? []).map((name) => shortPort(plain(name)));
}
