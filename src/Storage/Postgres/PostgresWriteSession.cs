using System.Collections.Immutable;
using Npgsql;
using Towpath.Tasks;

namespace Towpath.Storage.Postgres;

/// <summary>The transactions of the one writer of this process. Other processes have others.</summary>
internal sealed class PostgresWriteSession(PostgresSession session, ImmutableArray<IArea> areas, Guid node) : IWriteSession
{
    private const string Savepoint = "caller";

    private NpgsqlTransaction? _transaction;
    private int _toldBefore; // the savepoint

    private NpgsqlTransaction Transaction => _transaction ?? throw new InvalidOperationException("No transaction has begun.");

    public void Begin()
    {
        session.ForgetTold(from: 0);
        _transaction = session.Begin();
    }

    public void Commit()
    {
        if (session.Told.Count > 0) ChangeTables.Tell(session, node, session.Told.Distinct());
        Transaction.Commit();
        End();
    }

    public void Rollback()
    {
        Transaction.Rollback();
        End();
    }

    public void SetSavepoint()
    {
        Transaction.Save(Savepoint);
        _toldBefore = session.Told.Count;
    }

    public void UndoToSavepoint()
    {
        Transaction.Rollback(Savepoint);
        session.ForgetTold(from: _toldBefore);
    }

    public void ReleaseSavepoint() => Transaction.Release(Savepoint);

    public bool? TryExecute(Write write)
    {
        if (write is not ProbeWrite) return areas.TryExecute(session, write);
        session.Run("SELECT pg_logical_emit_message(true, 'towpath', 'probe')"); // a record of the log, and of nothing else
        return true;
    }

    public void Dispose()
    {
        End();
        session.Dispose();
    }

    private void End()
    {
        _transaction?.Dispose();
        _transaction = null;
    }
}
