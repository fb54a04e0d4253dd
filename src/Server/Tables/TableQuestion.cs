using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Towpath.Inventory;
using Towpath.Network;

namespace Towpath.Server;

/// <summary>The rows of a table that a request asks for, and their order.</summary>
/// <param name="At">Null: now.</param>
/// <param name="Devices">Names, management addresses or ids; a row's device is any of them. Empty: any device.</param>
/// <param name="Conditions">All must hold.</param>
/// <param name="Match">The rows by which each device forwards packets to this address; null: all rows.</param>
/// <param name="Order">Null: as the table has them.</param>
internal sealed record TableQuestion(
    NetworkTable Table, DateTimeOffset? At, ImmutableArray<TextPattern> Devices, ImmutableArray<CellCondition> Conditions,
    Ipv4Address? Match, RowOrder? Order)
{
    /// <summary>The keys of a query that are no columns.</summary>
    public static ImmutableArray<string> OwnKeys { get; } =
        ["at", "device", "longestMatch", "sortBy", "order", "offset", "limit", "format"];

    /// <summary>Only of some devices.</summary>
    public bool IsOfSome => !Devices.IsEmpty;

    /// <summary>Reads all keys but those of the page and the format. Problems go to the reader.</summary>
    public static TableQuestion Read(HttpRequest request, QueryReader query, NetworkTable table)
    {
        Ipv4Address? match = query.Address("longestMatch");
        if (match is not null && !LongestMatch.IsOf(table))
            query.Refuse($"longestMatch is asked of {string.Join(" and ", LongestMatch.Tables)}, not of {table.Name}.");
        string? sortBy = query.Word("sortBy", [RowOrder.Device, .. table.Columns]);
        bool descending = query.Descending();
        return new TableQuestion(
            table, query.Time("at"),
            [.. request.Query["device"].OfType<string>().Where(text => text.Length > 0).Select(text => new TextPattern(text))],
            [.. table.Columns.Select((name, column) => CellCondition.Read(request, table, name, column)).OfType<CellCondition>()],
            match,
            sortBy is null && !descending ? null : new RowOrder(table.Columns.IndexOf(sortBy ?? ""), descending));
    }

    /// <summary>The device's rows may be wanted.</summary>
    public bool IsOf(NetworkDevice device) => !IsOfSome || Devices.Any(pattern =>
        pattern.Matches(device.Name) || pattern.Matches(device.ManagementAddress.ToString()) || pattern.Matches(device.Id.ToString()));

    /// <summary>All conditions hold.</summary>
    public bool Matches(TextRow row)
    {
        foreach (CellCondition condition in Conditions)
            if (!condition.Holds(row)) return false;
        return true;
    }

    /// <summary>The device's rows that are wanted.</summary>
    public Predicate<TextRow> RowsOf(NetworkDevice device)
    {
        if (Match is not { } destination) return Matches;
        Predicate<TextRow> isMatch = LongestMatch.On(device, Table, destination);
        return row => isMatch(row) && Matches(row);
    }

    /// <summary>In the order that is asked for.</summary>
    /// <param name="most">So many are wanted; null: all.</param>
    /// <exception cref="ApiException">400: there are too many to be put in an order.</exception>
    public async IAsyncEnumerable<DeviceRow> AnswerAsync(
        PastNetwork.Moment network, int? most, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IAsyncEnumerable<DeviceRow> rows = Table.RowsAsync(network, this, cancellationToken);
        if (Order is not null) rows = (await Order.SortAsync(rows, most, cancellationToken)).ToAsyncEnumerable();
        await foreach (DeviceRow row in rows.WithCancellation(cancellationToken)) yield return row;
    }
}

/// <summary>What a cell must be: any of the alternatives.</summary>
/// <param name="Alternatives">A range where the column knows the text for numbers, else a pattern.</param>
internal sealed record CellCondition(int Column, ImmutableArray<(CellRange? Range, TextPattern Pattern)> Alternatives)
{
    /// <summary>Null: the request says nothing of the column.</summary>
    public static CellCondition? Read(HttpRequest request, NetworkTable table, string name, int column)
    {
        string[] texts = [.. request.Query[name].OfType<string>().Where(text => text.Length > 0)];
        return texts.Length == 0
            ? null : new CellCondition(column, [.. texts.Select(text => (table.RangeOf(column, text), new TextPattern(text)))]);
    }

    public bool Holds(TextRow row)
    {
        foreach ((CellRange? range, TextPattern pattern) in Alternatives)
        {
            if (range is { } numbers ? row.Number(Column) is { } number && numbers.Contains(number) : pattern.Matches(row.Text(Column)))
                return true;
        }
        return false;
    }
}

/// <summary>Numbers and addresses are in order by value, other cells by text, case-blind. Cells without a value come first.</summary>
/// <param name="Column">-1: by the device's name.</param>
internal sealed record RowOrder(int Column, bool IsDescending) : IComparer<DeviceRow>
{
    public const string Device = "device";

    /// <summary>More rows than these are not kept in memory to be put in an order.</summary>
    public const int Most = 100_000;

    /// <summary>The first ones are sorted each time that so many may be among them, or twice as many as are wanted.</summary>
    private const int LeastRoom = 2_000;

    /// <summary>The first ones in the order, or all of them. Of equal ones those are first that came first.</summary>
    public async Task<IEnumerable<DeviceRow>> SortAsync(
        IAsyncEnumerable<DeviceRow> rows, int? most, CancellationToken cancellationToken)
    {
        List<DeviceRow> kept = [];
        int room = most <= Most / 2 ? Math.Max(LeastRoom, 2 * most.Value) : Most;
        DeviceRow? last = null; // of the first ones so far
        await foreach (DeviceRow row in rows.WithCancellation(cancellationToken))
        {
            // Whatever is behind the first ones now is there for good.
            if (last is { } before && !IsBefore(row, before)) continue;
            kept.Add(row);
            if (kept.Count <= room) continue;
            if (most is null or > Most / 2) throw TooMany();
            kept = [.. InOrder(kept).Take(most.Value)];
            last = kept[^1];
        }
        return most is { } first ? InOrder(kept).Take(first) : InOrder(kept);
    }

    private bool IsBefore(DeviceRow row, DeviceRow other) => IsDescending ? Compare(row, other) > 0 : Compare(row, other) < 0;

    private IOrderedEnumerable<DeviceRow> InOrder(List<DeviceRow> rows) => IsDescending ? rows.OrderDescending(this) : rows.Order(this);

    private static ApiException TooMany() => ApiException.Malformed(
        $"More than {Most} rows match, too many to be sorted as a whole. Ask for some of them (limit) within the first {Most / 2}, "
            + "name a device or a column's value, or leave out sortBy and order.");

    public int Compare(DeviceRow one, DeviceRow other)
    {
        if (Column < 0) return StringComparer.OrdinalIgnoreCase.Compare(one.Device?.Name, other.Device?.Name);
        return (one.Row.Number(Column), other.Row.Number(Column)) is ({ } first, { } second)
            ? first.CompareTo(second) : StringComparer.OrdinalIgnoreCase.Compare(one.Row.Text(Column), other.Row.Text(Column));
    }
}
