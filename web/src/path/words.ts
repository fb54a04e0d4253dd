import type { Line } from './geometry';

/**
 * Where the words of a step stand. A straight one has its ports at its ends and the rest in between. A bent one shares one of its ends
 * with other steps, so all of its words stand at the other.
 */
export type WordsAt = 'along' | 'start' | 'end';

export interface Word {
  text: string;
  x: number;
  y: number;
  anchor: 'start' | 'middle' | 'end';
  isNote: boolean;
}

export interface StepWords {
  out: string; // the port
  into: string; // the port
  notes: string[];
}

const LINE = 14; // pixels from one line of words to the next

export function placeWords(step: StepWords, line: Line, at: WordsAt, isVertical: boolean): Word[] {
  return (isVertical ? downwards(step, line, at) : across(step, line, at)).filter((word) => word.text !== '');
}

/** How many steps a node sends out and takes in says at which end a bent step is alone. */
export function wordsAt(isStraight: boolean, sentOut: number, takenIn: number): WordsAt {
  if (isStraight || (sentOut > 1 && takenIn > 1)) return 'along';
  return takenIn > 1 ? 'start' : 'end';
}

const portsOf = ({ out, into }: StepWords) => [out, into].filter(Boolean).join(' → ');

function across(step: StepWords, { start, middle, end }: Line, at: WordsAt): Word[] {
  const { out, into, notes } = step;
  if (at === 'along') {
    return [
      { text: out, x: start.x + 6, y: start.y - 8, anchor: 'start', isNote: false },
      { text: into, x: end.x - 10, y: end.y + 16, anchor: 'end', isNote: false },
      ...notes.map((text, i): Word => ({ text, x: middle.x, y: middle.y + 32 + LINE * i, anchor: 'middle', isNote: true })),
    ];
  }
  const { x, y } = at === 'start' ? { x: start.x + 6, y: start.y } : { x: end.x - 12, y: end.y };
  return [
    { text: portsOf(step), x, y: y - 8, anchor: at, isNote: false },
    ...notes.map((text, i): Word => ({ text, x, y: y + 16 + LINE * i, anchor: at, isNote: true })),
  ];
}

function downwards(step: StepWords, { start, middle, end }: Line, at: WordsAt): Word[] {
  const { out, into, notes } = step;
  const note = (x: number, y: number) => (text: string, i: number): Word => ({ text, x, y: y + LINE * i, anchor: 'start', isNote: true });
  const port = (text: string, x: number, y: number): Word => ({ text, x, y, anchor: 'start', isNote: false });
  if (at === 'along')
    return [port(out, start.x + 8, start.y + 16), ...notes.map(note(middle.x + 8, middle.y)), port(into, end.x + 8, end.y - 10)];
  if (at === 'start') return [port(portsOf(step), start.x + 8, start.y + 16), ...notes.map(note(start.x + 8, start.y + 16 + LINE))];
  return [...notes.map(note(end.x + 8, end.y - 10 - LINE * notes.length)), port(portsOf(step), end.x + 8, end.y - 10)];
}
