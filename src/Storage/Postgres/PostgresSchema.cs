using System.Collections.Immutable;
using DbUp;
using DbUp.Engine;
using DbUp.Postgresql;
using Npgsql;
using Towpath.Tasks;

namespace Towpath.Storage.Postgres;

/// <summary>
/// Runs the migrations that a database has not seen, all in one transaction, forward only. Its table <c>migration</c> is their journal.
/// Nodes that start side by side take turns by an advisory lock, and the later ones find everything done.
/// </summary>
internal static class PostgresSchema
{
    /// <summary>Any number of ours: the letters "towpath" of ASCII.</summary>
    private const long LockKey = 0x74_6f_77_70_61_74_68;

    private const int Patience = 600; // s: a large table's migration on another node

    /// <exception cref="StorageUnavailableException">
    /// A newer version of the program has migrated the database, or a migration failed; nothing was changed.
    /// </exception>
    public static void BringUpToDate(NpgsqlDataSource source, PostgresAddress address, ImmutableArray<IArea> areas)
    {
        using NpgsqlConnection turn = source.OpenConnection();
        RefuseUnfit(turn, address);
        Run(turn, $"SELECT pg_advisory_lock({LockKey})");
        try
        {
            Upgrade(source, turn, address, areas);
        }
        finally
        {
            Run(turn, $"SELECT pg_advisory_unlock({LockKey})");
        }
    }

    private static void Upgrade(
        NpgsqlDataSource source, NpgsqlConnection turn, PostgresAddress address, ImmutableArray<IArea> areas)
    {
        string schema = Ask(turn, "SELECT current_schema()")
            ?? throw new StorageUnavailableException($"The database {address} has no schema for tables. Set the user's search_path.", null);
        UpgradeEngine upgrade = DeployChanges.To.PostgresqlDatabase(new PostgresqlConnectionManager(source))
            .WithScripts(areas.SelectMany(area => area.Scripts(migrations => migrations.Postgres)).ToArray())
            .JournalToPostgresqlTable(schema, "migration")
            .WithVariablesDisabled()
            .WithTransaction()
            .WithExecutionTimeout(TimeSpan.FromSeconds(Patience))
            .LogToNowhere()
            .Build();
        if (upgrade.GetExecutedButNotDiscoveredScripts() is { Count: > 0 } unknown)
        {
            throw new StorageUnavailableException(
                $"The database {address} was written by a newer version of this program (it has the migrations "
                    + $"{string.Join(", ", unknown)}). Start that version, or use another database.", null);
        }

        DatabaseUpgradeResult result = upgrade.PerformUpgrade();
        if (result.Successful) return;
        throw new StorageUnavailableException(
            $"The database {address} could not be brought up to date: {result.ErrorScript?.Name ?? "its journal"} failed "
                + $"({result.Error.Message}). Nothing was changed.", result.Error);
    }

    /// <exception cref="StorageUnavailableException">It cannot hold every text.</exception>
    private static void RefuseUnfit(NpgsqlConnection connection, PostgresAddress address)
    {
        if (Ask(connection, "SHOW server_encoding") is var encoding && encoding != "UTF8")
        {
            throw new StorageUnavailableException(
                $"The database {address} has the encoding {encoding}. Create one with: createdb --encoding=UTF8 --template=template0 NAME",
                null);
        }
    }

    private static void Run(NpgsqlConnection connection, string sql)
    {
        using NpgsqlCommand command = Command(connection, sql);
        command.ExecuteNonQuery();
    }

    private static string? Ask(NpgsqlConnection connection, string sql)
    {
        using NpgsqlCommand command = Command(connection, sql);
        return command.ExecuteScalar() as string;
    }

#pragma warning disable CA2100 // our own constants
    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql) => new(sql, connection) { CommandTimeout = Patience };
#pragma warning restore CA2100
}
