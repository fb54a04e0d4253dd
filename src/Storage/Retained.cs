using System.Collections.Immutable;
using Towpath.Tasks;

namespace Towpath.Storage;

/// <summary>The reads of a table whose rows are kept for a while; its <c>rowid</c> grows with the rows.</summary>
internal static class Retained
{
    /// <summary>Places bound the rows and cost nothing to ask for. They are counted when that does not do: some are missing.</summary>
    public static async Task<long> CountAsync(ISqlDatabase database, string table, long most, CancellationToken cancellationToken)
    {
        long bound = await database.FirstAsync(
            $"SELECT COALESCE((SELECT MAX(rowid) FROM {table}) - (SELECT MIN(rowid) FROM {table}) + 1, 0)", row => row.Number(0), [],
            cancellationToken);
        return bound <= most
            ? bound
            : await database.FirstAsync($"SELECT COUNT(*) FROM {table}", row => row.Number(0), [], cancellationToken);
    }

    /// <param name="sql">Takes <c>$after</c> and <c>$most</c>, and gives the columns of <see cref="RetainedRow"/>.</param>
    public static Task<ImmutableArray<RetainedRow>> OldestAsync(
        ISqlDatabase database, string sql, long after, int most, CancellationToken cancellationToken) => database.ListAsync(
            sql, row => new RetainedRow(row.Number(0), row.Id(1), row.TimeOrNull(2), row.Int32(3)), [("after", after), ("most", most)],
            cancellationToken).AsTask();
}
