using Towpath.Storage.Sqlite;
using Towpath.Tasks;

namespace Towpath.Storage.Tests;

/// <summary>An area of the tests' own: what any area looks like to the writer.</summary>
internal sealed class NoteTables : IArea
{
    private const string Create = "CREATE TABLE note (name TEXT PRIMARY KEY, text TEXT NOT NULL)";

    /// <summary>What PostgreSQL says when its disk is full; to fill one takes a file system of the test's own.</summary>
    private const string SayFull =
        "DO 'BEGIN RAISE EXCEPTION USING ERRCODE = ''53100'', MESSAGE = ''could not extend file: No space left on device''; END'";

    public string Name => "note";

    public Migrations Migrations { get; init; } = new([Create], [Create]);

    public bool? TryExecute(ISqlSession session, Write write) => write switch
    {
        AddNote add => session.Run("INSERT INTO note VALUES ($name, $text)", ("name", add.Name), ("text", add.Text)) > 0,
        ChangeNote change =>
            session.Run("UPDATE note SET text = $text WHERE name = $name", ("text", change.Text), ("name", change.Name)) > 0,
        HoldWriter hold => hold.Hold(),
        FillDisk => session.Run(session is SqliteSession ? "PRAGMA max_page_count = 1" : SayFull) >= -1,
        _ => null,
    };
}
