import { plain } from '../text/plain';

/** Answer of `/flow-analysis/{id}/comparison`. */
export interface PathComparison {
  isReverse: boolean;
  commonElements: number;
  firstDifference?: { what: 'element' | 'ingressInterface' | 'egressInterface'; after?: string; here?: string; there?: string };
}

/** What the other path is to this one, and where it is first another one. */
export function comparisonText({ isReverse, firstDifference }: PathComparison): string {
  const other = isReverse ? 'The way back' : 'The other path';
  const its = isReverse ? 'the way back' : 'the other';
  if (!firstDifference) return `${other} passes the same elements by the same ports.`;
  const { what, after, here, there } = firstDifference;
  const place = after === undefined ? 'At the source already' : `After ${plain(after)}`;
  if (what === 'element')
    return `${other} is another one. ${place} this one has ${plain(here ?? 'nothing more')}, ${its} ${plain(there ?? 'nothing more')}.`;
  return `${other} takes another port. ${place} this one has ${plain(here ?? 'none')}, ${its} ${plain(there ?? 'none')}.`;
}
