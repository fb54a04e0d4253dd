import type { PathGraph } from '../api/flow';
import type { BothWays } from './bothWays';
import { WORTH_A_NOTE } from './describe';

/** What the lines of a drawing mean, of the kinds that it has: a sentence for each. */
export function legendOf(graph: PathGraph, back: BothWays | undefined): string[] {
  const own = graph.edges.filter((_, i) => !back?.back.get(i)?.isAlone);
  const has = (isSo: (edge: PathGraph['edges'][number], index: number) => boolean) => own.some(isSo);
  return [
    has((_, i) => !graph.shown.includes(i)) ? 'Thin: another branch.' : '',
    has((edge) => !edge.candidate && (edge.confidence ?? 1) < WORTH_A_NOTE) ? `Dashed: less than ${WORTH_A_NOTE * 100} % sure.` : '',
    has((edge) => edge.candidate === true) ? 'Dotted: a guess.' : '',
    back ? 'Arrows towards the source: the way back.' : '',
  ].filter(Boolean);
}
