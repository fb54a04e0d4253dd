using Microsoft.Data.Sqlite;
using Towpath.Tasks;

namespace Towpath.Storage.Sqlite;

/// <summary>The tables of one area: their schema, and how the area's writes are executed. Stateless but for prepared text.</summary>
internal interface ISqliteArea
{
    /// <summary>Idempotent DDL, run at start.</summary>
    string Schema { get; }

    /// <summary>Executes the write if it is this area's; null when it is not, else whether it took effect.</summary>
    bool? TryExecute(SqliteConnection connection, SqliteTransaction transaction, Write write);
}
