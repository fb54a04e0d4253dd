using System.Collections.Immutable;
using Towpath.Tasks;

namespace Towpath.Storage;

/// <summary>
/// The tables of one area: their schema, and how the area's writes are executed on whatever engine. Stateless. Registered by one line in
/// <see cref="Areas"/>; its reads are a class beside it that takes the <see cref="ISqlDatabase"/>.
/// </summary>
internal interface IArea
{
    /// <summary>Names the area's migrations in the database's journal, for good.</summary>
    string Name { get; }

    Migrations Migrations { get; }

    /// <summary>
    /// Executes the write if it is this area's; null when it is not, else whether it took effect. It runs on the writer's own thread; an
    /// exception undoes the writes of that one caller. It may be called again with the same write after a rollback, so it changes nothing
    /// but the database.
    /// </summary>
    bool? TryExecute(ISqlSession session, Write write);
}

/// <summary>
/// The migrations that make an area's tables, in order: each entry runs once in a database's life, at start. Entries are added at the end
/// of both lists and never changed or taken away; no area's entry needs another area's.
/// </summary>
/// <param name="Sqlite">The first entry finds its tables made in files older than the journal.</param>
/// <param name="Postgres">
/// Nodes of the version before run on while an entry runs and after it, so an entry adds and never takes away what that version uses.
/// The tables have the names and columns of SQLite's, and a column <c>rowid</c> where rows are read in the order in which they came.
/// Ids are <c>uuid</c>, texts that are sorted or compared <c>COLLATE "C"</c>, and every number, time and flag is <c>BIGINT</c>.
/// </param>
internal sealed record Migrations(ImmutableArray<string> Sqlite, ImmutableArray<string> Postgres);
