using System.Collections.Immutable;
using System.Globalization;
using DbUp.Engine;
using Microsoft.Extensions.DependencyInjection;
using Towpath.Accounts;
using Towpath.Discovery;
using Towpath.FlowAnalysis;
using Towpath.Inventory;
using Towpath.Tasks;

namespace Towpath.Storage;

/// <summary>What is stored, on whatever engine.</summary>
internal static class Areas
{
    /// <summary>Needs an <see cref="ISqlDatabase"/>. One line per area: its tables and writes; then its reads.</summary>
    public static void AddAreas(this IServiceCollection services)
    {
        services.AddSingleton<IArea, TaskTables>();
        services.AddSingleton<ITaskStore, TaskStore>();
        services.AddSingleton<IRetained, RetainedTasks>();
        services.AddSingleton<IArea, KeyTables>();
        services.AddSingleton<IArea, InventoryTables>();
        services.AddSingleton<IInventoryStore, InventoryStore>();
        services.AddSingleton<IArea, LoadTables>();
        services.AddSingleton<ILoadStore, LoadStore>();
        services.AddSingleton<IArea, HistoryTables>();
        services.AddSingleton<IHistoryStore, HistoryStore>();
        services.AddSingleton<IArea, WebhookTables>();
        services.AddSingleton<IWebhookStore, WebhookStore>();
        services.AddSingleton<IScheduleStore, ScheduleStore>();
        services.AddSingleton<IArea, AccountTables>();
        services.AddSingleton<IAccountStore, AccountStore>();
        services.AddSingleton<IArea, DiscoveryTables>();
        services.AddSingleton<IDiscoveryStore, DiscoveryStore>();
        services.AddSingleton<IArea, FlowAnalysisTables>();
        services.AddSingleton<IFlowAnalysisStore, FlowAnalysisStore>();
        services.AddSingleton<IRetained, RetainedFlowAnalyses>();
    }

    /// <summary>The same areas where there is no database yet; they are stateless.</summary>
    public static ImmutableArray<IArea> All()
    {
        var services = new ServiceCollection();
        services.AddAreas();
        return [.. services.Where(service => service.ServiceType == typeof(IArea))
            .Select(service => (IArea)Activator.CreateInstance(service.ImplementationType!)!)];
    }

    /// <summary>See <see cref="IWriteSession.TryExecute"/>.</summary>
    public static bool? TryExecute(this ImmutableArray<IArea> areas, ISqlSession session, Write write)
    {
        foreach (IArea area in areas)
        {
            if (area.TryExecute(session, write) is { } took) return took;
        }
        return null;
    }

    /// <summary>The area's migrations under the names that the journal has for them.</summary>
    public static IEnumerable<SqlScript> Scripts(this IArea area, Func<Migrations, ImmutableArray<string>> engine) =>
        engine(area.Migrations).Select((sql, index) =>
            new SqlScript(string.Create(CultureInfo.InvariantCulture, $"{area.Name} {index + 1:000}"), sql));
}
