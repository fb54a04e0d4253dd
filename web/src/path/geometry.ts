import type { PathLayout, Spot, Way } from './layout';

/** Pixels of the drawing. On a narrow screen the packet goes down instead of to the right. */
export interface Geometry {
  isVertical: boolean;
  width: number;
  height: number;
}

export interface Point {
  x: number;
  y: number;
}

export const CARD = { width: 200, height: 94 };
const MARGIN = 28;
const WORDS = 36; // for the words beside the last lane of a drawing that goes down
const ACROSS = { column: 360, lane: 156 }; // between the cards of two columns is room for ports and notes
const DOWN = { column: 228, lane: 240 };

export function geometryOf(layout: PathLayout, isVertical: boolean): Geometry {
  const pitch = isVertical ? DOWN : ACROSS;
  const along = Math.max(0, layout.columns - 1) * pitch.column;
  const aside = Math.max(0, layout.lanes - 1) * pitch.lane;
  return {
    isVertical,
    width: 2 * MARGIN + CARD.width + (isVertical ? aside + WORDS : along),
    height: 2 * MARGIN + CARD.height + (isVertical ? along : aside),
  };
}

/** The upper left corner of the card at a place. */
export function corner(spot: Pick<Spot, 'column' | 'lane'>, isVertical: boolean): Point {
  const pitch = isVertical ? DOWN : ACROSS;
  const [along, aside] = [spot.column * pitch.column, spot.lane * pitch.lane];
  return isVertical ? { x: MARGIN + aside, y: MARGIN + along } : { x: MARGIN + along, y: MARGIN + aside };
}

export interface Line {
  path: string; // of an SVG
  start: Point;
  end: Point;
  middle: Point;
}

/** From the side of one card to the facing side of another; where it skips columns, through the lane that is free there. */
export function lineOf(way: Way, from: Spot, to: Spot, isVertical: boolean): Line {
  const start = side(corner(from, isVertical), isVertical, true);
  const end = side(corner(to, isVertical), isVertical, false);
  if (way.lane === null) return { path: `M${at(start)} ${curve(start, end, isVertical)}`, start, end, middle: between(start, end) };
  const first = centre(corner({ column: from.column + 1, lane: way.lane }, isVertical));
  const last = centre(corner({ column: to.column - 1, lane: way.lane }, isVertical));
  const path = `M${at(start)} ${curve(start, first, isVertical)} L${at(last)} ${curve(last, end, isVertical)}`;
  return { path, start, end, middle: between(first, last) };
}

function side(at: Point, isVertical: boolean, isOut: boolean): Point {
  return isVertical
    ? { x: at.x + CARD.width / 2, y: at.y + (isOut ? CARD.height : 0) }
    : { x: at.x + (isOut ? CARD.width : 0), y: at.y + CARD.height / 2 };
}

const centre = (at: Point): Point => ({ x: at.x + CARD.width / 2, y: at.y + CARD.height / 2 });
const between = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
const at = (point: Point) => `${point.x} ${point.y}`;

function curve(a: Point, b: Point, isVertical: boolean): string {
  const half = between(a, b);
  return isVertical ? `C${a.x} ${half.y} ${b.x} ${half.y} ${at(b)}` : `C${half.x} ${a.y} ${half.x} ${b.y} ${at(b)}`;
}
