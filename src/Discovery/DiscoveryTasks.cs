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
        ImmutableArray<bool> created = await writer.CommitAsync([new CreateDiscovery(context.Task.Id, plan, time.GetUtcNow())],
            cancellationToken);
        if (!created[0]) return TaskOutcome.Failed("Failed to create discovery", Duplicate, Duplicate);

        DiscoveryRecord discovery = await store.FindByTaskAsync(context.Task.Id, cancellationToken)
            ?? throw new InvalidOperationException($"The discovery '{plan.Name}' was deleted while it was made.");
        await jobs.StartAsync(DiscoveryRun.JobKind, Discoveries.JobKey(discovery.Id, discovery.Run), cancellationToken);
        return TaskOutcome.Done(discovery.Id.ToString(CultureInfo.InvariantCulture));
    }
}

/// <summary>
/// Has the jobs follow what is stored. The change itself was stored with its acceptance, so the last one accepted counts, in whatever order
/// their tasks run; and a job that starts by mistake finds that its run is not wanted.
/// </summary>
internal sealed class ChangeDiscoveryHandler(IDiscoveryStore store, ISerialJobs jobs, RunsHere runs) : ITaskHandler
{
    public string Kind => Discoveries.ChangeKind;

    public async Task<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellationToken)
    {
        var (id, fromRun) = JsonSerializer.Deserialize<Discoveries.ChangeInput>(context.Task.Input)!;
        if (await store.FindAsync(id, cancellationToken) is not { } discovery)
        {
            // Its deletion has stopped the newest run, and this change the one that it found.
            await jobs.StopAsync(DiscoveryRun.JobKind, Discoveries.JobKey(id, fromRun), cancellationToken);
            return TaskOutcome.Failed("Failed to change the discovery", "DELETED", $"The discovery {id} was deleted meanwhile.");
        }
        for (int run = fromRun; run < discovery.Run; run++)
            await jobs.StopAsync(DiscoveryRun.JobKind, Discoveries.JobKey(id, run), cancellationToken);
        string newest = Discoveries.JobKey(id, discovery.Run);
        if (discovery.Active) await jobs.StartAsync(DiscoveryRun.JobKind, newest, cancellationToken);
        else await jobs.StopAsync(DiscoveryRun.JobKind, newest, cancellationToken);
        await runs.EndUnwantedAsync(id, cancellationToken); // parts of it; those that wait find that they are not wanted
        return TaskOutcome.Done(id.ToString(CultureInfo.InvariantCulture));
    }
}

internal sealed class DeleteDiscoveryHandler(IWriter writer, IDiscoveryStore store, ISerialJobs jobs, RunsHere runs) : ITaskHandler
{
    public string Kind => Discoveries.DeleteKind;

    public async Task<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellationToken)
    {
        var ids = JsonSerializer.Deserialize<ImmutableArray<int>>(context.Task.Input);
        foreach (int id in ids)
        {
            // Again where it was started anew between the two: the run that is stopped is the one that was deleted.
            while (await store.FindAsync(id, cancellationToken) is { } discovery)
            {
                await writer.CommitAsync([new DeleteDiscovery(id, discovery.Run)], cancellationToken);
                await jobs.StopAsync(DiscoveryRun.JobKind, Discoveries.JobKey(id, discovery.Run), cancellationToken);
            }
            await runs.EndUnwantedAsync(id, cancellationToken);
        }
        string what = ids.Length == 1 ? $"discovery {ids[0]}" : $"{ids.Length} discoveries";
        return TaskOutcome.Done($"Deleted {what}");
    }
}
