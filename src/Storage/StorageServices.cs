using Microsoft.Extensions.DependencyInjection;
using Towpath.Storage.Postgres;
using Towpath.Storage.Sqlite;

namespace Towpath.Storage;

public static class StorageServices
{
    /// <summary>Whether it is a database of PostgreSQL, which other processes may reach, too. Its data source is registered then.</summary>
    /// <param name="database">As for <see cref="AddStorage"/>; null: a file.</param>
    public static bool IsShared(string? database) => database is not null && PostgresAddress.IsMeant(database);

    /// <summary>Durable state in a file of SQLite, or in a database of PostgreSQL.</summary>
    /// <param name="database">The file's path, or a connection as <see cref="PostgresAddress"/> reads it.</param>
    /// <param name="passwordFile">See <see cref="PostgresAddress.Parse"/>; a file of SQLite has no password.</param>
    /// <exception cref="FormatException">The connection cannot be used as it is written.</exception>
    public static IServiceCollection AddStorage(this IServiceCollection services, string database, string? passwordFile)
    {
        if (PostgresAddress.IsMeant(database)) return services.AddPostgresStorage(PostgresAddress.Parse(database, passwordFile));
        if (passwordFile is not null)
            throw new FormatException($"{database} is a file, which has no password. Leave --database-password-file out.");
        return services.AddSqliteStorage(database);
    }
}
