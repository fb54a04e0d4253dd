using Towpath.Tasks;

namespace Towpath.Storage.Sqlite;

/// <summary>
/// How many commits the file has: see <see cref="AcknowledgedCommits"/>. PostgreSQL needs none, its log ends where it is told to.
/// </summary>
internal sealed class CommitTables : IArea
{
    public string Name => "commit";

    public Migrations Migrations { get; } = new(
        ["CREATE TABLE commit_number (number INTEGER NOT NULL); INSERT INTO commit_number VALUES (0)"], []);

    public bool? TryExecute(ISqlSession session, Write write) => null;
}
