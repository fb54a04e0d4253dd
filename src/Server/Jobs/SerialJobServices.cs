using Quartz;
using Towpath.Tasks;

namespace Towpath.Server;

internal static class SerialJobServices
{
    /// <summary>How many asked-for jobs run at once. They wait for devices and share the places there; more only take memory.</summary>
    internal const int MostAsked = 256;

    /// <summary>The schedule's own: whatever was asked for, a periodic job starts when it is due.</summary>
    private const int MostPeriodic = 16;

    /// <summary>A named scheduler keeps its clock to itself; the unnamed one's would be the whole program's.</summary>
    internal const string Scheduler = "towpath";

    /// <summary>
    /// Serial jobs for every registered <see cref="ISerialJob"/>. Nothing fires before the host has started; at its stop running jobs are
    /// cancelled.
    /// </summary>
    public static IServiceCollection AddSerialJobs(this IServiceCollection services, TimeProvider time)
    {
        var steady = new SteadyTime(time);
        services.AddSingleton(steady);
        services.AddQuartz(Scheduler, quartz => quartz
            .UseTimeProvider(steady)
            .ConfigureScheduler(scheduler => scheduler.ShutdownJobInterruption = ShutdownJobInterruption.Always)
            .UseInMemoryStore(_ => { })
            .UseExecutionLimits(limits => limits.ForGroup(QuartzSerialJobs.Asked, MostAsked))
            .UseDefaultThreadPool(MostAsked + MostPeriodic));
        services.AddQuartzHostedService(hosted => hosted.WaitForJobsToComplete = true);
        services.AddSingleton<ISerialJobs, QuartzSerialJobs>();
        return services;
    }
}
