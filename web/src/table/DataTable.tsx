import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useDeferredValue, useMemo, useRef, useState, type ReactNode } from 'react';
import { csv } from '../text/csv';
import { plain } from '../text/plain';
import { countText, nextSorting, select, type Column, type Sorting } from './rows';
import { saveFile } from './saveFile';

interface Props<T> {
  name: string;
  rows: readonly T[];
  columns: readonly Column<T>[];
  rowKey: (row: T) => string;
  /** What a cell shows instead of its text, for instance a link. */
  cell?: (row: T, column: Column<T>) => ReactNode | undefined;
}

const ROW = 34; // pixels

/** A table of ten thousand rows: filtered, sorted, and only what is in sight is in the document. */
export function DataTable<T>({ name, rows, columns, rowKey, cell }: Props<T>) {
  const [filter, setFilter] = useState('');
  const [sorting, setSorting] = useState<Sorting | null>(null);
  const wanted = useDeferredValue(filter);
  const found = useMemo(() => select(rows, columns, wanted, sorting), [rows, columns, wanted, sorting]);
  const box = useRef<HTMLDivElement>(null);
  const seen = useVirtualizer({ count: found.length, getScrollElement: () => box.current, estimateSize: () => ROW, overscan: 12 });
  const wide = columns.find((column) => column.isWide) ?? columns.at(-1);
  const widths = columns.map((column) => (column === wide ? `minmax(${column.width}px, 1fr)` : `${column.width}px`));
  const grid = { gridTemplateColumns: widths.join(' ') };

  const save = () => {
    const head = columns.map((column) => column.head);
    saveFile(`${name}.csv`, 'text/csv', csv([head, ...found.map((row) => columns.map((column) => column.text(row)))]));
  };

  return (
    <Stack gap="xs">
      <Group align="end">
        <TextInput label={`Filter ${name}`} value={filter} onChange={(event) => setFilter(event.currentTarget.value)} maxLength={200} />
        <Group h={36 /* as high as the field */} gap="md">
          <Text size="sm" role="status">{found.length < rows.length && `${found.length} of `}{countText(rows.length, name)}</Text>
          <Button size="compact-sm" variant="default" onClick={save}>Save as CSV</Button>
        </Group>
      </Group>
      <div className="rows" ref={box} role="table" aria-label={name} aria-rowcount={found.length + 1} tabIndex={0}>
        <div role="rowgroup" className="head">
          <div role="row" aria-rowindex={1} style={grid}>
            {columns.map((column) => (
              <div role="columnheader" key={column.key} aria-sort={ariaSort(sorting, column.key)}>
                <button type="button" onClick={() => setSorting(nextSorting(sorting, column.key))}>
                  {column.head}{arrow(sorting, column.key)}
                </button>
              </div>
            ))}
          </div>
        </div>
        <div role="rowgroup" className="body" style={{ height: seen.getTotalSize() }}>
          {seen.getVirtualItems().map((item) => {
            const row = found[item.index]!;
            return (
              <div role="row" aria-rowindex={item.index + 2} key={rowKey(row)}
                style={{ ...grid, height: ROW, transform: `translateY(${item.start}px)` }}>
                {columns.map((column) => (
                  <div role="cell" key={column.key} title={plain(column.text(row), 1000)}>
                    {cell?.(row, column) ?? plain(column.text(row))}
                  </div>
                ))}
              </div>
            );
          })}
        </div>
      </div>
    </Stack>
  );
}

function ariaSort(sorting: Sorting | null, key: string) {
  if (sorting?.key !== key) return 'none';
  return sorting.isDescending ? 'descending' : 'ascending';
}

function arrow(sorting: Sorting | null, key: string): string {
  if (sorting?.key !== key) return '';
  return sorting.isDescending ? ' ↓' : ' ↑';
}
