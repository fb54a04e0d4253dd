using System.Globalization;
using Towpath.Contracts;
using Towpath.Inventory;
using Towpath.Network;

namespace Towpath.Server;

/// <summary>
/// <c>/table</c>: every table over all devices, now and at an earlier time that is kept. Filtered by any column: values of one key are
/// alternatives, keys add up. Towpath's own.
/// </summary>
internal static class TablesEndpoints
{
    private static readonly string[] s_keys = ["at", "device", "longestMatch"];

    private static readonly string[] s_deviceColumns = ["device", "managementIpAddress", "collectedAt"];

    public static void MapTables(this IEndpointRouteBuilder api)
    {
        api.MapGet("/table", () => Answers.Ok<IReadOnlyList<TableItem>>([.. NetworkTable.All.Select(Item)]))
            .GivesList<TableItem>("The tables, and the columns of each.");
        api.MapGet("/table/{name}", RowsAsync)
            .GivesList<TableRowItem>(
                "Rows of a table over all devices. Every column of the table is a key of the query, too.",
                [.. s_keys, .. QueryKeys.Order, "format", .. QueryKeys.Page]).AlsoAsCsv();
        api.MapGet("/table/{name}/count", CountAsync)
            .Gives<int>("How many rows there are. Every column of the table is a key of the query, too.", s_keys);
    }

    private static async Task<IResult> RowsAsync(
        HttpContext context, string name, PastNetwork network, TableScans scans, CancellationToken cancellationToken)
    {
        NetworkTable table = Require(name);
        var query = new QueryReader(context.Request);
        bool isCsv = query.Word("format", "json", "csv") is "csv";
        TableQuestion question = TableQuestion.Read(context.Request, query, table);
        query.Validate();
        Paging page = Paging.FromQuery(context.Request);
        PastNetwork.Moment moment = network.At(question.At);
        // A file is whole unless a part is asked for.
        int? limit = isCsv && query.Text("limit") is null ? null : page.Limit;
        int? most = limit is { } some ? (int)Math.Min((long)page.Skip + some, int.MaxValue) : null;
        IAsyncEnumerable<DeviceRow> rows = question.AnswerAsync(moment, most, cancellationToken).Skip(page.Skip);
        if (isCsv)
        {
            if (limit is { } part) rows = rows.Take(part);
            return new CsvAnswer(table.Name, [.. s_deviceColumns, .. table.Columns], Cells(table, rows));
        }
        List<TableRowItem> items = await scans.RunAsync(
            async () => await rows.Take(page.Limit).Select(row => Item(table, row)).ToListAsync(cancellationToken), cancellationToken);
        Warn(context, moment);
        return Answers.Ok<IReadOnlyList<TableRowItem>>(items);
    }

    private static async Task<IResult> CountAsync(
        HttpContext context, string name, PastNetwork network, TableScans scans, CancellationToken cancellationToken)
    {
        NetworkTable table = Require(name);
        var query = new QueryReader(context.Request);
        TableQuestion question = TableQuestion.Read(context.Request, query, table) with { Order = null };
        query.Validate();
        PastNetwork.Moment moment = network.At(question.At);
        int count = await scans.RunAsync(
            async () => await question.AnswerAsync(moment, null, cancellationToken).CountAsync(cancellationToken), cancellationToken);
        Warn(context, moment);
        return Answers.Ok(count);
    }

    /// <summary>No rows of a device are no answer to whether it had any.</summary>
    private static void Warn(HttpContext context, PastNetwork.Moment moment)
    {
        if (moment.Unknown > 0)
        {
            Answers.Warn(context.Response, string.Create(CultureInfo.InvariantCulture,
                $"{moment.Unknown} devices are not in it: they were not known at that time, or what is kept of them begins later."));
        }
        if (moment.Unread > 0)
        {
            Answers.Warn(context.Response, string.Create(CultureInfo.InvariantCulture,
                $"The table of {moment.Unread} devices could not be read whole: rows may be missing. See their coverage."));
        }
    }

    private static NetworkTable Require(string name) =>
        NetworkTable.All.FirstOrDefault(table => table.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new ApiException(StatusCodes.Status404NotFound, "NOT_FOUND", $"There is no table '{Texts.Shorten(name)}'.",
            $"There are {string.Join(", ", NetworkTable.All.Select(table => table.Name))}.");

    private static TableItem Item(NetworkTable table) => new()
    {
        Name = table.Name,
        Columns = table.Columns,
        Key = table.Key.IsEmpty ? null : table.Key,
    };

    private static TableRowItem Item(NetworkTable table, DeviceRow row) => new()
    {
        DeviceId = row.Device?.Id.ToString(),
        DeviceName = row.Device?.Name,
        ManagementIpAddress = row.Device?.ManagementAddress.ToString(),
        CollectedAt = row.Device?.Snapshot.CollectedAt.ToUnixTimeMilliseconds(),
        Row = Enumerable.Range(0, table.Columns.Length)
            .Select(column => (Name: table.Columns[column], Text: row.Row.Text(column)))
            .Where(cell => !string.IsNullOrEmpty(cell.Text))
            .ToDictionary(cell => cell.Name, cell => cell.Text!),
    };

    /// <summary>The cells of one row after the other, in a list that is written over: keep none.</summary>
    private static async IAsyncEnumerable<IEnumerable<string?>> Cells(NetworkTable table, IAsyncEnumerable<DeviceRow> rows)
    {
        string?[] cells = new string?[s_deviceColumns.Length + table.Columns.Length];
        NetworkDevice? last = null;
        await foreach (DeviceRow row in rows)
        {
            if (!ReferenceEquals(row.Device, last))
            {
                last = row.Device;
                (cells[0], cells[1], cells[2]) =
                    (last?.Name, last?.ManagementAddress.ToString(), CsvText.Time(last?.Snapshot.CollectedAt));
            }
            for (int column = 0; column < table.Columns.Length; column++) cells[s_deviceColumns.Length + column] = row.Row.Text(column);
            yield return cells;
        }
    }
}
