using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Towpath.Tasks;

namespace Towpath.Storage.Sqlite;

/// <summary>
/// Reads every page of the database, a table with its indexes at a time, so that damage is known before somebody needs the row. What it has
/// found last is what <see cref="IStorageHealth"/> says.
/// </summary>
internal sealed class SqliteCheck(SqliteDatabase database, ILogger<SqliteCheck> logger) : ISerialJob, IStorageHealth
{
    public string Kind => IStorageHealth.CheckKind;

    public string? Damage { get; private set; }

    public Task RunAsync(string key, CancellationToken cancellationToken)
    {
        var found = ImmutableArray.CreateBuilder<string>();
        foreach (string table in database.Tables())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (database.DamageOf(table) is { } damage) found.Add($"{table}: {damage}");
        }
        string? before = Damage;
        Damage = found.Count == 0 ? null : $"The database is damaged ({string.Join("; ", found)}). Stop the server and restore a backup.";
        if (Damage is not null && Damage != before) logger.Damaged(Damage);
        return Task.CompletedTask;
    }
}

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Critical, Message = "{Damage}")]
    public static partial void Damaged(this ILogger logger, string damage);
}
