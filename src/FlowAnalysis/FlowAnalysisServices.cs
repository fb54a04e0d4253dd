using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Towpath.Tasks;

namespace Towpath.FlowAnalysis;

public static class FlowAnalysisServices
{
    /// <summary>Needs the inventory, the task engine, serial jobs, and an <see cref="IFlowAnalysisStore"/>.</summary>
    public static IServiceCollection AddFlowAnalysis(this IServiceCollection services)
    {
        services.AddSingleton<FlowAnalyses>();
        services.AddSingleton<FlowTracer>();
        services.AddSingleton<PathStatisticsReader>();
        services.AddSingleton<ITaskHandler, TraceHandler>();
        services.AddSingleton<ITaskHandler, StatisticsHandler>();
        services.AddSingleton<ITaskHandler, DeleteHandler>();
        services.AddSingleton<ISerialJob, RefreshJob>();
        services.AddHostedService<RefreshStart>();
        return services;
    }

    /// <summary>Registers the periodic job at every start; it is kept when it is registered already.</summary>
    private sealed class RefreshStart(ISerialJobs jobs) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => jobs.EveryAsync(RefreshJob.JobKind, RefreshJob.Pace, cancellationToken);

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
