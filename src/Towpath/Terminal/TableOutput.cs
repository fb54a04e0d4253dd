using Towpath.Client;
using Towpath.Contracts;

namespace Towpath.Commands;

/// <summary>A table of the controller.</summary>
internal static class TableOutput
{
    private const string Device = "device";

    /// <summary>Shown with <c>-o wide</c>, or where they are asked for: few need them every day.</summary>
    private static readonly string[] s_wide =
    [
        "source", "rateIn", "rateOut", "utilizationIn", "utilizationOut", "errorsIn", "errorsOut", "discardsIn", "discardsOut", "lost",
        "countedFrom", "countedTo", "lastUsed", "unusedDays",
    ];

    /// <summary>What a narrow terminal has no place for, the last first; of other columns the last ones.</summary>
    private static readonly string[] s_behind = ["mac", "mtu", "shortName", "index", "type"];

    private static readonly Listing<TableItem> s_tables = new(
        new("name", table => table.Name), new("columns", table => string.Join(", ", table.Columns)));

    /// <summary>The tables that there are.</summary>
    public static async Task<int> ListAsync(Screen screen, CancellationToken cancellationToken)
    {
        using TowpathClient client = await TowpathClient.LoginAsync(cancellationToken);
        s_tables.Show(screen, await client.Tables.GetTablesAsync(cancellationToken));
        return ExitCode.Done;
    }

    /// <param name="shown">Columns that are asked for with the rows.</param>
    public static async Task<int> ShowAsync(
        string table, TableFilter filter, Screen screen, CancellationToken cancellationToken, params string[] shown)
    {
        using TowpathClient client = await TowpathClient.LoginAsync(cancellationToken);
        IReadOnlyList<TableItem> tables = await client.Tables.GetTablesAsync(cancellationToken);
        TableItem known = tables.FirstOrDefault(one => one.Name.Equals(table, StringComparison.OrdinalIgnoreCase))
            ?? throw new UsageException(
                $"There is no table '{table}'.{Suggestion.Of(table, tables.Select(one => one.Name))} 'towpath table' lists them.");
        Expect(known, [.. filter.Columns?.Keys ?? [], .. filter.SortBy is { } sort ? [sort] : Array.Empty<string>()]);
        // Two generations of a MIB table often tell the same; which one it was is shown by no column.
        var listing = new Listing<TableRowItem>(Columns(known, shown)) { EachLineOnce = true };
        listing.Check(screen);
        if (filter.Devices is { } devices)
            filter = filter with { Devices = await NamedDevices.PatternsAsync(client, devices, cancellationToken) };
        await listing.ShowAsync(screen, client.Tables.GetRowsAsync(known.Name, filter, cancellationToken), cancellationToken);
        return ExitCode.Done;
    }

    private static Column<TableRowItem>[] Columns(TableItem table, string[] shown) =>
    [
        new(Device, row => row.DeviceName),
        new("managementIpAddress", row => row.ManagementIpAddress, Column<TableRowItem>.Wide),
        new("collectedAt", row => Time(row.CollectedAt), Column<TableRowItem>.Wide),
        .. table.Columns.Select(name => new Column<TableRowItem>(
            name, row => row.Row.GetValueOrDefault(name), RankOf(table, name, shown))),
    ];

    private static int RankOf(TableItem table, string column, string[] shown)
    {
        if (shown.Contains(column)) return 0;
        if (s_wide.Contains(column)) return Column<TableRowItem>.Wide;
        int behind = table.Name == "interfaces" ? Array.IndexOf(s_behind, column) : -1;
        return behind < 0 ? shown.Length > 0 ? 1 : 0 : behind + 2;
    }

    /// <summary>The controller passes over a column that it does not know, and a typing error would show all rows.</summary>
    private static void Expect(TableItem table, IEnumerable<string> named)
    {
        string[] known = [Device, .. table.Columns];
        if (named.FirstOrDefault(name => !known.Contains(name, StringComparer.OrdinalIgnoreCase)) is { } unknown)
        {
            throw new UsageException($"The table {table.Name} has no column '{unknown}'.{Suggestion.Of(unknown, known)} "
                + $"It has {string.Join(", ", known)}.");
        }
    }

    private static string? Time(long? epochMilliseconds) => epochMilliseconds is { } at
        ? CsvText.Time(DateTimeOffset.FromUnixTimeMilliseconds(at)) : null;
}
