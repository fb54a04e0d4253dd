using System.Data.Common;
using Microsoft.Extensions.DependencyInjection;
using Towpath.Tasks;

namespace Towpath.Storage.Postgres;

/// <summary>Durable state in a database of PostgreSQL 15 or newer, which several processes share.</summary>
public static class PostgresStorage
{
    /// <summary>
    /// Registers the writer and every area's reads. The database exists; its tables are made at first use.
    /// </summary>
    /// <exception cref="StorageUnavailableException">At first use: it cannot be reached, or a newer version wrote it.</exception>
    public static IServiceCollection AddPostgresStorage(this IServiceCollection services, PostgresAddress address)
    {
        services.AddAreas();
        services.AddSingleton(provider => new PostgresDatabase(address, provider.GetServices<IArea>()));
        services.AddSingleton<ISqlDatabase>(provider => provider.GetRequiredService<PostgresDatabase>());
        services.AddSingleton<DbDataSource>(provider => provider.GetRequiredService<PostgresDatabase>().Source);
        services.AddSingleton<IArea, ChangeTables>();
        services.AddSingleton<IChanges, PostgresChanges>();
        services.AddSingleton<IArea, TurnTables>();
        services.AddSingleton<ISharedTurns>(provider =>
            new PostgresTurns(provider.GetRequiredService<PostgresDatabase>(), PostgresTurns.LongestSilence));
        services.AddSingleton<IWriter>(provider => new GroupCommit(provider.GetRequiredService<PostgresDatabase>()));
        return services;
    }
}
