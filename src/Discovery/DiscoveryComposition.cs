using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Towpath.Inventory;
using Towpath.Tasks;

namespace Towpath.Discovery;

/// <summary>How this area joins a process.</summary>
public static class DiscoveryComposition
{
    /// <summary>Needs the inventory, collection, task engine, serial jobs and a store beside it.</summary>
    public static IServiceCollection AddDiscovery(this IServiceCollection services)
    {
        services.AddSingleton<Discoveries>();
        services.AddSingleton<AccessOptions>();
        services.AddSingleton(provider => new Places(Survey.Together, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new DiscoveryPreviews(
            provider.GetRequiredService<AccessOptions>(), provider.GetRequiredService<DeviceReach>()));
        services.AddSingleton<Survey>();
        services.AddSingleton<RunsHere>();
        services.AddSingleton<IChangeListener>(provider => provider.GetRequiredService<RunsHere>());
        services.AddSingleton<SearchEnd>();
        services.AddSingleton<ISerialJob, DiscoveryRun>();
        services.AddSingleton<ISerialJob, DiscoveryPartRun>();
        services.AddSingleton<ITaskHandler, CreateDiscoveryHandler>();
        services.AddSingleton<ITaskHandler, ChangeDiscoveryHandler>();
        services.AddSingleton<ITaskHandler, DeleteDiscoveryHandler>();
        services.AddHostedService<ResumeDiscoveries>();
        return services;
    }
}

/// <summary>Discoveries that were running when the process died go on: jobs live in memory, discoveries in the database.</summary>
internal sealed class ResumeDiscoveries(IDiscoveryStore store, ISerialJobs jobs) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (DiscoveryRecord discovery in await store.UnfinishedAsync(cancellationToken))
            await jobs.StartAsync(DiscoveryRun.JobKind, Discoveries.JobKey(discovery.Id, discovery.Run), cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
