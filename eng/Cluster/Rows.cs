using System.Collections.Immutable;
using System.Globalization;
using Npgsql;
using Towpath.Inventory;
using Towpath.Network;

namespace Towpath.Cluster;

/// <summary>What stands in the database, read beside the servers.</summary>
internal sealed class Rows(string connection)
{
    /// <summary>Those who check in, by their names (the owners of tasks).</summary>
    public Task<HashSet<string>> NodesAsync() => SetAsync("SELECT instance_name FROM qrtz_scheduler_state");

    /// <summary>The server that runs the task.</summary>
    /// <param name="task">As the API writes its id.</param>
    public async Task<string> OwnerAsync(string task) =>
        (await SetAsync($"SELECT owner FROM task WHERE id = '{Guid.Parse(task)}'")).Single();

    /// <summary>How many tasks of each owner have not ended.</summary>
    public async Task<Dictionary<string, long>> OpenByOwnerAsync()
    {
        const string Open = "SELECT owner, COUNT(*) FROM task WHERE end_time IS NULL GROUP BY owner";
        return (await ListAsync(Open, row => (row.GetString(0), row.GetInt64(1)))).ToDictionary();
    }

    /// <summary>The addresses of the campus are each one device's: two rows at one of them are one device with two ids.</summary>
    public Task<HashSet<string>> DevicesTwiceAsync() =>
        SetAsync("SELECT management_address::text FROM device GROUP BY management_address HAVING COUNT(*) > 1");

    /// <summary>Tasks that took longer than was allowed to them, and than it takes another server to find one that has run out.</summary>
    /// <param name="grace">In milliseconds.</param>
    public Task<HashSet<string>> LateTasksAsync(int grace) => SetAsync(string.Create(CultureInfo.InvariantCulture,
        $"SELECT id::text FROM task WHERE end_time - COALESCE(begun_at, start_time) > deadline - start_time + {grace}"));

    /// <summary>Of all devices everything is to be read again now.</summary>
    public Task MakeDueAsync()
    {
        var all = CollectionTiers.All.ToImmutableDictionary(tier => tier, _ => DateTimeOffset.UnixEpoch);
        string notes = ScheduleNotes.Write(new ReadingNotes { Waiting = all });
        return ListAsync($"UPDATE collection_schedule SET read_at = 1, reading_notes = '{notes}' RETURNING 1", row => row.GetInt32(0));
    }

    /// <summary>How many devices have been read since, in milliseconds since 1970.</summary>
    public async Task<long> ReadSinceAsync(long since) => (await ListAsync(
        $"SELECT COUNT(*) FROM device WHERE collected_at >= {since.ToString(CultureInfo.InvariantCulture)}", row => row.GetInt64(0)))[0];

    /// <summary>How many devices the discovery has found so far.</summary>
    public async Task<long> FoundAsync(int discovery) => (await ListAsync(
        $"SELECT COUNT(DISTINCT device) FROM discovery_job WHERE discovery_id = {discovery.ToString(CultureInfo.InvariantCulture)}",
        row => row.GetInt64(0)))[0];

    public async Task<bool> IsDiscoveryOverAsync(int discovery) => (await ListAsync(
        $"SELECT condition FROM discovery WHERE id = {discovery.ToString(CultureInfo.InvariantCulture)}", row => row.GetInt64(0)))[0] > 1;

    private async Task<HashSet<string>> SetAsync(string sql) => [.. await ListAsync(sql, row => row.GetString(0))];

    private async Task<List<T>> ListAsync<T>(string sql, Func<NpgsqlDataReader, T> read)
    {
        await using NpgsqlConnection database = new(connection);
        await database.OpenAsync();
#pragma warning disable CA2100 // our own constants and numbers
        await using NpgsqlCommand command = new(sql, database);
#pragma warning restore CA2100
        await using NpgsqlDataReader row = await command.ExecuteReaderAsync();
        List<T> found = [];
        while (await row.ReadAsync()) found.Add(read(row));
        return found;
    }
}
