using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Towpath.Collection;
using Towpath.Inventory;
using Towpath.Network;
using Towpath.Tasks;

namespace Towpath.Discovery;

/// <summary>
/// Asks addresses, collects the devices that answer, saves them as they come, and follows their neighbors where the scope says so. A known
/// device that does not answer any more is marked unreachable.
/// </summary>
internal sealed class Survey(
    DeviceCollector collector, Devices devices, DeviceReach reach, IDiscoveryStore store, IWriter writer, Places places, TimeProvider time,
    ILogger<Survey> logger)
{
    /// <summary>How many places there are: so many answers at once, which fill their datagrams, fit a socket's usual buffer.</summary>
    public const int Together = 64;

    // A device with big tables takes minutes, most of them for itself.
    private static readonly TimeSpan s_collecting = TimeSpan.FromSeconds(3);
    private const int Collected = 512;

    // Of the doubtful ones, some show what their kinds are like; the last of the others are not to be held up by the rest.
    private const int DoubtedFirst = 2, Doubted = 16;

    // Some 2,000 silent addresses in a second: the timeouts of many overlap, and routers still keep up with looking for them (ARP).
    private static readonly TimeSpan s_asking = TimeSpan.FromMilliseconds(31);
    private const int Asked = 16_384;

    private const int Few = 16;
    private const int SavedAtOnce = 512;

    /// <summary>A neighbor has announced itself, and a few addresses are meant; a range is searched.</summary>
    public static bool IsExpected(DiscoveryScope scope) => scope.Kind.IsCrawl() || scope.Given().Take(Few + 1).Count() <= Few;

    /// <param name="done">What was saved of this run before, when it was cut short; it is not repeated.</param>
    /// <returns>How many devices were found; null when the discovery was stopped, started again or deleted meanwhile.</returns>
    public async Task<int?> RunAsync(
        DiscoveryRecord discovery, ImmutableArray<AccessCandidate> candidates, ImmutableArray<DiscoveryJob> done,
        CancellationToken cancellationToken)
    {
        DiscoveryScope scope = discovery.Plan.Scope([])
            ?? throw new InvalidOperationException(
                $"Discovery {discovery.Id} was stored with the unreadable addresses '{discovery.Plan.AddressList}'.");
        bool isExpected = IsExpected(scope);
        if (discovery.Part is { } part) scope = scope.In(part.Range);
        var others = new OtherParts(discovery, store, devices, time, logger);
        var frontier = new Frontier(scope, discovery.Plan.Level, discovery.Plan.Budget, reach);
        var withheld = new WithheldList(discovery, frontier, writer, time);
        frontier.AddGiven();
        var visitor = new Visitor(collector, devices, time, candidates, isExpected);
        using var run = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var answered = new Answered();
        HashSet<DeviceId> found = [];
        var doneAt = done.Where(job => job.Run == discovery.Run).ToDictionary(job => job.Address);
        using Places.Guest guest = places.Enter(discovery.Id);
        // Devices that have answered come before those that are asked: nobody is timed while many others are collected. A slow one holds a
        // place for as long as one that is asked.
        var turns = new Turns<Visit>(
            guest,
            new(s_collecting, Collected, stepAside => Collect(answered.NextQuick(), stepAside)),
            new(s_asking, Collected, stepAside => Collect(answered.NextSlow(), stepAside)),
            new(s_collecting, DoubtedFirst, stepAside => Collect(answered.NextDoubtful(), stepAside)),
            new(s_asking, Asked, _ => Ask()),
            new(s_collecting, Doubted, stepAside => Collect(answered.NextDoubtful(), stepAside)));
        Task<bool> saving = Task.FromResult(true);
        try
        {
            while (await turns.TakeAsync(SavedAtOnce, run.Token) is { Count: > 0 } visits)
            {
                foreach (Visit visit in visits)
                {
                    if (visit.Contact is not null) answered.Add(visit);
                    if (visit.Device is { } device) frontier.Collected(visit.Address, device.Snapshot);
                    if (visit.Outcome == JobOutcome.Failed) logger.NotCollected(discovery.Id, visit.Address, visit.Reason);
                }
                if (!await saving) return null;
                await withheld.SaveAsync(run.Token);
                saving = SaveAsync(discovery, [.. visits.Where(visit => visit.Contact is null)], found, others, run.Token);
            }
            if (!await saving) return null;
            await withheld.EndAsync(run.Token);
            return found.Count;
        }
        catch (OperationCanceledException)
        {
            await withheld.StoppedAsync();
            throw;
        }
        finally
        {
            await run.CancelAsync(); // after a failure, nobody takes what is under way
        }

        Task<Visit>? Ask()
        {
            while (frontier.Next() is { } address)
            {
                if (IsDone(address)) continue;
                return frontier.IsOwned(address)
                    ? Task.FromResult(Duplicate(address, time.GetUtcNow()))
                    : AloneAsync(address, time.GetUtcNow(), AskAsync(address));
            }
            return null;
        }

        // A device of which nothing is known any more is read again.
        bool IsDone(Ipv4Address address)
        {
            if (!doneAt.Remove(address, out DiscoveryJob? job)) return false;
            if (job.Device is not { } device) return true;
            if (devices.Facts(device) is not { } known) return false;
            frontier.Collected(address, known.Snapshot);
            found.Add(device);
            return true;
        }

        Task<Visit>? Collect(Visit? next, Action stepAside) => next is not { Contact: { } contact } ? null
            : frontier.IsOwned(next.Address) ? Task.FromResult(Duplicate(next.Address, next.StartedAt))
            : AloneAsync(next.Address, next.StartedAt, CollectAsync(next, contact, stepAside));

        async Task<Visit> AskAsync(Ipv4Address address) => await others.HaveAsync(address, run.Token)
            ? Duplicate(address, time.GetUtcNow()) : await visitor.AskAsync(address, run.Token);

        async Task<Visit> CollectAsync(Visit visit, Contact contact, Action stepAside)
        {
            if (await others.HaveAsync(visit.Address, run.Token)) return Duplicate(visit.Address, visit.StartedAt);
            bool invents = false;
            Visit collected = await visitor.CollectAsync(visit, contact, OnSlow, run.Token);
            if (!invents && collected.Device is not null) answered.ReadWell(contact.Kind);
            return collected;

            void OnSlow()
            {
                invents = true;
                answered.Invents(contact.Kind);
                stepAside();
            }
        }

        static Visit Duplicate(Ipv4Address address, DateTimeOffset at) =>
            new(address, at, JobOutcome.Duplicate, DiscoveryJob.OfAnother);

        // The other devices are not to suffer, whatever one device leads us to.
        async Task<Visit> AloneAsync(Ipv4Address address, DateTimeOffset startedAt, Task<Visit> visit)
        {
            try
            {
                return await visit;
            }
#pragma warning disable CA1031 // it is this visit's outcome, and logged
            catch (Exception exception) when (!run.IsCancellationRequested)
#pragma warning restore CA1031
            {
                return Broken(discovery, new Visit(address, startedAt, JobOutcome.Failed, null), exception);
            }
        }
    }

    /// <returns>False: this run is not the discovery's any more.</returns>
    private async Task<bool> SaveAsync(
        DiscoveryRecord discovery, ImmutableArray<Visit> ended, HashSet<DeviceId> found, OtherParts others,
        CancellationToken cancellationToken)
    {
        if (ended.Length == 0) return true;
        ended = await SaveDevicesAsync(discovery, ended, cancellationToken);
        DateTimeOffset now = time.GetUtcNow();
        var jobs = ended.Select(visit => new DiscoveryJob(discovery.Id, discovery.Run, visit.Address, visit.Outcome)
        {
            Name = visit.Device?.Snapshot.Identity.SysName,
            Reason = visit.Reason,
            Device = visit.Saved,
            StartedAt = visit.StartedAt,
            EndedAt = now,
            Credential = visit.Credential,
        });
        var save = new SaveDiscoveryJobs(discovery.Id, discovery.Run, [.. jobs], discovery.Runner) { Part = discovery.Part?.Number };
        if (!(await StoredAsync(() => writer.CommitAsync([save], cancellationToken)))[0]) return false;

        found.UnionWith(ended.Select(visit => visit.Saved).OfType<DeviceId>());
        // One that answered this very run at another of its addresses is there.
        foreach (LostDevice lost in ended.Select(visit => visit.Lost).OfType<LostDevice>().Where(lost => !found.Contains(lost.Known.Id)))
        {
            if (await others.HaveAsync(lost.Known.Id, cancellationToken)) continue;
            await StoredAsync(() => devices.MarkUnreachableAsync(lost.Known, lost.Reason, cancellationToken));
        }
        return true;

        Task<T> StoredAsync<T>(Func<Task<T>> work) => this.StoredAsync(discovery, work, cancellationToken);
    }

    /// <summary>All in one transaction; where something in them cannot be stored each alone, so that it is one device's failure.</summary>
    private async Task<ImmutableArray<Visit>> SaveDevicesAsync(
        DiscoveryRecord discovery, ImmutableArray<Visit> visits, CancellationToken cancellationToken)
    {
        CollectedDevice[] collected =
            [.. visits.Select(visit => visit.Device).OfType<CollectedDevice>().Select(device => AtLoopback(discovery.Plan, device))];
        if (collected.Length == 0) return visits;
        try
        {
            ImmutableArray<DeviceId> ids =
                await StoredAsync(discovery, () => devices.SaveAsync(collected, cancellationToken), cancellationToken);
            int next = 0;
            return [.. visits.Select(visit => visit.Device is null ? visit : visit with { Saved = ids[next++] })];
        }
#pragma warning disable CA1031 // it is this device's outcome, and logged
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            if (visits.Length == 1) return [Broken(discovery, visits[0], exception)];
        }
        var saved = ImmutableArray.CreateBuilder<Visit>(visits.Length);
        foreach (Visit visit in visits) saved.AddRange(await SaveDevicesAsync(discovery, [visit], cancellationToken));
        return saved.MoveToImmutable();
    }

    private Task<T> StoredAsync<T>(DiscoveryRecord discovery, Func<Task<T>> work, CancellationToken cancellationToken) =>
        StorageOutage.RideOutAsync(work, time, problem => logger.StoragePostponed(discovery.Id, problem.Message), cancellationToken);

    private Visit Broken(DiscoveryRecord discovery, Visit visit, Exception exception)
    {
        logger.VisitBroken(exception, discovery.Id, visit.Address);
        return visit with
        {
            Outcome = JobOutcome.Failed,
            Reason = $"{visit.Address} was not collected, by a fault of this program: {exception.Message} The log says more; report it.",
        };
    }

    private static CollectedDevice AtLoopback(DiscoveryPlan plan, CollectedDevice device) =>
        plan.PreferLoopback && OwnAddresses.Loopback(device.Snapshot, device.Access.Ranges.Allow) is { } loopback
            ? device with { ManagementAddress = loopback }
            : device;
}
