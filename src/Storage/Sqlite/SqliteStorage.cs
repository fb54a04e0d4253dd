using Microsoft.Extensions.DependencyInjection;
using Towpath.Accounts;
using Towpath.Discovery;
using Towpath.FlowAnalysis;
using Towpath.Inventory;
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
        // One line per area: its tables and writes; then its reads.
        services.AddSingleton<ISqliteArea, TaskTables>();
        services.AddSingleton<ITaskStore, SqliteTaskStore>();
        services.AddSingleton<ISqliteArea, InventoryTables>();
        services.AddSingleton<IInventoryStore, SqliteInventoryStore>();
        services.AddSingleton<ISqliteArea, HistoryTables>();
        services.AddSingleton<IHistoryStore, SqliteHistoryStore>();
        services.AddSingleton<IScheduleStore, SqliteScheduleStore>();
        services.AddSingleton<ISqliteArea, AccountTables>();
        services.AddSingleton<IAccountStore, SqliteAccountStore>();
        services.AddSingleton<ISqliteArea, DiscoveryTables>();
        services.AddSingleton<IDiscoveryStore, SqliteDiscoveryStore>();
        services.AddSingleton<ISqliteArea, FlowAnalysisTables>();
        services.AddSingleton<IFlowAnalysisStore, SqliteFlowAnalysisStore>();

        services.AddSingleton(provider => new SqliteDatabase(path, provider.GetServices<ISqliteArea>()));
        services.AddSingleton<IWriter>(provider => new GroupCommit(provider.GetRequiredService<SqliteDatabase>()));
        return services;
    }
}
