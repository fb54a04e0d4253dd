/** Which part of the map the canvas shows: the map's point (x, y) stands in the middle. */
export interface View {
  x: number;
  y: number;
  scale: number; // pixels a unit
}

const SCALES = { least: 0.02, most: 6 };

export interface Size {
  width: number;
  height: number;
}

/** All of the map, with a margin. */
export function viewOfAll(places: Float32Array, size: Size): View {
  if (places.length === 0) return { x: 0, y: 0, scale: 1 };
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i < places.length; i += 2) {
    left = Math.min(left, places[i]!);
    right = Math.max(right, places[i]!);
    top = Math.min(top, places[i + 1]!);
    bottom = Math.max(bottom, places[i + 1]!);
  }
  const scale = Math.min(size.width / (right - left + 160), size.height / (bottom - top + 120), 1.6);
  return { x: (left + right) / 2, y: (top + bottom) / 2, scale: clamp(scale) };
}

export const pan = (view: View, dx: number, dy: number): View => ({ ...view, x: view.x - dx / view.scale, y: view.y - dy / view.scale });

/** The point of the map under the pointer stays there. */
export function zoom(view: View, factor: number, px: number, py: number, size: Size): View {
  const [x, y] = toMap(view, px, py, size);
  const scale = clamp(view.scale * factor);
  return { scale, x: x - (px - size.width / 2) / scale, y: y - (py - size.height / 2) / scale };
}

export const toMap = (view: View, px: number, py: number, size: Size): [number, number] => [
  view.x + (px - size.width / 2) / view.scale,
  view.y + (py - size.height / 2) / view.scale,
];

/** The node within reach of a point of the map that is nearest to it; -1 for none. */
export function nodeAt(places: Float32Array, x: number, y: number, reach: number): number {
  let [best, nearest] = [-1, reach * reach];
  for (let i = 0; i < places.length / 2; i++) {
    const distance = (places[2 * i]! - x) ** 2 + (places[2 * i + 1]! - y) ** 2;
    if (distance <= nearest) [best, nearest] = [i, distance];
  }
  return best;
}

const clamp = (scale: number) => Math.min(SCALES.most, Math.max(SCALES.least, scale));
