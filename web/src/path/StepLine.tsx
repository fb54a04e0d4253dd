import type { PathEdge, PathNode } from '../api/flow';
import { portText, stepNotes, WORTH_A_NOTE } from './describe';
import type { Line } from './geometry';
import { fit, type Palette } from './palette';

interface Props {
  edge: PathEdge;
  to: PathNode;
  line: Line;
  isShown: boolean;
  isVertical: boolean;
  palette: Palette;
}

const ROOM = { across: 148, down: 118 };

/** A step: the port out and the port in at its ends, in between share, next hop, and how sure it is. */
export function StepLine({ edge, to, line, isShown, isVertical, palette }: Props) {
  const isDoubted = (edge.confidence ?? 1) < WORTH_A_NOTE;
  const color = isDoubted ? palette.doubt : isShown ? palette.way : palette.branch;
  const room = isVertical ? ROOM.down : ROOM.across;
  const [out, into] = [portText(edge.egress), portText(to.ingress)];
  const notes = stepNotes(edge);
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
      {isVertical ? (
        <>
          <text x={line.start.x + 8} y={line.start.y + 16} fill={palette.text}>{fit(out, room)}</text>
          <Notes notes={notes} x={line.middle.x + 8} y={line.middle.y} anchor="start" room={room} fill={color} />
          <text x={line.end.x + 8} y={line.end.y - 10} fill={palette.text}>{fit(into, room)}</text>
        </>
      ) : (
        <>
          <text x={line.start.x + 6} y={line.start.y - 8} fill={palette.text}>{fit(out, room)}</text>
          <text x={line.end.x - 10} y={line.end.y + 16} textAnchor="end" fill={palette.text}>{fit(into, room)}</text>
          <Notes notes={notes} x={line.middle.x} y={line.middle.y + 32} anchor="middle" room={room} fill={color} />
        </>
      )}
    </g>
  );
}

interface NotesProps {
  notes: string[];
  x: number;
  y: number;
  anchor: 'start' | 'middle';
  room: number;
  fill: string;
}

function Notes({ notes, x, y, anchor, room, fill }: NotesProps) {
  return notes.slice(0, 3).map((note, i) => (
    <text key={i} x={x} y={y + 14 * i} textAnchor={anchor} fill={fill}>
      {fit(note, room)}
    </text>
  ));
}
