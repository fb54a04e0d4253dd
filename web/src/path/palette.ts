/** Colours stand in the drawing itself, so that a copied SVG looks as it did. All have a contrast of 4.5 : 1 or more on the card. */
export interface Palette {
  page: string;
  card: string;
  border: string;
  text: string;
  dim: string;
  way: string;
  branch: string;
  doubt: string;
  pipe: string;
  back: string;
  chosen: string;
  bad: string;
  good: string;
}

export const LIGHT: Palette = {
  page: '#ffffff', card: '#f8f9fa', border: '#868e96', text: '#212529', dim: '#495057', way: '#0b7285', branch: '#5c677d',
  doubt: '#a34100', pipe: '#e7f5ff', back: '#7a3ab8', chosen: '#1864ab', bad: '#b32525', good: '#1c6e35',
};

export const DARK: Palette = {
  page: '#242424', card: '#2e2e2e', border: '#868e96', text: '#f1f3f5', dim: '#ced4da', way: '#3bc9db', branch: '#a5b1c2',
  doubt: '#ffa94d', pipe: '#1d3042', back: '#d0a5ff', chosen: '#74c0fc', bad: '#ff8787', good: '#69db7c',
};

/** Text that fits a width in a wide font of 11 pixels, or with letters of another width; the whole one stands in the title. */
export function fit(text: string, pixels: number, letter = 6.05): string {
  const most = Math.floor(pixels / letter);
  const characters = [...text];
  return characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : text;
}
