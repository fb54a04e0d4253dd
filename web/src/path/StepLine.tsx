import type { Line } from './geometry';
import { fit, type Palette } from './palette';
import type { StepLook } from './stepLook';
import { placeWords, type WordsAt } from './words';

/** A step as it is drawn. */
export interface Step {
  look: StepLook;
  line: Line;
  at: WordsAt;
  isShown: boolean;
}

interface Props {
  step: Step;
  palette: Palette;
}

/** The arrow, and how sure it is. The way back has arrows of its own. */
export function StepLine({ step: { look, line, isShown }, palette }: Props) {
  return (
    <g aria-hidden="true" data-back={look.back}>
      <title>{look.title}</title>
      <path
        d={line.path}
        fill="none"
        stroke={colorOf(look, isShown, palette)}
        strokeWidth={isShown ? 2.5 : 1.5}
        strokeDasharray={look.isGuess ? '2 5' : look.isDoubted ? '8 4' : undefined}
        markerStart={look.back === 'none' ? undefined : 'url(#arrow-back)'}
        markerEnd={look.back === 'alone' ? undefined : `url(#arrow-${isShown ? 'shown' : 'branch'})`}
      />
    </g>
  );
}

/** The ports at both ends, share, next hop, and the link. */
export function StepText({ step: { look, line, at, isShown }, isVertical, palette }: Props & { isVertical: boolean }) {
  const wordColor = (text: string) => (look.bad.includes(text) ? palette.bad : colorOf(look, isShown, palette));
  return (
    <g aria-hidden="true" fontSize={11}>
      <title>{look.title}</title>
      {placeWords(look, line, at, isVertical).map((word, i) => (
        // The rim keeps lines out of the letters.
        <text key={i} x={word.x} y={word.y} textAnchor={word.anchor} fill={word.isNote ? wordColor(word.text) : palette.text}
          stroke={palette.page} strokeWidth={4} strokeLinejoin="round" paintOrder="stroke">
          {fit(word.text, word.room)}
        </text>
      ))}
    </g>
  );
}

function colorOf(look: StepLook, isShown: boolean, palette: Palette): string {
  if (look.back === 'alone') return palette.back;
  if (look.isDoubted) return palette.doubt;
  return isShown ? palette.way : palette.branch;
}
