using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Towpath.Tasks;

namespace Towpath.Discovery;

/// <summary>The operations that callers have on discoveries. Every change is a task; reads go to <see cref="IDiscoveryStore"/>.</summary>
public sealed class Discoveries(TaskEngine tasks)
{
    /// <summary>The API's name for the tasks of this area.</summary>
    public const string ServiceType = "Discovery Service";

    internal const string CreateKind = "discovery-create";
    internal const string ChangeKind = "discovery-changed";
    internal const string DeleteKind = "discovery-delete";

    /// <summary>Accepts a discovery. A name that is used already fails the task, not this call.</summary>
    public Task<TaskRecord> CreateAsync(DiscoveryPlan plan, string username, CancellationToken cancellationToken) =>
        AcceptAsync(CreateKind, plan, [], username, cancellationToken);

    /// <summary>
    /// Stops the discovery, or starts it again from the beginning. That is stored in the transaction that accepts it, so changes count in
    /// the order of their acceptance; its task has the jobs follow.
    /// </summary>
    public Task<TaskRecord> ChangeAsync(DiscoveryRecord discovery, bool active, string username, CancellationToken cancellationToken)
    {
        Write change = active ? new RestartDiscovery(discovery.Id, discovery.Run) : new StopDiscovery(discovery.Id);
        return AcceptAsync(ChangeKind, new ChangeInput(discovery.Id, discovery.Run), [change], username, cancellationToken);
    }

    /// <summary>Stops and forgets the discoveries; the devices they found stay.</summary>
    public Task<TaskRecord> DeleteAsync(ImmutableArray<int> ids, string username, CancellationToken cancellationToken) =>
        AcceptAsync(DeleteKind, ids, [], username, cancellationToken);

    /// <summary>The serial job of one run; a restart is another job, so the run it replaces cannot delay it.</summary>
    internal static string JobKey(int id, int run) => string.Create(CultureInfo.InvariantCulture, $"{id}.{run}");

    /// <summary>The serial job of one part of a run that was dealt out.</summary>
    internal static string PartKey(int id, int run, int part) => string.Create(CultureInfo.InvariantCulture, $"{id}.{run}.{part}");

    internal static (int Id, int Run, int Part) ParsePartKey(string key)
    {
        int[] parts = [.. key.Split('.').Select(part => int.Parse(part, CultureInfo.InvariantCulture))];
        return (parts[0], parts[1], parts[2]);
    }

    internal static (int Id, int Run) ParseJobKey(string key)
    {
        string[] parts = key.Split('.');
        return (int.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    /// <param name="FromRun">The newest run that whoever asked can have known.</param>
    internal sealed record ChangeInput(int Id, int FromRun);

    private Task<TaskRecord> AcceptAsync<T>(
        string kind, T input, ImmutableArray<Write> changes, string username, CancellationToken cancellationToken) =>
        tasks.AcceptAsync(new NewTask(kind, JsonSerializer.Serialize(input), ServiceType, username), changes, cancellationToken);
}
