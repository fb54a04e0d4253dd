import type { KeyboardEvent } from 'react';
import type { PathEnding, PathGraph } from '../api/flow';
import type { Device } from '../api/inventory';
import { plain } from '../text/plain';
import { cardLines, INNER } from './cardLines';
import { endingWords, nodeDetail, nodeName, nodeSentence } from './describe';
import { CARD, type Point } from './geometry';
import { gapHint } from './gapText';
import { fit, type Palette } from './palette';
import type { Layers } from './stepLook';

interface Props {
  graph: PathGraph;
  index: number;
  at: Point;
  device: Device | undefined;
  ending: PathEnding | undefined;
  mark: NodeMark;
  layers: Layers;
  isChosen: boolean;
  palette: Palette;
  onChoose: () => void;
}

/** What is told of an element beside the graph. */
export interface NodeMark {
  rim: 'shown' | 'branch' | 'back' | 'other'; // other: the path that this one is compared with has it not
  gateway: string;
  route: string;
  badges: string[];
}

/** An element of the path. It is a button: by mouse, by Enter or the space bar. */
export function NodeCard({ graph, index, at, device, ending, mark, layers, isChosen, palette, onChoose }: Props) {
  const node = graph.nodes[index]!;
  const isGap = node.kind === 'Unknown';
  const above = layers === 'physical' ? plain(device?.platformId ?? device?.type) : mark.route;
  const facts = [nodeDetail(node, device), above, mark.gateway, isGap ? gapHint(graph, index) : ''];
  const lines = cardLines(facts, endText(ending));
  const rims = { shown: palette.way, branch: palette.border, back: palette.back, other: palette.doubt };
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    onChoose();
  };
  const pitch = lines.length > 4 ? 13 : 14.5;
  const top = (CARD.height - pitch * lines.length) / 2 + 4;
  return (
    <g
      className="path-node"
      role="button"
      tabIndex={0}
      aria-pressed={isChosen}
      data-node={index}
      data-rim={mark.rim}
      transform={`translate(${at.x} ${at.y})`}
      onClick={onChoose}
      onKeyDown={press}
    >
      <title>{[nodeSentence(graph, index, device), mark.gateway, endText(ending), ...mark.badges].filter(Boolean).join('; ')}</title>
      <rect
        width={CARD.width}
        height={CARD.height}
        rx={node.kind === 'Host' ? CARD.height / 2 : 8}
        fill={palette.card}
        stroke={isChosen ? palette.chosen : rims[mark.rim]}
        strokeWidth={isChosen ? 3 : mark.rim === 'branch' ? 1 : 1.5}
        strokeDasharray={isGap || mark.rim === 'other' ? '6 4' : undefined}
      />
      <text x={CARD.width / 2} y={top} textAnchor="middle" fontSize={13} fontWeight={600} fill={palette.text}>
        {fit(nodeName(node), INNER, 7.8)}
      </text>
      {lines.map((line, i) => (
        <text
          key={i}
          x={CARD.width / 2}
          y={top + 1 + pitch * (i + 1)}
          textAnchor="middle"
          fontSize={11}
          fill={ending && line.isEnding ? endColor(ending, palette) : palette.dim}
        >
          {line.text}
        </text>
      ))}
      <Badges texts={mark.badges} palette={palette} />
    </g>
  );
}

const BADGE = { height: 16, letter: 6.2 };

/** On the lower rim, from the left: to the right of a step that goes down is its port. */
function Badges({ texts, palette }: { texts: string[]; palette: Palette }) {
  let left = 8;
  return texts.map((text) => {
    const width = BADGE.letter * text.length + 12;
    left += width + 4;
    return (
      <g key={text} transform={`translate(${left - width - 4} ${CARD.height - BADGE.height / 2})`}>
        <rect width={width} height={BADGE.height} rx={BADGE.height / 2} fill={palette.page} stroke={palette.doubt} />
        <text x={width / 2} y={11.5} textAnchor="middle" fontSize={10} fill={palette.doubt}>{text}</text>
      </g>
    );
  });
}

const endText = (ending: PathEnding | undefined) => (ending ? endingWords(ending.kind).title : '');

function endColor(ending: PathEnding, palette: Palette): string {
  const { color } = endingWords(ending.kind);
  return color === 'teal' ? palette.good : color === 'red' ? palette.bad : palette.doubt;
}
