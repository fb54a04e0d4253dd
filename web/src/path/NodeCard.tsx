import type { KeyboardEvent } from 'react';
import type { PathEnding, PathGraph } from '../api/flow';
import type { Device } from '../api/inventory';
import { endingWords, nodeDetail, nodeName, nodeSentence, routeOf } from './describe';
import { CARD, type Point } from './geometry';
import { fit, type Palette } from './palette';

interface Props {
  graph: PathGraph;
  index: number;
  at: Point;
  device: Device | undefined;
  ending: PathEnding | undefined;
  isShown: boolean;
  isChosen: boolean;
  palette: Palette;
  onChoose: () => void;
}

const INNER = CARD.width - 20;

/** An element of the path. It is a button: by mouse, by Enter or the space bar. */
export function NodeCard({ graph, index, at, device, ending, isShown, isChosen, palette, onChoose }: Props) {
  const node = graph.nodes[index]!;
  const isGap = node.kind === 'Unknown';
  const policy = node.policyEvaluated === false ? 'policy not evaluated' : '';
  const lines = [nodeDetail(node, device), routeOf(graph, index), endText(ending), policy].filter(Boolean).slice(0, 3);
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    onChoose();
  };
  return (
    <g
      className="path-node"
      role="button"
      tabIndex={0}
      aria-pressed={isChosen}
      data-node={index}
      transform={`translate(${at.x} ${at.y})`}
      onClick={onChoose}
      onKeyDown={press}
    >
      <title>{nodeSentence(graph, index, device) + (ending ? `; ${endText(ending)}` : '')}</title>
      <rect
        width={CARD.width}
        height={CARD.height}
        rx={node.kind === 'Host' ? CARD.height / 2 : 8}
        fill={palette.card}
        stroke={isChosen ? palette.chosen : isShown ? palette.way : palette.border}
        strokeWidth={isChosen ? 3 : isShown ? 1.5 : 1}
        strokeDasharray={isGap ? '6 4' : undefined}
      />
      <text x={CARD.width / 2} y={lines.length > 2 ? 20 : 26} textAnchor="middle" fontSize={13} fontWeight={600} fill={palette.text}>
        {fit(nodeName(node), INNER)}
      </text>
      {lines.map((line, i) => (
        <text
          key={i}
          x={CARD.width / 2}
          y={(lines.length > 2 ? 37 : 44) + 16 * i}
          textAnchor="middle"
          fontSize={11}
          fill={ending && line === endText(ending) ? endColor(ending, palette) : palette.dim}
        >
          {fit(line, INNER)}
        </text>
      ))}
    </g>
  );
}

const endText = (ending: PathEnding | undefined) => (ending ? endingWords(ending.kind).title : '');

function endColor(ending: PathEnding, palette: Palette): string {
  const { color } = endingWords(ending.kind);
  return color === 'teal' ? palette.good : color === 'red' ? palette.bad : palette.doubt;
}
