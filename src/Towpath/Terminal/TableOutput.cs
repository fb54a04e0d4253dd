using System.Globalization;
using Towpath.Client;
using Towpath.Contracts;

namespace Towpath.Commands;

/// <summary>A table of the controller on the screen, as JSON or as comma-separated values.</summary>
internal static class TableOutput
{
    private const string Device = "device", Address = "managementIpAddress", Collected = "collectedAt", Source = "source";

    /// <summary>The tables that there are.</summary>
    public static async Task<int> ListAsync(Screen screen, CancellationToken cancellationToken)
    {
        using TowpathClient client = await TowpathClient.LoginAsync(cancellationToken);
        IReadOnlyList<TableItem> tables = await client.Tables.GetTablesAsync(cancellationToken);
        if (screen.Json) Screen.WriteJson(tables);
        else
        {
            screen.Table(["NAME", "COLUMNS"],
                tables.Select(IReadOnlyList<string?> (table) => [table.Name, string.Join(", ", table.Columns)]));
        }
        return ExitCode.Done;
    }

    public static async Task<int> ShowAsync(string table, TableFilter filter, TableForm form, CancellationToken cancellationToken)
    {
        using TowpathClient client = await TowpathClient.LoginAsync(cancellationToken);
        TableItem known = (await client.Tables.GetTablesAsync(cancellationToken))
            .FirstOrDefault(one => one.Name.Equals(table, StringComparison.OrdinalIgnoreCase))
            ?? throw new UsageException($"There is no table '{table}': 'towpath table' lists them.");
        Expect(known, [.. filter.Columns?.Keys ?? [], .. filter.SortBy is { } sort ? [sort] : Array.Empty<string>()], [Device]);
        string[] columns = Columns(known, form);
        IAsyncEnumerable<TableRowItem> rows = client.Tables.GetRowsAsync(known.Name, filter, cancellationToken);
        if (form.IsJson) Screen.WriteJson<IReadOnlyList<TableRowItem>>(await rows.ToListAsync(cancellationToken));
        else if (form.IsCsv)
        {
            Console.Out.WriteLine(CsvText.Line(columns));
            await foreach (TableRowItem row in rows)
                Console.Out.WriteLine(CsvText.Line(Cells(row, columns).Select(cell => cell is null ? null : Screen.Plain(cell))));
        }
        else
        {
            form.Screen.Table([.. columns.Select(Heading)],
                (await rows.ToListAsync(cancellationToken)).Select(IReadOnlyList<string?> (row) => [.. Cells(row, columns)]));
        }
        return ExitCode.Done;
    }

    private static string[] Columns(TableItem table, TableForm form)
    {
        string[] whole = [Device, Address, Collected, .. table.Columns];
        if (form.Columns is { } asked)
        {
            Expect(table, asked, [Device, Address, Collected]);
            return [.. asked.Select(name => whole.First(known => known.Equals(name, StringComparison.OrdinalIgnoreCase)))];
        }
        return form.IsWide || form.IsCsv ? whole : [Device, .. table.Columns.Where(column => column != Source)];
    }

    /// <summary>The controller passes over a column that it does not know, and a typing error would show all rows.</summary>
    private static void Expect(TableItem table, IEnumerable<string> named, string[] besides)
    {
        string[] known = [.. besides, .. table.Columns];
        if (named.FirstOrDefault(name => !known.Contains(name, StringComparer.OrdinalIgnoreCase)) is { } unknown)
            throw new UsageException($"The table {table.Name} has no column '{unknown}'. It has {string.Join(", ", known)}.");
    }

    private static IEnumerable<string?> Cells(TableRowItem row, string[] columns) => columns.Select(column => column switch
    {
        Device => row.DeviceName,
        Address => row.ManagementIpAddress,
        Collected => row.CollectedAt is { } at
            ? DateTimeOffset.FromUnixTimeMilliseconds(at).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)
            : null,
        _ => row.Row.GetValueOrDefault(column),
    });

    /// <summary><c>prefixLength</c> as other tables write it: <c>PREFIX LENGTH</c>.</summary>
    private static string Heading(string column) =>
        string.Concat(column.Select(letter => char.IsUpper(letter) ? $" {letter}" : $"{char.ToUpperInvariant(letter)}"));
}
