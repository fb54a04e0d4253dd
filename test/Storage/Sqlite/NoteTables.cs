using System.Collections.Immutable;
using Towpath.Storage.Sqlite;
using Towpath.Tasks;

namespace Towpath.Storage.Tests;

/// <summary>An area of the tests' own: what any area looks like to the writer.</summary>
internal sealed class NoteTables : ISqliteArea
{
    public string Name => "note";

    public ImmutableArray<string> Migrations { get; init; } = ["CREATE TABLE note (name TEXT PRIMARY KEY, text TEXT NOT NULL)"];

    public bool? TryExecute(SqliteSession session, Write write) => write switch
    {
        AddNote add => session.Run("INSERT INTO note VALUES ($name, $text)", ("name", add.Name), ("text", add.Text)) > 0,
        ChangeNote change =>
            session.Run("UPDATE note SET text = $text WHERE name = $name", ("text", change.Text), ("name", change.Name)) > 0,
        HoldWriter hold => hold.Hold(),
        FillDisk => session.Run("PRAGMA max_page_count = 1") >= -1,
        _ => null,
    };
}
