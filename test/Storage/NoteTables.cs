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
        AddNote add => session.Run("INSERT INTO note VALUES ($name, $text)", ("$name", add.Name), ("$text", add.Text)) > 0,
        ChangeNote change => session.Run("UPDATE note SET text = $text WHERE name = $name", ("$text", change.Text), ("$name", change.Name)) > 0,
        HoldWriter hold => Hold(hold),
        LimitPages limit => session.Run($"PRAGMA max_page_count = {limit.Pages}") >= -1,
        _ => null,
    };

    private static bool Hold(HoldWriter hold)
    {
        hold.Reached.TrySetResult();
        hold.Released.Wait();
        return true;
    }
}

/// <summary>Conflicts with a note of the same name.</summary>
internal sealed record AddNote(string Name, string Text) : Write;

/// <summary>Counts when there is such a note.</summary>
internal sealed record ChangeNote(string Name, string Text) : Write;

/// <summary>Keeps the writer busy for as long as the test wants.</summary>
internal sealed record HoldWriter(TaskCompletionSource Reached, ManualResetEventSlim Released) : Write;

/// <summary>A disk with that many pages, until the writer opens the file again.</summary>
internal sealed record LimitPages(int Pages) : Write;

/// <summary>Nobody's.</summary>
internal sealed record StrayWrite : Write;
