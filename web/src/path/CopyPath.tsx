import { Group } from '@mantine/core';
import type { RefObject } from 'react';
import type { FlowResult } from '../api/flow';
import { CopyButton } from '../shell/CopyButton';
import { linkOf } from './flowText';
import type { Palette } from './palette';
import { pathText } from './pathText';
import { svgText } from './svgText';

interface Props {
  result: FlowResult;
  drawing: RefObject<SVGSVGElement | null>;
  palette: Palette;
}

export function CopyPath({ result, drawing, palette }: Props) {
  const link = window.location.href.split('#')[0] + linkOf(result.request, result.request.id);
  return (
    <Group gap="xs" role="group" aria-label="Copy the path">
      <CopyButton label="Copy text" value={() => pathText(result)} />
      <CopyButton label="Copy link" value={link} />
      <CopyButton label="Copy JSON" value={() => JSON.stringify(result, null, 2)} />
      <CopyButton label="Copy SVG" value={() => svgText(new XMLSerializer().serializeToString(drawing.current!), palette)} />
    </Group>
  );
}
