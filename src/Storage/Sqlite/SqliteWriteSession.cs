using System.Collections.Immutable;
using Towpath.Tasks;

namespace Towpath.Storage.Sqlite;

/// <summary>The transactions of the one writer, and whose write is whose.</summary>
internal sealed class SqliteWriteSession(SqliteSession session, ImmutableArray<IArea> areas, AcknowledgedCommits acknowledged)
    : IWriteSession
{
    public void Begin() => session.Run("BEGIN IMMEDIATE");

    /// <summary>Nobody is told of a commit before its number is on the disk, too.</summary>
    public void Commit()
    {
        long number = session.RunForNumber("UPDATE commit_number SET number = number + 1 RETURNING number");
        session.Run("COMMIT");
        acknowledged.Write(number);
    }

    public void Rollback() => session.Run("ROLLBACK");

    public void SetSavepoint() => session.Run("SAVEPOINT caller");

    public void UndoToSavepoint() => session.Run("ROLLBACK TO caller");

    public void ReleaseSavepoint() => session.Run("RELEASE caller");

    /// <summary>A probe has nothing to write of its own: the commit writes its number.</summary>
    public bool? TryExecute(Write write) => write is ProbeWrite ? true : areas.TryExecute(session, write);

    public void Dispose() => session.Dispose();
}
