import { expect, test } from 'vitest';
import { LIGHT } from './palette';
import { svgText } from './svgText';

test('a copied drawing stands alone', () => {
  const node = '<g class="path-node" tabindex="0" aria-label="a"><text>a</text></g>';
  const markup = `<svg xmlns="http://www.w3.org/2000/svg" role="group" width="9">${node}</svg>`;
  expect(svgText(markup, LIGHT)).toBe(
    '<svg xmlns="http://www.w3.org/2000/svg" width="9"><rect width="100%" height="100%" fill="#ffffff"/><g><text>a</text></g></svg>',
  );
});
