import type { Line } from './geometry';
import { fit, type Palette } from './palette';
import type { StepLook } from './stepLook';
import { placeWords, type WordsAt } from './words';

interface Props {
  look: StepLook;
  line: Line;
  at: WordsAt;
  isShown: boolean;
  isVertical: boolean;
  palette: Palette;
}

const ROOM = { across: 148, down: 132 };

/** A step: the ports at both ends, share, next hop, the link, and how sure it is. The way back has arrows of its own. */
export function StepLine({ look, line, at, isShown, isVertical, palette }: Props) {
  const color = colorOf(look, isShown, palette);
  const words = placeWords(look, line, at, isVertical);
  return (
    <g aria-hidden="true" fontSize={11} data-back={look.back}>
      <title>{look.title}</title>
      <path
        d={line.path}
        fill="none"
        stroke={color}
        strokeWidth={isShown ? 2.5 : 1.5}
        strokeDasharray={look.isGuess ? '2 5' : look.isDoubted ? '8 4' : undefined}
        markerStart={look.back === 'none' ? undefined : 'url(#arrow-back)'}
        markerEnd={look.back === 'alone' ? undefined : `url(#arrow-${isShown ? 'shown' : 'branch'})`}
      />
      {words.map((word, i) => (
        // The rim keeps lines out of the letters.
        <text key={i} x={word.x} y={word.y} textAnchor={word.anchor} fill={wordColor(word.text, word.isNote)}
          stroke={palette.page} strokeWidth={3} strokeLinejoin="round" paintOrder="stroke">
          {fit(word.text, isVertical ? ROOM.down : ROOM.across)}
        </text>
      ))}
    </g>
  );

  function wordColor(text: string, isNote: boolean): string {
    if (!isNote) return palette.text;
    return look.bad.includes(text) ? palette.bad : color;
  }
}

function colorOf(look: StepLook, isShown: boolean, palette: Palette): string {
  if (look.back === 'alone') return palette.back;
  if (look.isDoubted) return palette.doubt;
  return isShown ? palette.way : palette.branch;
}
