using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Towpath.Collection;
using Towpath.Inventory;
using Towpath.Network;
using Towpath.Snmp;
using Towpath.Tasks;

namespace Towpath.Discovery;

/// <summary>
/// Asks addresses, collects the devices that answer, saves them as they come, and follows their neighbors where the scope says so. A known
/// device that does not answer any more is marked unreachable.
/// </summary>
internal sealed class Survey(
    SnmpEngine engine, DeviceCollector collector, Devices devices, IWriter writer, TimeProvider time, ILogger<Survey> logger)
{
    // Answers that fill their datagrams, so many at once, fit a socket's buffer as systems give it.
    private const int Together = 64;

    // A device with big tables takes minutes, most of them for itself.
    private static readonly TimeSpan s_collecting = TimeSpan.FromSeconds(3);
    private const int Collected = 512;

    // Some 2,000 silent addresses in a second: the timeouts of many overlap, and routers still keep up with looking for them (ARP).
    private static readonly TimeSpan s_asking = TimeSpan.FromMilliseconds(31);
    private const int Asked = 16_384;

    // An agent that needs longer for an answer gets hardly a request in a second, so it needs no place for long.
    private static readonly TimeSpan s_slow = TimeSpan.FromSeconds(1);

    private const int Few = 16;
    private const int SavedAtOnce = 512;

    /// <returns>How many devices were found.</returns>
    public async Task<int> RunAsync(DiscoveryRecord discovery, ImmutableArray<AccessCandidate> candidates, CancellationToken cancellationToken)
    {
        var scope = DiscoveryScope.Parse(discovery.Plan.Kind, discovery.Plan.AddressList, discovery.Plan.FilterList, [])
            ?? throw new InvalidOperationException($"Discovery {discovery.Id} was stored with the unreadable addresses '{discovery.Plan.AddressList}'.");
        var frontier = new Frontier(scope, discovery.Plan.Level);
        frontier.AddGiven();
        // A neighbor has announced itself, and a few addresses are meant; a range is searched.
        bool isExpected = scope.Kind.IsCrawl() || scope.Given().Take(Few + 1).Count() <= Few;
        var visitor = new Visitor(engine, collector, devices, time, candidates, isExpected);
        using var run = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Queue<Visit> quick = [], slow = [];
        // Who has answered comes before who is asked: nobody is timed while many others are collected.
        var turns = new Turns<Visit>(
            Together, time, new(s_collecting, Collected, () => Collect(quick)), new(s_asking, Collected, () => Collect(slow)), new(s_asking, Asked, Ask));
        HashSet<DeviceId> found = [];
        Task saving = Task.CompletedTask;
        try
        {
            while (await turns.TakeAsync(SavedAtOnce, run.Token) is { Count: > 0 } visits)
            {
                foreach (Visit visit in visits)
                {
                    if (visit.Contact is { } contact) (contact.Took < s_slow ? quick : slow).Enqueue(visit);
                    if (visit.Device is { } device) frontier.Collected(visit.Address, device.Snapshot);
                    if (visit.Outcome == JobOutcome.Failed) logger.NotCollected(discovery.Id, visit.Address, visit.Reason);
                }
                await saving;
                saving = SaveAsync(discovery, [.. visits.Where(visit => visit.Contact is null)], found, run.Token);
            }
            await saving;
            return found.Count;
        }
        finally
        {
            await run.CancelAsync(); // after a failure, nobody takes what is under way
        }

        Task<Visit>? Ask() => frontier.Next() is not { } address ? null
            : frontier.IsOwned(address) ? Task.FromResult(Duplicate(address, time.GetUtcNow()))
            : visitor.AskAsync(address, run.Token);

        Task<Visit>? Collect(Queue<Visit> waiting) => !waiting.TryDequeue(out Visit? visit) ? null
            : frontier.IsOwned(visit.Address) ? Task.FromResult(Duplicate(visit.Address, visit.StartedAt))
            : visitor.CollectAsync(visit, visit.Contact!, run.Token);

        static Visit Duplicate(Ipv4Address address, DateTimeOffset at) => new(address, at, JobOutcome.Duplicate, "belongs to a device that was collected by another address");
    }

    private async Task SaveAsync(DiscoveryRecord discovery, List<Visit> ended, HashSet<DeviceId> found, CancellationToken cancellationToken)
    {
        if (ended.Count == 0) return;
        CollectedDevice[] collected = [.. ended.Select(visit => visit.Device).OfType<CollectedDevice>().Select(device => AtLoopback(discovery.Plan, device))];
        ImmutableArray<DeviceId> ids = collected.Length == 0 ? [] : await devices.SaveAsync(collected, cancellationToken);
        int next = 0;
        DateTimeOffset now = time.GetUtcNow();
        var jobs = ended.Select(visit => new DiscoveryJob(
            discovery.Id, discovery.Run, visit.Address, visit.Device?.Snapshot.Identity.SysName, visit.Outcome, visit.Reason,
            visit.Device is null ? null : ids[next++], visit.StartedAt, now) { Credential = visit.Credential });
        await writer.CommitAsync([new SaveDiscoveryJobs(discovery.Id, discovery.Run, [.. jobs])], cancellationToken);
        found.UnionWith(ids);
        // One that answered this very run at another of its addresses is there.
        foreach (LostDevice lost in ended.Select(visit => visit.Lost).OfType<LostDevice>().Where(lost => !found.Contains(lost.Device)))
            await devices.MarkUnreachableAsync(lost.Device, lost.Reason, cancellationToken);
    }

    private static CollectedDevice AtLoopback(DiscoveryPlan plan, CollectedDevice device)
    {
        const int SoftwareLoopback = 24; // IANAifType
        if (!plan.PreferLoopback) return device;
        var loopbacks = device.Snapshot.Interfaces.Where(port => port.Type == SoftwareLoopback).Select(port => port.Index).ToHashSet();
        Ipv4Address own = device.Snapshot.Addresses.Where(entry => loopbacks.Contains(entry.Interface) && !entry.Address.IsLoopback)
            .Select(entry => entry.Address).Where(device.Access.Ranges.Allow).Order().FirstOrDefault(); // it is to be asked there with the same credential
        return own.IsUnspecified ? device : device with { ManagementAddress = own };
    }
}
