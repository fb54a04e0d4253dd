using System.Globalization;
using Towpath.Contracts;

namespace Towpath.Client;

/// <summary>
/// Tables over all devices, now and at an earlier time, and what has a name or an address. Towpath's own; Cisco's products answer 404.
/// </summary>
public sealed class TableClient
{
    private readonly Connection _connection;

    internal TableClient(Connection connection) => _connection = connection;

    /// <summary>The tables that there are, by name, with their columns.</summary>
    public Task<IReadOnlyList<TableItem>> GetTablesAsync(CancellationToken cancellationToken = default) =>
        _connection.GetAsync<IReadOnlyList<TableItem>>("table", cancellationToken);

    /// <summary>All rows that match.</summary>
    /// <param name="table">
    /// For instance routes, arp, fdb, links; interfaces, whose rows also tell rates, utilization, errors and when each was last in use.
    /// </param>
    /// <param name="filter">Null: all rows.</param>
    /// <param name="cancellationToken">Stops asking.</param>
    /// <exception cref="ApiException">404: there is no such table; 400: it has no such column to sort by.</exception>
    public IAsyncEnumerable<TableRowItem> GetRowsAsync(
        string table, TableFilter? filter = null, CancellationToken cancellationToken = default) => Pages.ReadAsync<TableRowItem>(
        _connection,
        (start, count) => (filter ?? new TableFilter()).AddTo(new Query(PathOf(table))).Add("offset", start).Add("limit", count).ToString(),
        cancellationToken);

    /// <summary>How many rows match.</summary>
    /// <inheritdoc cref="GetRowsAsync"/>
    public Task<int> GetRowCountAsync(string table, TableFilter? filter = null, CancellationToken cancellationToken = default) =>
        _connection.GetAsync<int>((filter ?? new TableFilter()).AddTo(new Query($"{PathOf(table)}/count")).ToString(), cancellationToken);

    /// <summary>What has this name, address, MAC address, serial number or description, the best hit first.</summary>
    /// <param name="text">2 to 200 characters of it, an address, or a prefix for all addresses in it.</param>
    /// <param name="cancellationToken">Stops asking.</param>
    public IAsyncEnumerable<SearchHit> SearchAsync(string text, CancellationToken cancellationToken = default) =>
        Pages.ReadAsync<SearchHit>(
            _connection, (start, count) => new Query("search").Add("q", text).Add("offset", start).Add("limit", count).ToString(),
            cancellationToken);

    private static string PathOf(string table) => $"table/{Uri.EscapeDataString(table)}";
}

/// <summary>
/// Narrows a table. Values of one column are alternatives, columns add up. <c>.*</c> in a value stands for any text; addresses may be
/// prefixes, numbers ranges such as <c>10-19</c>, MAC addresses in any writing.
/// </summary>
public sealed record TableFilter
{
    /// <summary>Names, management addresses or ids of devices.</summary>
    public IReadOnlyList<string>? Devices { get; init; }

    /// <summary>As it was then; null: as it is now.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Of routes: the rows by which each device forwards packets to this address.</summary>
    public string? LongestMatch { get; init; }

    /// <summary>Values by the names of their columns.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Columns { get; init; }

    /// <summary>A column, or device; null: device by device, of each as its table has them.</summary>
    public string? SortBy { get; init; }

    /// <summary>From the last to the first.</summary>
    public bool IsDescending { get; init; }

    internal Query AddTo(Query query)
    {
        query.Add("device", Devices)
            .Add("at", At?.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture))
            .Add("longestMatch", LongestMatch)
            .Add("sortBy", SortBy)
            .Add("order", IsDescending ? "desc" : null);
        foreach ((string column, IReadOnlyList<string> values) in Columns ?? new Dictionary<string, IReadOnlyList<string>>())
            query.Add(Uri.EscapeDataString(column), values);
        return query;
    }
}
