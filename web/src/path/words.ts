import type { Line } from './geometry';

/**
 * Where the words of a step stand. A straight one has its ports at its ends and the rest in between. A bent one shares one of its ends
 * with other steps, so all of its words stand at the other; where it shares both, there is room for its ports alone, in its middle. One
 * that goes on in the next row has them along its run between the rows.
 */
export type WordsAt = 'along' | 'start' | 'end' | 'middle' | 'turn';

export interface Word {
  text: string;
  x: number;
  y: number;
  anchor: 'start' | 'middle' | 'end';
  isNote: boolean;
  room: number; // pixels
}

export interface StepWords {
  out: string; // the port
  into: string; // the port
  notes: string[];
}

const LINE = 13; // pixels from one line of words to the next
const MOST_BENT = 5; // lines that a lane has room for
const LETTER = 6.2; // pixels, in a wide font of 11
const ABOVE = 38;
const MOST_ALONG = 260; // of one word along a turn
const DOWN_ROOM = 112; // at each side of a step that goes down

export function placeWords(step: StepWords, line: Line, at: WordsAt, isVertical: boolean): Word[] {
  return wordsOf(step, line, at, isVertical).filter((word) => word.text !== '');
}

function wordsOf(step: StepWords, line: Line, at: WordsAt, isVertical: boolean): Word[] {
  if (at === 'turn') return turning(step, line);
  if (at === 'middle') {
    const y = isVertical ? line.middle.y : Math.max(line.start.y, line.end.y) - ABOVE; // between the words of two lanes
    return [{ text: portsOf(step), x: line.middle.x, y, anchor: 'middle', isNote: true, room: DOWN_ROOM }];
  }
  return isVertical ? downwards(step, line, at) : across(step, line, at);
}

/** How many steps a node sends out and takes in says at which end a bent step is alone. */
export function wordsAt(line: Line, isStraight: boolean, sentOut: number, takenIn: number): WordsAt {
  if (line.run > 0) return 'turn';
  if (isStraight) return 'along';
  if (sentOut > 1 && takenIn > 1) return 'middle';
  return takenIn > 1 ? 'start' : 'end';
}

const portsOf = ({ out, into }: StepWords) => [out, into].filter(Boolean).join(' → ');

/** Between two cards: the first note above the port, the others below the port. What lies lower than the cards may be wider. */
function across(step: StepWords, { start, middle, end }: Line, at: WordsAt): Word[] {
  const { out, into, notes: [first = '', ...others] } = step;
  const room = end.x - start.x - 6;
  if (at === 'along') {
    const below = middle.y + (into ? 29 : 16);
    return [
      { text: first, x: middle.x, y: middle.y - (out ? 22 : 8), anchor: 'middle', isNote: true, room },
      { text: out, x: start.x + 4, y: start.y - 8, anchor: 'start', isNote: false, room },
      { text: into, x: end.x - 8, y: end.y + 16, anchor: 'end', isNote: false, room },
      ...others.map((text, i): Word => {
        const y = below + LINE * i;
        return { text, x: middle.x, y, anchor: 'middle', isNote: true, room: y > middle.y + 50 ? room + 50 : room };
      }),
    ];
  }
  const { x, y } = at === 'start' ? { x: start.x + 4, y: start.y } : { x: end.x - 12, y: end.y };
  const isLong = portsOf(step).length * LETTER > room;
  const ports = (isLong ? [out && `${out} →`, into] : [portsOf(step)]).filter(Boolean);
  return [...ports, ...step.notes].slice(0, MOST_BENT).map((text, i): Word => (
    { text, x, y: y + 16 + LINE * i, anchor: at === 'start' ? 'start' : 'end', isNote: i >= ports.length, room }
  ));
}

/** On the run between two rows, one after the other: as many as there is room for. */
function turning(step: StepWords, { middle, run }: Line): Word[] {
  const [left, right, y] = [middle.x - run / 2 + 16, middle.x + run / 2 - 8, middle.y - 5];
  let x = left;
  return [portsOf(step), ...step.notes].flatMap((text, i): Word[] => {
    const word: Word = { text, x, y, anchor: 'start', isNote: i > 0, room: MOST_ALONG };
    const end = x + Math.min(MOST_ALONG, [...text].length * LETTER);
    if (text === '' || end > right) return [];
    x = end + 20;
    return [word];
  });
}

function downwards(step: StepWords, { start, end }: Line, at: WordsAt): Word[] {
  const { out, into, notes } = step;
  const x = at === 'start' ? start.x : end.x;
  const top = (start.y + end.y) / 2 + 4 - (LINE * (notes.length - 1)) / 2;
  const aside = notes.map((text, i): Word => ({ text, x: x - 8, y: top + LINE * i, anchor: 'end', isNote: true, room: DOWN_ROOM }));
  const port = (text: string, px: number, y: number): Word => ({ text, x: px + 8, y, anchor: 'start', isNote: false, room: DOWN_ROOM });
  if (at === 'along') return [port(out, start.x, start.y + 16), ...aside, port(into, end.x, end.y - 10)];
  const y = at === 'start' ? start.y + 16 : end.y - 24;
  return [port(out && `${out} →`, x, y), ...aside, port(into, x, y + 14)];
}
