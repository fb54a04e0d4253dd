using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Towpath.Tasks;

public static class TaskServices
{
    /// <summary>
    /// The task engine and its workers. Needs an <see cref="IWriter"/>, an <see cref="ITaskStore"/> and <see cref="IChanges"/>; runs the
    /// tasks of every registered <see cref="ITaskHandler"/>, and tells every registered <see cref="IChangeListener"/>.
    /// </summary>
    public static IServiceCollection AddTasks(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(new TaskEngineOptions());
        services.TryAddSingleton(ProcessName.New());
        services.TryAddSingleton(WorkStart.AtOnce());
        services.AddSingleton(provider => new TaskHandlers(provider.GetServices<ITaskHandler>));
        services.AddSingleton(provider => new TaskEngine(
            provider.GetRequiredService<IWriter>(), provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<TaskHandlers>(), provider.GetRequiredService<TaskEngineOptions>(),
            provider.GetRequiredService<ProcessName>()));
        services.TryAddSingleton<ILivingOwners, NobodyElse>();
        services.AddSingleton<ISerialJob, AdoptionJob>();
        services.TryAddSingleton(new Retention());
        services.AddSingleton<ISerialJob, RetentionJob>();
        services.AddSingleton<ChangeDispatch>();
        services.AddHostedService(provider => provider.GetRequiredService<ChangeDispatch>());
        services.AddHostedService<TaskRunner>();
        services.AddHostedService<TaskDeadlines>();
        services.AddSingleton<TaskCancellation>();
        services.AddSingleton<IChangeListener>(provider => provider.GetRequiredService<TaskCancellation>());
        services.AddSingleton<ITaskHandler, CancelHandler>();
        services.AddSingleton<TaskFeed>();
        services.AddHostedService(provider => provider.GetRequiredService<TaskFeed>());
        services.AddSingleton<TaskEnds>();
        services.AddHostedService(provider => provider.GetRequiredService<TaskEnds>());
        return services;
    }
}
