using Microsoft.Extensions.DependencyInjection.Extensions;
using Quartz;
using Towpath.Tasks;

namespace Towpath.Server;

internal static class SerialJobServices
{
    /// <summary>Discovery runs and shards mostly wait for devices; more than this at once would only share one network and two cores.</summary>
    private const int MostAtOnce = 16;

    /// <summary>Serial jobs for every registered <see cref="ISerialJob"/>. Nothing fires before the host has started; at its stop running jobs are cancelled.</summary>
    public static IServiceCollection AddSerialJobs(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddQuartz(quartz => quartz
            .ConfigureScheduler(scheduler => scheduler.ShutdownJobInterruption = ShutdownJobInterruption.Always)
            .UseInMemoryStore(_ => { })
            .UseDefaultThreadPool(MostAtOnce));
        services.AddQuartzHostedService(hosted => hosted.WaitForJobsToComplete = true);
        services.AddSingleton<ISerialJobs, QuartzSerialJobs>();
        return services;
    }
}
