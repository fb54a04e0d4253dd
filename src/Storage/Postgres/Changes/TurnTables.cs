using Towpath.Tasks;

namespace Towpath.Storage.Postgres;

/// <summary>
/// Who was the last to take each turn. The lock of a turn says who may take it (<see cref="PostgresTurns"/>); the row says whose commits
/// count, since a lock may be lost and its holder go on. A file of SQLite has one process and none of this.
/// </summary>
internal sealed class TurnTables : IArea
{
    public string Name => "turn";

    public Migrations Migrations { get; } = new(
    [],
    [
        """
        CREATE TABLE turn (name TEXT COLLATE "C" NOT NULL PRIMARY KEY, holder UUID NOT NULL)
          WITH (fillfactor = 10); -- a row is changed each time, and finds room for its next version beside it
        """,
    ]);

    public bool? TryExecute(ISqlSession session, Write write) => write is HoldTurn turn ? Hold(session, turn) : null;

    /// <summary>The lock on the row keeps the turn from being taken before the commit: who takes it then sees what was committed.</summary>
    private static bool Hold(ISqlSession session, HoldTurn turn)
    {
        Guid? holder = session.RunForId("SELECT holder FROM turn WHERE name = $name FOR UPDATE", ("name", turn.Name));
        return holder == turn.Holder ? true : throw new TurnLostException(turn.Name);
    }
}
