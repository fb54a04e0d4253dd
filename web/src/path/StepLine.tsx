import type { PathEdge, PathNode } from '../api/flow';
import { portText, stepNotes, WORTH_A_NOTE } from './describe';
import type { Line } from './geometry';
import { fit, type Palette } from './palette';
import { placeWords, type WordsAt } from './words';

interface Props {
  edge: PathEdge;
  to: PathNode;
  line: Line;
  at: WordsAt;
  isShown: boolean;
  isVertical: boolean;
  palette: Palette;
}

const ROOM = { across: 148, down: 118 };

/** A step: the ports at both ends, share, next hop, and how sure it is. */
export function StepLine({ edge, to, line, at, isShown, isVertical, palette }: Props) {
  const isDoubted = (edge.confidence ?? 1) < WORTH_A_NOTE;
  const color = isDoubted ? palette.doubt : isShown ? palette.way : palette.branch;
  const [out, into, notes] = [portText(edge.egress), portText(to.ingress), stepNotes(edge)];
  const words = placeWords({ out, into, notes: notes.slice(0, 3) }, line, at, isVertical);
  return (
    <g aria-hidden="true" fontSize={11}>
      <title>{[out && `out ${out}`, into && `in ${into}`, ...notes, edge.reason].filter(Boolean).join('\n')}</title>
      <path
        d={line.path}
        fill="none"
        stroke={color}
        strokeWidth={isShown ? 2.5 : 1.5}
        strokeDasharray={edge.candidate ? '2 5' : isDoubted ? '8 4' : undefined}
        markerEnd={`url(#arrow-${isShown ? 'shown' : 'branch'})`}
      />
      {words.map((word, i) => (
        // The rim keeps lines out of the letters.
        <text key={i} x={word.x} y={word.y} textAnchor={word.anchor} fill={word.isNote ? color : palette.text}
          stroke={palette.page} strokeWidth={3} strokeLinejoin="round" paintOrder="stroke">
          {fit(word.text, isVertical ? ROOM.down : ROOM.across)}
        </text>
      ))}
    </g>
  );
}
