using Microsoft.Extensions.DependencyInjection;
using Towpath.Tasks;

namespace Towpath.Storage.Sqlite;

/// <summary>Durable state in one SQLite file.</summary>
public static class SqliteStorage
{
    /// <summary>
    /// Registers the writer and every area's reads. The file is opened, and made when absent, at first use; its folder exists.
    /// </summary>
    /// <exception cref="StorageUnavailableException">At first use: the file cannot be opened, or a newer version wrote it.</exception>
    public static IServiceCollection AddSqliteStorage(this IServiceCollection services, string path)
    {
        services.AddAreas();
        services.AddSingleton<SqliteCheck>();
        services.AddSingleton<ISerialJob>(provider => provider.GetRequiredService<SqliteCheck>());
        services.AddSingleton<IStorageHealth>(provider => provider.GetRequiredService<SqliteCheck>());
        services.AddSingleton(provider => new SqliteDatabase(path, provider.GetServices<IArea>()));
        services.AddSingleton<ISqlDatabase>(provider => provider.GetRequiredService<SqliteDatabase>());
        services.AddSingleton<IChanges, NobodyElse>();
        services.AddSingleton<ISharedTurns, NobodyElse>();
        services.AddSingleton<IWriter>(provider => new GroupCommit(provider.GetRequiredService<SqliteDatabase>()));
        return services;
    }
}
