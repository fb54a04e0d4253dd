using System.Collections.Immutable;

namespace Towpath.Network;

/// <summary>
/// Compares what a device told of one kind of fact at two times. Facts are compared by what they say to people: one that several sources
/// tell is one fact, and an interface is the same one after a restart that numbers it anew (<see cref="PortNames"/>). So neither another
/// generation of a table nor other numbers are a change.
/// </summary>
internal sealed class TableComparison<T>(FactLayout<T> layout)
{
    // Cells are mixed by it; of the process alone, so that no device can make rows that look the same.
    private static readonly long s_seed = Random.Shared.NextInt64() | 1;

    private readonly Column<T>[] _key = [.. layout.Key.Select(name => layout.Columns.Single(column => column.Name == name))];

    private readonly Column<T>[] _others =
        [.. layout.Columns.Where(column => column is { IsLasting: true, Source: null } && !layout.Key.Contains(column.Name))];

    public TableDifference Differences(ImmutableArray<T> before, PortNames namesBefore, ImmutableArray<T> after, PortNames namesAfter,
        int most)
    {
        List<T> gone = Without(before, namesBefore, Marks(after, namesAfter));
        List<T> come = Without(after, namesAfter, Marks(before, namesBefore));
        if (Math.Max(gone.Count, come.Count) > most) return new TableDifference(null, gone.Count, come.Count);

        Row[] later = [.. come.Select(row => RowOf(row, namesAfter))];
        var laterByKey = later.GroupBy(row => row.KeyMark).ToDictionary(rows => rows.Key, rows => new Queue<Row>(rows));
        var found = new List<RowDifference>(gone.Count + come.Count);
        foreach (Row row in gone.Select(earlier => RowOf(earlier, namesBefore)))
        {
            Row? changed = laterByKey.TryGetValue(row.KeyMark, out Queue<Row>? same) && same.TryDequeue(out Row? next) ? next : null;
            found.Add(new RowDifference(changed?.Key ?? row.Key, row.Others, changed?.Others));
        }
        HashSet<Row> left = [.. laterByKey.Values.SelectMany(rows => rows)];
        found.AddRange(later.Where(left.Contains).Select(row => new RowDifference(row.Key, null, row.Others)));
        return new TableDifference(found.Count > most ? null : found, gone.Count, come.Count);
    }

    /// <summary>Each fact once that is none of the marked ones.</summary>
    private List<T> Without(ImmutableArray<T> rows, PortNames names, HashSet<long> marks)
    {
        var found = new List<T>();
        var seen = new HashSet<long>();
        foreach (T row in rows)
        {
            long mark = MarkOf(row, names);
            if (!marks.Contains(mark) && seen.Add(mark)) found.Add(row);
        }
        return found;
    }

    private HashSet<long> Marks(ImmutableArray<T> rows, PortNames names)
    {
        var marks = new HashSet<long>(rows.Length);
        foreach (T row in rows) marks.Add(MarkOf(row, names));
        return marks;
    }

    private long MarkOf(T row, PortNames names) => MarkOf(_others, row, names, MarkOf(_key, row, names, 0));

    private static long MarkOf(Column<T>[] columns, T row, PortNames names, long before)
    {
        ulong mark = (ulong)before;
        foreach (Column<T> column in columns) mark = Mixed(mark, column.Mark(row, names));
        return (long)mark;
    }

    private Row RowOf(T row, PortNames names) =>
        new(MarkOf(_key, row, names, 0), Cells(_key, row, names), Cells(_others, row, names));

    private static ulong Mixed(ulong mark, long cell) => ulong.RotateLeft((mark ^ (ulong)cell) * (ulong)s_seed, 29) + 1;

    private static RowCell[] Cells(Column<T>[] columns, T row, PortNames names) =>
    [
        .. columns.Select(column => (column.Name, Text: column.Text(row, names))).Where(cell => cell.Text is not null)
            .Select(cell => new RowCell(cell.Name, cell.Text!)),
    ];

    private sealed class Row(long keyMark, RowCell[] key, RowCell[] others)
    {
        public long KeyMark => keyMark;

        public RowCell[] Key => key;

        public RowCell[] Others => others;
    }
}
