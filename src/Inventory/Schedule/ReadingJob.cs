using System.Globalization;
using Microsoft.Extensions.Logging;
using Towpath.Network;
using Towpath.Tasks;

namespace Towpath.Inventory;

/// <summary>
/// Reads the devices of one shard again, each tier in its interval: a run finds all that are due, by the times in their rows, so a restart
/// forgets none and begins with the longest due, and a process that dies leaves to the next only what it was about to read. A process reads
/// so many at once and no more; a run goes on while one is read, and takes who is due meanwhile.
/// </summary>
#pragma warning disable CA1001 // a semaphore that nobody waits for with a thread holds nothing to dispose
internal sealed class ReadingJob(
    IScheduleStore store, Devices devices, IDeviceReader reader, IWriter writer, TimeProvider time, ILogger<ReadingJob> logger) : ISerialJob
#pragma warning restore CA1001
{
    public const string JobKind = "device-reading-shard";

    /// <summary>A slow one holds up no other; a discovery has more, since somebody waits for it.</summary>
    public const int AtOnce = 16;

    private readonly SemaphoreSlim _places = new(AtOnce); // of all shards that this process has

    public string Kind => JobKind;

    public JobWork Work => JobWork.Shard;

    public async Task RunAsync(string key, CancellationToken cancellationToken)
    {
        int shard = int.Parse(key, CultureInfo.InvariantCulture);
        var running = new Dictionary<DeviceId, Task>();
        do
        {
            // As many as there are places: some of them are those that are read now.
            foreach (ScheduledDevice device in await store.ReadingDueAsync(time.GetUtcNow(), shard, AtOnce, cancellationToken))
                if (running.Count < AtOnce && !running.ContainsKey(device.Id))
                    running.Add(device.Id, TakeTurnAsync(device, cancellationToken));
            if (running.Count == 0) return;
            TimeSpan look = running.Count < AtOnce ? ReadingLook.Pace : Timeout.InfiniteTimeSpan;
            await Task.WhenAny([.. running.Values, Task.Delay(look, time, cancellationToken)]);
            foreach ((DeviceId ended, _) in running.Where(turn => turn.Value.IsCompleted).ToList()) running.Remove(ended);
        }
        while (!cancellationToken.IsCancellationRequested);
        await Task.WhenAll(running.Values);
    }

    private async Task TakeTurnAsync(ScheduledDevice device, CancellationToken cancellationToken)
    {
        bool hasPlace = false;
        try
        {
            await _places.WaitAsync(cancellationToken);
            hasPlace = true;
            await SaveAsync(await ReadAsync(device, cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
#pragma warning disable CA1031 // it is this device's turn, and logged; the others' go on
        catch (Exception exception)
#pragma warning restore CA1031
        {
            logger.TurnFailed(exception, device.Id);
            await SaveAsync(new SaveReading(device.Id, time.GetUtcNow() + Intervals.BetweenChanges, device.Reading, AskNow: null));
        }
        finally
        {
            if (hasPlace) _places.Release();
        }

        Task SaveAsync(SaveReading turn) => StorageOutage.RideOutAsync(() => writer.CommitAsync([turn], cancellationToken), time,
            problem => logger.TurnPostponed(device.Id, problem.Message), cancellationToken);
    }

    private async Task<SaveReading> ReadAsync(ScheduledDevice device, CancellationToken cancellationToken)
    {
        DateTimeOffset begun = time.GetUtcNow();
        if (devices.Find(device.Id) is not { } record || devices.Facts(device.Id) is not { } known)
            return Later(begun + Intervals.BetweenChanges); // removed, and its row with it; or to be discovered first
        // Whoever is unreachable is asked for nothing but whether it is back; then everything is due.
        if (record.UnreachableReason is not null) return Later(begun + Intervals.Pulse);
        var plan = new ReadingPlan(device, known.Snapshot);
        IReadOnlySet<CollectionTier> due = plan.DueBy(begun);
        if (due.Count == 0) return Later(plan.NextAt); // read by others, or at rest
        if (await devices.AccessAsync(device.Id, cancellationToken) is not { } access) return Later(begun + Intervals.BetweenChanges);

        long from = time.GetTimestamp();
        DeviceAnswer answer = await reader.ReadAgainAsync(
            access, known.Snapshot, due, device.Pulse.UsualAnswer(), cancellationToken);
        TimeSpan took = time.GetElapsedTime(from);
        DateTimeOffset ended = time.GetUtcNow();
        string? reason = answer.Snapshot is { } snapshot
            ? await SaveAsync(record, known, access, snapshot, answer.Counters, cancellationToken) : answer.Reason ?? "It gave no answer.";
        if (reason is not null)
        {
            logger.NotReadAgain(record.ManagementAddress, reason);
            ReadingNotes failed = ReadingPlan.AfterFailure(device.Reading, ended, took);
            return new SaveReading(device.Id, failed.RestsUntil!.Value, failed, AskNow: answer.Snapshot is null ? ended : null);
        }
        ScheduledDevice read = device with { Reading = ReadingPlan.After(device.Reading, due, answer.Waiting, ended, took) };
        DeviceSnapshot told = devices.Facts(device.Id)?.Snapshot ?? known.Snapshot;
        return new SaveReading(device.Id, new ReadingPlan(read, told).NextAt, read.Reading, AskNow: null);

        SaveReading Later(DateTimeOffset at) => new(device.Id, at, device.Reading, AskNow: null);
    }

    /// <returns>Null when all is well, else why nothing of it was kept.</returns>
    private async Task<string?> SaveAsync(
        DeviceRecord record, NetworkDevice known, DeviceAccess access, DeviceSnapshot snapshot, CountersReading? counters,
        CancellationToken cancellationToken)
    {
        var collected = new CollectedDevice(record.ManagementAddress, snapshot, Secrets.Access(record.Access, access.Credential))
        {
            Counters = counters,
        };
        DeviceId? saved = await WriteAsync(() => devices.SaveRenewedAsync(known, collected, cancellationToken));
        if (saved is null) return "It was read or removed by somebody else meanwhile.";
        if (saved == record.Id) return null;
        string reason = $"Another device, {snapshot.Identity.SysName} ({saved}), answers there now.";
        await WriteAsync(() => devices.MarkUnreachableAsync(record, reason, cancellationToken));
        return reason;

        Task<T> WriteAsync<T>(Func<Task<T>> write) => StorageOutage.RideOutAsync(
            write, time, problem => logger.TurnPostponed(record.Id, problem.Message), cancellationToken);
    }
}
