using System.Collections.Immutable;
using Towpath.Tasks;

namespace Towpath.Storage.Sqlite;

/// <summary>The transactions of the one writer, and whose write is whose.</summary>
internal sealed class SqliteWriteSession(SqliteSession session, ImmutableArray<IArea> areas) : IWriteSession
{
    public void Begin() => session.Run("BEGIN IMMEDIATE");

    public void Commit() => session.Run("COMMIT");

    public void Rollback() => session.Run("ROLLBACK");

    public void SetSavepoint() => session.Run("SAVEPOINT caller");

    public void UndoToSavepoint() => session.Run("ROLLBACK TO caller");

    public void ReleaseSavepoint() => session.Run("RELEASE caller");

    public bool? TryExecute(Write write)
    {
        if (write is ProbeWrite)
        {
            session.Run($"PRAGMA user_version = {SqliteSchema.Format}"); // as it is: one page all the same
            return true;
        }
        return areas.TryExecute(session, write);
    }

    public void Dispose() => session.Dispose();
}
