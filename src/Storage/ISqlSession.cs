using System.Collections.Immutable;
using Towpath.Tasks;

namespace Towpath.Storage;

/// <summary>
/// One connection that writes, in statements that stay prepared for as long as it lives. Used by one thread at a time; see <see
/// cref="Sql"/> for what a statement may say.
/// </summary>
internal interface ISqlSession : IDisposable
{
    /// <summary>The order of the tasks that this session accepts.</summary>
    AcceptanceOrder Acceptance { get; }

    /// <summary>
    /// Until the transaction ends no other process changes this row; what the next statement reads of it is the newest. Does nothing where
    /// one writer has the whole database, nor when there is no such row.
    /// </summary>
    /// <param name="table">A table whose key is <c>id</c>.</param>
    void Lock(string table, object id);

    /// <summary>
    /// Other processes hear of it once it is committed, and only then: see <see cref="IChanges"/>. Does nothing where there are none.
    /// </summary>
    void Tell(Change change);

    /// <summary>Executes a change and returns how many rows it changed.</summary>
    int Run(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters);

    /// <summary>Executes a change that gives one row with one id, or none.</summary>
    /// <returns>Null when there is no row, or no id in it.</returns>
    Guid? RunForId(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters);

    /// <summary>Reads all rows.</summary>
    ImmutableArray<T> List<T>(string sql, Func<Row, T> read, params ReadOnlySpan<(string Name, object? Value)> parameters);

    /// <summary>Reads the first row.</summary>
    /// <returns>The default when there is none.</returns>
    T? First<T>(string sql, Func<Row, T> read, params ReadOnlySpan<(string Name, object? Value)> parameters);
}
