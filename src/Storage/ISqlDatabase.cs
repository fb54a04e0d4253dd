using System.Collections.Immutable;

namespace Towpath.Storage;

/// <summary>
/// The reads of a database. Everything that was committed is visible; see <see cref="Sql"/> for what a statement may say. SQLite answers
/// from memory or the page cache in microseconds and on the calling thread; PostgreSQL is waited for without a thread.
/// </summary>
internal interface ISqlDatabase
{
    /// <summary>Reads all rows.</summary>
    /// <exception cref="Tasks.StorageUnavailableException">The database does not answer, or what is stored is damaged.</exception>
    ValueTask<ImmutableArray<T>> ListAsync<T>(
        string sql, Func<Row, T> read, (string Name, object? Value)[] parameters, CancellationToken cancellationToken);

    /// <summary>Reads all rows, one after the other.</summary>
    /// <param name="show">
    /// Is given the same object each time, which stands on the next row then. Must hand its processor on now and then. What it throws may
    /// be taken for damage of a row, which it reads.
    /// </param>
    /// <exception cref="Tasks.StorageUnavailableException">
    /// The database does not answer, perhaps after some rows have been shown, or what is stored is damaged.
    /// </exception>
    ValueTask EachAsync(string sql, Action<Row> show, (string Name, object? Value)[] parameters, CancellationToken cancellationToken);

    /// <summary>Reads the first row.</summary>
    /// <returns>The default when there is none.</returns>
    /// <exception cref="Tasks.StorageUnavailableException">The database does not answer, or what is stored is damaged.</exception>
    ValueTask<T?> FirstAsync<T>(
        string sql, Func<Row, T> read, (string Name, object? Value)[] parameters, CancellationToken cancellationToken);
}
