using Towpath.Tasks;

namespace Towpath.Storage.Sqlite;

/// <summary>
/// The tables of one area: their schema, and how the area's writes are executed. Stateless. Registered by one line in
/// <see cref="SqliteStorage"/>; its reads are a class beside it that takes the <see cref="SqliteDatabase"/>.
/// </summary>
internal interface ISqliteArea
{
    /// <summary>Idempotent DDL, run at start.</summary>
    string Schema { get; }

    /// <summary>
    /// Executes the write if it is this area's; null when it is not, else whether it took effect. Use <see cref="SqliteStatements.Run"/>:
    /// it keeps the statements prepared. Runs on the writer's own thread; what it throws undoes the writes of that one caller. May be
    /// called again with the same write after a rollback, so it changes nothing but the database.
    /// </summary>
    bool? TryExecute(SqliteSession session, Write write);
}
