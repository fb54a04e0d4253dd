using System.Collections.Immutable;
using System.Diagnostics;
using Towpath.Network;
using Towpath.Snmp;

namespace Towpath.Collection;

/// <summary>
/// Reads devices, each source by source, with one request in flight. Whoever wants facts of a device comes through here. Safe to use for
/// many devices at once.
/// </summary>
public sealed class DeviceCollector(SnmpAccess snmp, TimeProvider time)
{
    private readonly SlowTables _slow = new(time);

    public CollectionLimits Limits { get; init; } = CollectionLimits.Default;

    /// <summary>What is read, in this order.</summary>
    internal ImmutableArray<DeviceSource> Sources { get; init; } = DeviceSource.All;

    /// <summary>One question: is the device there, and does it take the credential?</summary>
    public async Task<ProbeResult> AskAsync(DeviceAccess access, CancellationToken cancellationToken) =>
        ProbeResult.Of(await SystemGroup.AskAsync(snmp.Open(access), cancellationToken));

    /// <summary>
    /// A reboot in the middle voids everything read so far (indexes may have changed): the walk is begun again once. A device that
    /// stops answering in the middle gives no snapshot either, because then nobody knows whether it rebooted.
    /// </summary>
    public Task<CollectionResult> CollectAsync(DeviceAccess access, CancellationToken cancellationToken) =>
        CollectAsync(access, static () => { }, cancellationToken);

    /// <inheritdoc cref="CollectAsync(DeviceAccess, CancellationToken)"/>
    /// <param name="onSlow">
    /// Called when a table brings no facts for the first time: it is asked slowly from then on and costs next to nothing. On the engine's
    /// receive path, so it must be quick.
    /// </param>
    public Task<CollectionResult> CollectAsync(DeviceAccess access, Action onSlow, CancellationToken cancellationToken) =>
        CollectAsync(access, onSlow, null, cancellationToken);

    /// <summary>
    /// Reads a known device's tables again that are due. One that restarted since, or names itself another, is read whole: its indexes may
    /// have changed. One that is busy keeps what it told; see <see cref="CollectionResult.Waiting"/>.
    /// </summary>
    public Task<CollectionResult> CollectAgainAsync(DeviceAccess access, Again again, CancellationToken cancellationToken) =>
        CollectAsync(access, static () => { }, again, cancellationToken);

    /// <summary>One question: does the device answer, and does it say that something has changed?</summary>
    public Task<Pulse> PulseAsync(DeviceAccess access, CancellationToken cancellationToken) =>
        PulseQuestion.AskAsync(snmp.Open(access), cancellationToken);

    private async Task<CollectionResult> CollectAsync(
        DeviceAccess access, Action onSlow, Again? again, CancellationToken cancellationToken)
    {
        long begun = Stopwatch.GetTimestamp();
        CollectionResult result = await WalkTwiceAsync(access, onSlow, again, cancellationToken);
        CollectionMeters.Read(result, again is not null, Stopwatch.GetElapsedTime(begun));
        return result;
    }

    private async Task<CollectionResult> WalkTwiceAsync(
        DeviceAccess access, Action onSlow, Again? again, CancellationToken cancellationToken)
    {
        const int attempts = 2;
        ISnmpSession session = snmp.Open(access);
        for (int attempt = 1; attempt <= attempts; attempt++)
        {
            if (await WalkAsync(session, onSlow, again, cancellationToken) is { } result) return result;
        }
        return new CollectionResult(null,
            $"{access.Name} restarted during each of {attempts} walks, so its tables do not belong together. "
                + "Collect it again when it stays up.");
    }

    /// <summary>Null when the device rebooted meanwhile.</summary>
    private async Task<CollectionResult?> WalkAsync(
        ISnmpSession session, Action onSlow, Again? again, CancellationToken cancellationToken)
    {
        SystemGroup before = await SystemGroup.AskAsync(session, cancellationToken);
        if (before.Status != SnmpStatus.Ok) return new CollectionResult(null, before.Reason);

        var run = new CollectionRun(session, time, Limits, _slow) { OnSlow = onSlow };
        before.Record(run);
        Renewal? renewal = again is not null && before.Continues(again.Stored) ? new Renewal(run, Sources, again) : null;
        CountersReading? counters = await ReadSourcesAsync(run, renewal, again, cancellationToken);
        if (run.Lost is { } lost) return new CollectionResult(null, lost.Reason);
        if (before.IsHidden && run.Draft.Of(TableReading.Layout).TrueForAll(reading => reading.Rows == 0))
            return new CollectionResult(null, before.Reason);

        TimeSpan elapsed = run.Elapsed; // until the question: a late answer may have been written early
        UptimeReading after = await SystemGroup.AskUptimeAsync(run, cancellationToken);
        if (after.Status != SnmpStatus.Ok)
            return new CollectionResult(null, $"Stopped answering at the end of its walk. {after.Reason}");
        if (UpTime.HasRestarted(before.UptimeTicks, after.Ticks, elapsed)) return null;
        DeviceSnapshot snapshot = run.Draft.ToSnapshot();
        var result = new CollectionResult(renewal?.Complete(snapshot) ?? snapshot, null)
        {
            Counters = counters is null ? null : counters with { UpTimeTicks = after.Ticks },
        };
        return renewal is null ? result : result with { Waiting = renewal.Waiting };
    }

    /// <returns>The interfaces' counters, where they were due and came.</returns>
    private async Task<CountersReading?> ReadSourcesAsync(
        CollectionRun run, Renewal? renewal, Again? again, CancellationToken cancellationToken)
    {
        await DeviceScalars.ReadAsync(run, cancellationToken);
        await run.FindServedAsync([.. Sources.Where(source => renewal?.IsDue(source) != false).OfType<SnmpSource>()
            .SelectMany(source => source.Tables).Where(table => !RouteTables.IsTooLarge(run, table))], cancellationToken);
        if (renewal is null)
        {
            foreach (DeviceSource source in Sources) await source.ReadAsync(run, cancellationToken);
            return await IfCounters.ReadAsync(run, cancellationToken);
        }
        var restraint = new Restraint(run, again!.Usual, cancelled => StatisticsReader.ReadLoadAsync(run.Session, time, cancelled));
        string? wait = null;
        foreach (DeviceSource source in Sources)
        {
            if (!renewal.IsDue(source))
            {
                renewal.Keep(source, postponed: null);
                continue;
            }
            bool costs = source.CostsARequest(run);
            if (costs) wait ??= await restraint.WhyWaitAsync(cancellationToken);
            if (costs && wait is not null && !renewal.Completes(source)) renewal.Keep(source, wait);
            else await renewal.ReadAsync(source, cancellationToken);
        }
        // As often as what packets change: an average of a day says nothing. The end of the walk tells the time of the counters.
        return wait is null && again!.Tiers.Contains(CollectionTier.Learned) ? await IfCounters.ReadAsync(run, cancellationToken) : null;
    }
}

/// <param name="Snapshot">Null when there is none to trust: no answer, no right, or restarts in the middle.</param>
/// <param name="Reason">Why there is none, in words for the operator; null with a snapshot, whose readings have their own reasons.</param>
public sealed record CollectionResult(DeviceSnapshot? Snapshot, string? Reason)
{
    /// <summary>What was due of a known device and was left for later, since it is busy; its tables' readings say so.</summary>
    public IReadOnlySet<CollectionTier> Waiting { get; init; } = ImmutableHashSet<CollectionTier>.Empty;

    /// <summary>The interfaces' counters; null where they were not due or did not come whole.</summary>
    public CountersReading? Counters { get; init; }
}
