using System.Collections;
using System.Collections.Immutable;
using System.Reflection;

namespace Towpath.Network;

/// <summary>
/// One kind of fact as everything else sees it: its name, its columns, and where its rows stand in a snapshot. The stored form, the
/// digest, the collector's draft and what a device's coverage says all go over <see cref="All"/>; each layout stands beside its fact.
/// </summary>
public abstract class FactLayout
{
    private static readonly Lazy<ImmutableArray<FactLayout>> s_all = new(Find);

    /// <summary>One for each list of <see cref="DeviceSnapshot"/>, and for its identity; by name.</summary>
    public static ImmutableArray<FactLayout> All => s_all.Value;

    /// <summary>The one of this name in the stored form; null where this program knows none.</summary>
    internal static FactLayout? Find(string name)
    {
        foreach (FactLayout layout in All)
            if (layout.Name == name) return layout;
        return null;
    }

    /// <summary>In the stored form; it lasts although the type may be renamed.</summary>
    public abstract string Name { get; }

    /// <summary>Their names in the stored form, in the order they are written.</summary>
    public abstract IEnumerable<string> ColumnNames { get; }

    /// <summary>
    /// The sources of this kind of fact, in their precedence: the earlier in this list is believed where two tell the same fact, and a
    /// source that is not in it comes last. A snapshot keeps what all of them said. Whoever looks up one fact of several goes by
    /// <see cref="Rank"/>, or takes the first row of <see cref="FactLayout{T}.ByPrecedence"/>.
    /// </summary>
    public ImmutableArray<FactSource> Sources { get; init; } = [];

    /// <summary>True where the sources are generations of one table, so that one of them is all of it; else each tells a part.</summary>
    public bool OneSourceIsEnough { get; init; }

    /// <summary>
    /// The loss of a trace at a device that does not tell this kind of fact; null where it loses nothing. Kinds with the same text stand in
    /// for each other.
    /// </summary>
    public string? Lost { get; init; }

    /// <summary>Only a device that does this work is less known without this kind of fact.</summary>
    public DeviceWork Work { get; init; }

    /// <summary>The meaning of a changed row to those who watch the device.</summary>
    public RowChange Change { get; init; }

    /// <summary>
    /// The names of the columns that tell a row from others, so that a row which differs elsewhere is the same one changed.
    /// </summary>
    public ImmutableArray<string> Key { get; init; } = [];

    /// <summary>How soon it is read again.</summary>
    public CollectionTier Tier { get; init; }

    /// <summary>The precedence of a source among those that tell this fact: the smaller of two is believed.</summary>
    public int Rank(FactSource source) => Sources.IndexOf(source) is >= 0 and var rank ? rank : Sources.Length;

    /// <summary>The rows of this kind in a snapshot.</summary>
    public abstract IEnumerable RowsIn(DeviceSnapshot snapshot);

    /// <summary>The rows of this kind as people read them, in the order of the table, as far as they are wanted.</summary>
    /// <param name="isWanted">Is asked with a row that stands for one after the other: keep none of them.</param>
    public abstract IEnumerable<TextRow> TextsIn(DeviceSnapshot snapshot, Predicate<TextRow> isWanted);

    /// <summary>The numbers that a text asks for in a column; null where its cells are compared by their text.</summary>
    /// <param name="column">Its place in <see cref="ColumnNames"/>, from 0.</param>
    public abstract CellRange? RangeOf(int column, string text);

    /// <summary>The snapshot with these rows, a list of the layout's type, in the layout's order.</summary>
    public abstract DeviceSnapshot Put(DeviceSnapshot snapshot, IList facts);

    /// <summary>
    /// The rows that differ between two times; quickly none where both have the same rows in memory, see
    /// <see cref="NetworkDevice.CollectedAgain"/>.
    /// </summary>
    /// <param name="most">More are only counted: a large table may have changed as a whole.</param>
    public abstract TableDifference Differences(DeviceSnapshot earlier, DeviceSnapshot later, int most = int.MaxValue);

    /// <summary>Its rows say who told them. Else they are those of its first source, and what the others tell stands in them.</summary>
    public abstract bool IsBySource { get; }

    /// <summary>The rows that these sources told, as they stand, in a new list.</summary>
    public abstract IList RowsOf(DeviceSnapshot snapshot, IReadOnlyCollection<FactSource> sources);

    /// <summary>Those of the rows, a list of the layout's type, of whose subject the others tell, too.</summary>
    public abstract IList AlsoToldBy(IList rows, IList others);

    /// <summary>
    /// All that the source told, another one that is believed before it told of, too. Never where the layout has no
    /// <see cref="FactLayout{T}.Subject"/>.
    /// </summary>
    public abstract bool AddsNothing(DeviceSnapshot snapshot, FactSource source);

    /// <summary>The snapshot with the rows of another one.</summary>
    public abstract DeviceSnapshot Keep(DeviceSnapshot snapshot, DeviceSnapshot rowsOf);

    internal abstract int Count(DeviceSnapshot snapshot);

    /// <summary>
    /// The number of rows, then the columns, each by name and with its length, so that a reader can pass over one that it does not know.
    /// </summary>
    /// <param name="lastingOnly">Without what moves while nothing changes.</param>
    internal abstract void Write(SnapshotWriter to, DeviceSnapshot snapshot, bool lastingOnly);

    /// <summary>The snapshot with these rows. A column that was not written gives each row its empty value.</summary>
    internal abstract DeviceSnapshot Read(DeviceSnapshot into, StoredTable rows);

    /// <summary>The later snapshot, with the earlier one's rows where both are the same: what is made of them serves on.</summary>
    internal abstract DeviceSnapshot Renew(DeviceSnapshot earlier, DeviceSnapshot later);

    /// <summary>Both snapshots have the same rows in memory, not only equal ones.</summary>
    internal abstract bool IsSame(DeviceSnapshot one, DeviceSnapshot other);

    private static ImmutableArray<FactLayout> Find() =>
    [
        .. typeof(DeviceSnapshot).GetProperties()
            .Select(list => list.PropertyType is { IsGenericType: true } many ? many.GenericTypeArguments[0] : list.PropertyType)
            .Select(fact => fact.GetProperty("Layout", BindingFlags.Public | BindingFlags.Static)?.GetValue(null))
            .OfType<FactLayout>()
            .OrderBy(layout => layout.Name, StringComparer.Ordinal),
    ];
}

/// <summary>What a device does with packets of others.</summary>
public enum DeviceWork : byte
{
    /// <summary>Every device has the facts, whatever it does.</summary>
    Any,

    Routing,
    Bridging,
}

/// <summary>The meaning of a changed row.</summary>
public enum RowChange : byte
{
    /// <summary>Something happened in the network: a link, a route, a VLAN.</summary>
    Event,

    /// <summary>It happens all the time as hosts come and go: the number of such changes says enough.</summary>
    Counted,
}

/// <summary>The layout of rows of one type.</summary>
/// <param name="name">In the stored form.</param>
/// <param name="rows">Where they stand in a snapshot.</param>
/// <param name="with">A snapshot with other rows.</param>
public sealed class FactLayout<T>(string name, Func<DeviceSnapshot, ImmutableArray<T>> rows,
    Func<DeviceSnapshot, ImmutableArray<T>, DeviceSnapshot> with)
    : FactLayout
{
    public override string Name => name;

    /// <summary>At least one; names are different.</summary>
    public required ImmutableArray<Column<T>> Columns { get; init; }

    /// <summary>Makes a row of its cells, by the number of their column in <see cref="Columns"/>.</summary>
    public required Func<StoredRow, T> Row { get; init; }

    /// <summary>The order of rows that devices tell in an order of no meaning; null where they stand as they were told.</summary>
    public Func<IEnumerable<T>, IEnumerable<T>>? Order { get; init; }

    /// <summary>
    /// What a row tells of, where generations of one table tell the same: of two rows of one subject the one that is believed more counts.
    /// Null where sources are not compared so.
    /// </summary>
    public Func<T, ulong>? Subject { get; init; }

    /// <summary>
    /// The rows of a snapshot, those of the source that is believed first before the others; of one source as they stand. Where several
    /// tell one fact, the first row is the one that counts.
    /// </summary>
    public ImmutableArray<T> ByPrecedence(DeviceSnapshot snapshot)
    {
        ImmutableArray<T> facts = rows(snapshot);
        return SourceOf is { } sourceOf && !IsByPrecedence(facts, sourceOf) ? [.. facts.OrderBy(row => Rank(sourceOf(row)))] : facts;
    }

    public override IEnumerable<string> ColumnNames => Columns.Select(column => column.Name);

    public override IEnumerable RowsIn(DeviceSnapshot snapshot) => rows(snapshot);

    public override IEnumerable<TextRow> TextsIn(DeviceSnapshot snapshot, Predicate<TextRow> isWanted) =>
        rows(snapshot) is { IsEmpty: false } told
        ? new TextColumns<T>(Columns).Texts(told, PortNames.Of(snapshot), isWanted) : [];

    public override CellRange? RangeOf(int column, string text) => Columns[column].RangeOf(text);

    public override DeviceSnapshot Put(DeviceSnapshot snapshot, IList facts) =>
        with(snapshot, [.. Order is null ? (List<T>)facts : Order((List<T>)facts)]);

    public override TableDifference Differences(DeviceSnapshot earlier, DeviceSnapshot later, int most = int.MaxValue)
    {
        (PortNames before, PortNames after) = PortNames.Of(earlier, later);
        return after.AreByNumber && IsSame(earlier, later)
            ? TableDifference.None
            : new TableComparison<T>(this).Differences(rows(earlier), before, rows(later), after, most);
    }

    public override bool IsBySource => SourceOf is not null;

    public override IList RowsOf(DeviceSnapshot snapshot, IReadOnlyCollection<FactSource> sources)
    {
        if (SourceOf is { } sourceOf) return rows(snapshot).Where(row => sources.Contains(sourceOf(row))).ToList();
        return Sources.IsEmpty || sources.Contains(Sources[0]) ? rows(snapshot).ToList() : [];
    }

    public override IList AlsoToldBy(IList rows, IList others)
    {
        if (Subject is not { } subject) return rows;
        HashSet<ulong> told = [.. ((List<T>)others).Select(subject)];
        return ((List<T>)rows).FindAll(row => told.Contains(subject(row)));
    }

    public override bool AddsNothing(DeviceSnapshot snapshot, FactSource source)
    {
        if (Subject is not { } subject || SourceOf is not { } sourceOf) return false;
        int rank = Rank(source);
        HashSet<ulong> told = [.. rows(snapshot).Where(row => Rank(sourceOf(row)) < rank).Select(subject)];
        return rows(snapshot).All(row => sourceOf(row) != source || told.Contains(subject(row)));
    }

    public override DeviceSnapshot Keep(DeviceSnapshot snapshot, DeviceSnapshot rowsOf) => with(snapshot, rows(rowsOf));

    internal override int Count(DeviceSnapshot snapshot) => rows(snapshot).Length;

    internal override void Write(SnapshotWriter to, DeviceSnapshot snapshot, bool lastingOnly)
    {
        ImmutableArray<T> facts = rows(snapshot);
        Column<T>[] written = [.. Columns.Where(column => column.IsLasting || !lastingOnly)];
        to.Unsigned((ulong)facts.Length);
        to.Unsigned((ulong)written.Length);
        foreach (Column<T> column in written)
        {
            to.Text(column.Name);
            to.Unsigned((ulong)column.Kind);
            to.Nested(inner => column.Write(inner, facts));
        }
    }

    internal override DeviceSnapshot Read(DeviceSnapshot into, StoredTable table)
    {
        StoredRow row = table.Rows(Columns);
        ImmutableArray<T>.Builder facts = ImmutableArray.CreateBuilder<T>(table.Count);
        while (row.MoveNext()) facts.Add(Row(row));
        return with(into, facts.MoveToImmutable());
    }

    internal override DeviceSnapshot Renew(DeviceSnapshot earlier, DeviceSnapshot later) =>
        AreEqual(earlier, later) ? with(later, rows(earlier)) : later;

    internal override bool IsSame(DeviceSnapshot one, DeviceSnapshot other) =>
        // the identity stands in no array
        rows(one) == rows(other) || rows(one) is [var only] && rows(other) is [var same] && ReferenceEquals(only, same);

    /// <summary>Rows that are classes may hold lists, which only their written form compares; there are few of them.</summary>
    private bool AreEqual(DeviceSnapshot one, DeviceSnapshot other) => typeof(T).IsValueType
        ? rows(one).AsSpan().SequenceEqual(rows(other).AsSpan())
        : rows(one).Length == rows(other).Length && Written(one).SequenceEqual(Written(other));

    /// <summary>Null where the rows do not say who told them: then one source does.</summary>
    private Func<T, FactSource>? SourceOf => Columns.FirstOrDefault(column => column.Source is not null)?.Source;

    /// <summary>Mostly they are: one source has told them, or those that are believed first were read first.</summary>
    private bool IsByPrecedence(ImmutableArray<T> facts, Func<T, FactSource> sourceOf)
    {
        (FactSource source, int rank) = (FactSource.None, -1); // neighboring rows have the same
        foreach (T row in facts)
        {
            FactSource next = sourceOf(row);
            if (next == source && rank >= 0) continue;
            int before = rank;
            (source, rank) = (next, Rank(next));
            if (rank < before) return false;
        }
        return true;
    }

    private ReadOnlySpan<byte> Written(DeviceSnapshot snapshot)
    {
        var writer = new SnapshotWriter();
        Write(writer, snapshot, lastingOnly: false);
        return writer.Written;
    }
}
