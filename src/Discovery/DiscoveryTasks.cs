using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Towpath.Tasks;

namespace Towpath.Discovery;

/// <summary>Ends as soon as the discovery exists; the discovery itself ends when its condition says Complete or Aborted.</summary>
internal sealed class CreateDiscoveryHandler(IWriter writer, IDiscoveryStore store, ISerialJobs jobs, TimeProvider time) : ITaskHandler
{
    private const string Duplicate = "Discovery name is duplicate";

    public string Kind => Discoveries.CreateKind;

    public async Task<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellationToken)
    {
        DiscoveryPlan plan = JsonSerializer.Deserialize<DiscoveryPlan>(context.Task.Input)!;
        ImmutableArray<bool> created = await writer.CommitAsync([new CreateDiscovery(context.Task.Id, plan, time.GetUtcNow())], cancellationToken);
        if (!created[0]) return TaskOutcome.Failed("Failed to create discovery", Duplicate, Duplicate);

        DiscoveryRecord discovery = await store.FindByTaskAsync(context.Task.Id, cancellationToken)
            ?? throw new InvalidOperationException($"The discovery '{plan.Name}' was deleted while it was made.");
        await jobs.StartAsync(DiscoveryRun.JobKind, Discoveries.JobKey(discovery.Id, discovery.Run), cancellationToken);
        return TaskOutcome.Done(discovery.Id.ToString(CultureInfo.InvariantCulture));
    }
}

/// <summary>Stops a discovery, or starts its next run.</summary>
internal sealed class ChangeDiscoveryHandler(IWriter writer, ISerialJobs jobs) : ITaskHandler
{
    public string Kind => Discoveries.ChangeKind;

    public async Task<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellationToken)
    {
        var (id, run, active) = JsonSerializer.Deserialize<Discoveries.ChangeInput>(context.Task.Input)!;
        // Durable first: a run that is cancelled but still recorded as active would be taken up again at the next start.
        await writer.CommitAsync([active ? new RestartDiscovery(id, run) : new StopDiscovery(id)], cancellationToken);
        await jobs.StopAsync(DiscoveryRun.JobKind, Discoveries.JobKey(id, run), cancellationToken);
        if (active) await jobs.StartAsync(DiscoveryRun.JobKind, Discoveries.JobKey(id, run + 1), cancellationToken);
        return TaskOutcome.Done(id.ToString(CultureInfo.InvariantCulture));
    }
}

internal sealed class DeleteDiscoveryHandler(IDiscoveryStore store, ISerialJobs jobs) : ITaskHandler
{
    public string Kind => Discoveries.DeleteKind;

    public async Task<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellationToken)
    {
        var ids = JsonSerializer.Deserialize<ImmutableArray<int>>(context.Task.Input);
        foreach (int id in ids)
        {
            if (await store.FindAsync(id, cancellationToken) is { } discovery)
                await jobs.StopAsync(DiscoveryRun.JobKind, Discoveries.JobKey(id, discovery.Run), cancellationToken);
        }
        string what = ids.Length == 1 ? $"discovery {ids[0]}" : $"{ids.Length} discoveries";
        return TaskOutcome.Done($"Deleted {what}", new DeleteDiscoveries(ids));
    }
}
