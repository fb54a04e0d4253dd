using System.Collections.Immutable;
using Towpath.Tasks;

namespace Towpath.Storage.Sqlite;

/// <summary>
/// The tables of one area: their schema, and how the area's writes are executed. Stateless. Registered by one line in
/// <see cref="SqliteStorage"/>; its reads are a class beside it that takes the <see cref="SqliteDatabase"/>.
/// </summary>
internal interface ISqliteArea
{
    /// <summary>Names the area's migrations in the file's journal, for good.</summary>
    string Name { get; }

    /// <summary>
    /// The migrations that make the area's tables, in order: each entry runs once in a file's life, at start. Entries are added at the end
    /// and never changed or taken away; no area's entry needs another area's. The first entry finds its tables made in files older than the
    /// journal.
    /// </summary>
    ImmutableArray<string> Migrations { get; }

    /// <summary>
    /// Executes the write if it is this area's; null when it is not, else whether it took effect. Use <see cref="SqliteStatements.Run"/>:
    /// it keeps the statements prepared. It runs on the writer's own thread; an exception undoes the writes of that one caller. It may be
    /// called again with the same write after a rollback, so it changes nothing but the database.
    /// </summary>
    bool? TryExecute(SqliteSession session, Write write);
}
