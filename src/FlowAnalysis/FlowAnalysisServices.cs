using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Towpath.Collection;
using Towpath.Inventory;
using Towpath.Tasks;

namespace Towpath.FlowAnalysis;

public static class FlowAnalysisServices
{
    /// <summary>Needs the inventory, the task engine, serial jobs, and an <see cref="IFlowAnalysisStore"/>.</summary>
    public static IServiceCollection AddFlowAnalysis(this IServiceCollection services)
    {
        services.AddSingleton<FlowAnalyses>();
        services.AddSingleton(provider => new LiveCheck(provider.GetRequiredService<Devices>().AccessAsync,
            provider.GetRequiredService<LiveReader>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<FlowTracer>();
        services.AddSingleton<PathStatisticsReader>();
        services.AddSingleton<ITaskHandler, TraceHandler>();
        services.AddSingleton<ITaskHandler, VerifiedTraceHandler>();
        services.AddSingleton<ITaskHandler, StatisticsHandler>();
        services.AddSingleton<ITaskHandler, DeleteHandler>();
        services.AddSingleton<ISerialJob, RefreshJob>();
        services.AddSingleton<ISerialJob, StatisticsRefreshJob>();
        services.AddHostedService<RefreshStart>();
        return services;
    }

    /// <summary>Registers the periodic jobs at every start; they are kept when they are registered already.</summary>
    private sealed class RefreshStart(ISerialJobs jobs) : IHostedService
    {
        public async Task StartAsync(CancellationToken cancellationToken)
        {
            await jobs.EveryAsync(RefreshJob.JobKind, RefreshJob.Pace, cancellationToken);
            await jobs.EveryAsync(StatisticsRefreshJob.JobKind, RefreshJob.Pace, cancellationToken);
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
