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
    // Hides the timeouts of silent addresses, and stays below common ARP rate limits.
    private const int FreshInFlight = 64;

    // A visit that lasts waits for its device, hardly for us: it gives its place to the next, or a few slow devices would hold up all others.
    private static readonly TimeSpan s_fresh = TimeSpan.FromSeconds(3);
    private const int InFlight = 512;
    private const int Few = 16;

    private static readonly SnmpCredential s_nobody = new SnmpCredential.V3("", AuthProtocol.None, "", PrivProtocol.None, "");

    /// <returns>How many devices were found.</returns>
    public async Task<int> RunAsync(DiscoveryRecord discovery, ImmutableArray<AccessCandidate> candidates, CancellationToken cancellationToken)
    {
        var scope = DiscoveryScope.Parse(discovery.Plan.Kind, discovery.Plan.AddressList, discovery.Plan.FilterList, [])
            ?? throw new InvalidOperationException($"Discovery {discovery.Id} was stored with the unreadable addresses '{discovery.Plan.AddressList}'.");
        var frontier = new Frontier(scope, discovery.Plan.Level);
        frontier.AddGiven();
        // A neighbor has announced itself, and a few addresses are meant; a range is searched.
        bool isExpected = scope.Kind.IsCrawl() || scope.Given().Take(Few + 1).Count() <= Few;
        HashSet<DeviceId> found = [];
        List<Underway> visiting = [];
        while (true)
        {
            List<Visit> ended = [];
            while (HasRoom(visiting) && frontier.Next() is { } address)
            {
                if (frontier.IsOwned(address)) ended.Add(new Visit(address, time.GetUtcNow(), JobOutcome.Duplicate, "belongs to a device that was collected by another address"));
                else visiting.Add(new Underway(VisitAsync(address, isExpected, candidates, cancellationToken), time.GetTimestamp()));
            }
            if (visiting.Count == 0 && ended.Count == 0) return found.Count;
            if (ended.Count == 0) await AnyEndedOrRoomAsync(visiting, cancellationToken);
            foreach (Underway done in visiting.Where(underway => underway.Visit.IsCompleted).ToArray())
            {
                visiting.Remove(done);
                ended.Add(await done.Visit);
            }
            foreach (Visit visit in ended)
            {
                if (visit.Device is { } device) frontier.Collected(visit.Address, device.Snapshot);
                if (visit.Outcome == JobOutcome.Failed) logger.NotCollected(discovery.Id, visit.Address, visit.Reason);
            }
            found.UnionWith(await SaveAsync(discovery, ended, cancellationToken));
            // One that answered this very run at another of its addresses is there.
            foreach (LostDevice lost in ended.Select(visit => visit.Lost).OfType<LostDevice>().Where(lost => !found.Contains(lost.Device)))
                await devices.MarkUnreachableAsync(lost.Device, lost.Reason, cancellationToken);
        }
    }

    private bool HasRoom(List<Underway> visiting) =>
        visiting.Count < InFlight && visiting.Count(underway => time.GetElapsedTime(underway.Since) < s_fresh) < FreshInFlight;

    private async Task AnyEndedOrRoomAsync(List<Underway> visiting, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        IEnumerable<Task> awaited = visiting.Select(underway => underway.Visit);
        // Visits begin one after the other, so the first that is fresh is the first that is not any more.
        if (visiting.Find(underway => time.GetElapsedTime(underway.Since) < s_fresh) is { } oldest && visiting.Count < InFlight)
            awaited = awaited.Append(Task.Delay(s_fresh - time.GetElapsedTime(oldest.Since) + TimeSpan.FromMilliseconds(1), time, ended.Token));
        await Task.WhenAny(awaited);
        await ended.CancelAsync();
    }

    /// <param name="isExpected">Somebody says that there is a device, so its silence is worth a question more.</param>
    private async Task<Visit> VisitAsync(Ipv4Address address, bool isExpected, ImmutableArray<AccessCandidate> candidates, CancellationToken cancellationToken)
    {
        Visit visit = await AskAsync(address, candidates, cancellationToken);
        if (isExpected && visit.IsSilent) visit = await HearAsync(visit, candidates, cancellationToken);
        return visit with { Lost = await FindLostAsync(visit, candidates, cancellationToken) };
    }

    private async Task<Visit> AskAsync(Ipv4Address address, ImmutableArray<AccessCandidate> candidates, CancellationToken cancellationToken)
    {
        var visit = new Visit(address, time.GetUtcNow(), JobOutcome.NoCredential, "No SNMP credential was given with the discovery, and none is stored.");
        foreach (AccessCandidate candidate in candidates)
        {
            ISnmpSession session = engine.Open(candidate.TargetAt(address));
            ProbeResult probe = await SystemProbe.AskAsync(session, cancellationToken);
            if (probe.Status != SnmpStatus.Ok)
            {
                // A later silence must not hide what an earlier credential was told.
                JobOutcome outcome = probe.Status == SnmpStatus.Timeout ? JobOutcome.NoAnswer : JobOutcome.Failed;
                if (visit.Outcome != JobOutcome.Failed) visit = visit with { Outcome = outcome, Reason = probe.Reason, IsSilent = probe.IsSilent };
                continue;
            }
            CollectionResult result = await collector.CollectAsync(session, cancellationToken);
            return result.Snapshot is { } snapshot
                ? visit with { Outcome = JobOutcome.Collected, Reason = null, Device = new CollectedDevice(address, snapshot, candidate.Settings) }
                : visit with { Outcome = JobOutcome.Failed, Reason = result.Reason };
        }
        return visit;
    }

    /// <summary>
    /// An agent stays silent on a wrong community, and on a version that it does not speak. Who it is (RFC 3414 section 4) it tells everybody who asks in
    /// SNMPv3, without a secret being sent; and an old one may know the same community in SNMPv1.
    /// </summary>
    private async Task<Visit> HearAsync(Visit visit, ImmutableArray<AccessCandidate> candidates, CancellationToken cancellationToken)
    {
        if (candidates.Any(candidate => candidate.Settings.Credential is SnmpCredential.V3)) return visit;
        SnmpTarget target = candidates[0].TargetAt(visit.Address) with { Retries = 0 };
        if (await AnswersAsync(s_nobody))
            return Heard($"{target.Name} speaks SNMPv3, but does not answer to this community: it is a wrong one, or none is allowed there. Check the community, or discover the device with an SNMPv3 user.");
        if (target.Credential is SnmpCredential.V2c { Community: var community } && await AnswersAsync(new SnmpCredential.V1(community)))
            return Heard($"{target.Name} knows this community, but answers in SNMPv1 only. Allow SNMPv2c or SNMPv3 on the device: large counters and big tables need them.");
        return visit;

        async Task<bool> AnswersAsync(SnmpCredential credential) =>
            (await SystemProbe.AskAsync(engine.Open(target with { Credential = credential }), cancellationToken)).Status is not (SnmpStatus.Timeout or SnmpStatus.Unreachable);

        Visit Heard(string reason) => visit with { Outcome = JobOutcome.Failed, IsSilent = false, Reason = reason };
    }

    /// <summary>The device managed at the address, unless it answers; that it refuses credentials it was never read with says nothing.</summary>
    private async Task<LostDevice?> FindLostAsync(Visit visit, ImmutableArray<AccessCandidate> candidates, CancellationToken cancellationToken)
    {
        if (visit is not { Outcome: JobOutcome.NoAnswer or JobOutcome.Failed, Reason: { } reason }) return null;
        if (devices.ManagedAt(visit.Address) is not { } known || await devices.TargetAsync(known, cancellationToken) is not { } target) return null;
        if (candidates.Any(candidate => candidate.Settings.Credential == target.Credential)) return new LostDevice(known, reason);
        ProbeResult probe = await SystemProbe.AskAsync(engine.Open(target), cancellationToken);
        return probe.Reason is null ? null : new LostDevice(known, probe.Reason);
    }

    private async Task<ImmutableArray<DeviceId>> SaveAsync(DiscoveryRecord discovery, List<Visit> ended, CancellationToken cancellationToken)
    {
        CollectedDevice[] collected = [.. ended.Select(visit => visit.Device).OfType<CollectedDevice>().Select(device => AtLoopback(discovery.Plan, device))];
        ImmutableArray<DeviceId> ids = collected.Length == 0 ? [] : await devices.SaveAsync(collected, cancellationToken);
        int next = 0;
        DateTimeOffset now = time.GetUtcNow();
        var jobs = ended.Select(visit => new DiscoveryJob(
            discovery.Id, discovery.Run, visit.Address, visit.Device?.Snapshot.Identity.SysName, visit.Outcome, visit.Reason,
            visit.Device is null ? null : ids[next++], visit.StartedAt, now));
        await writer.CommitAsync([new SaveDiscoveryJobs(discovery.Id, discovery.Run, [.. jobs])], cancellationToken);
        return ids;
    }

    private static CollectedDevice AtLoopback(DiscoveryPlan plan, CollectedDevice device)
    {
        const int SoftwareLoopback = 24; // IANAifType
        if (!plan.PreferLoopback) return device;
        var loopbacks = device.Snapshot.Interfaces.Where(port => port.Type == SoftwareLoopback).Select(port => port.Index).ToHashSet();
        Ipv4Address own = device.Snapshot.Addresses.Where(entry => loopbacks.Contains(entry.Interface) && !entry.Address.IsLoopback)
            .Select(entry => entry.Address).Order().FirstOrDefault();
        return own.IsUnspecified ? device : device with { ManagementAddress = own };
    }

    private sealed record Visit(Ipv4Address Address, DateTimeOffset StartedAt, JobOutcome Outcome, string? Reason)
    {
        public CollectedDevice? Device { get; init; }

        /// <summary>Nothing at all has come from there.</summary>
        public bool IsSilent { get; init; }

        /// <summary>A known device that this address no longer leads to.</summary>
        public LostDevice? Lost { get; init; }
    }

    /// <param name="Since">Timestamp.</param>
    private sealed record Underway(Task<Visit> Visit, long Since);

    private sealed record LostDevice(DeviceId Device, string Reason);
}
