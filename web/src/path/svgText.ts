import type { Palette } from './palette';

/** A drawing that stands alone: with its background, without what only the page knows (roles, places in the order of Tab). */
export function svgText(markup: string, palette: Palette): string {
  const bare = markup.replace(/ (?:role|tabindex|aria-[a-z]+|data-[a-z]+|class)="[^"]*"/g, '');
  return bare.replace(/^(<svg[^>]*>)/, `$1<rect width="100%" height="100%" fill="${palette.page}"/>`);
}
