import { Button, Group, useComputedColorScheme } from '@mantine/core';
import { DARK, LIGHT } from '../path/palette';
import { saveFile } from '../table/saveFile';
import type { Overlay } from './overlay';
import { dotOf, svgOf } from './saved';
import type { Placed } from './useLayout';

export function SaveMap({ placed: { graph, places }, overlay }: { placed: Placed; overlay: Overlay | null }) {
  const palette = useComputedColorScheme('light') === 'dark' ? DARK : LIGHT;
  return (
    <Group gap="xs" role="group" aria-label="Save the map">
      <Button variant="default" onClick={() => saveFile('map.svg', 'image/svg+xml', svgOf(graph, places, palette, overlay))}>
        Save as SVG
      </Button>
      <Button variant="default" onClick={() => saveFile('map.dot', 'text/vnd.graphviz', dotOf(graph, overlay))}>Save as DOT</Button>
    </Group>
  );
}
