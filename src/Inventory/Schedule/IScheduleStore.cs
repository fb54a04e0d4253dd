using System.Collections.Immutable;
using Towpath.Network;
using Towpath.Tasks;

namespace Towpath.Inventory;

/// <summary>Reads of the schedule. Everything that was committed is visible.</summary>
public interface IScheduleStore
{
    /// <summary>
    /// Those to be asked whether they are there, the longest due first. Also those that are planned for after
    /// <see cref="Intervals.LongestPlan"/>: the clock was put back meanwhile.
    /// </summary>
    Task<ImmutableArray<ScheduledDevice>> PulseDueAsync(DateTimeOffset now, int most, CancellationToken cancellationToken);

    /// <summary>Those of one shard to be read; the same.</summary>
    Task<ImmutableArray<ScheduledDevice>> ReadingDueAsync(DateTimeOffset now, int shard, int most, CancellationToken cancellationToken);

    /// <summary>The shards in which devices are to be read, that of the longest due first.</summary>
    Task<ImmutableArray<int>> ShardsDueAsync(DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Null when the device is not known.</summary>
    Task<ScheduledDevice?> FindAsync(DeviceId device, CancellationToken cancellationToken);

    /// <summary>The default; zero: off, for every device.</summary>
    Task<TimeSpan> IntervalAsync(CancellationToken cancellationToken);
}

/// <summary>Sets how often devices are read. Takes no effect on a device that is not known.</summary>
/// <param name="Device">Null: the default. Off as the default is off for every device.</param>
/// <param name="Seconds">0: off. Null: the default again, for every device that has no interval of its own.</param>
/// <param name="At">What was off begins after that, spread over the first intervals.</param>
public sealed record SetCollectionInterval(Guid? Device, int? Seconds, DateTimeOffset At) : Write;

/// <summary>
/// After a question. Takes no effect when the device is not known; one whose schedule was switched off meanwhile stays off.
/// </summary>
/// <param name="ReadBy">It is read no later than that; null: as it is.</param>
public sealed record SavePulse(DeviceId Id, DateTimeOffset NextAt, PulseNotes Notes, DateTimeOffset? ReadBy) : Write
{
    /// <inheritdoc cref="ScheduledDevice.SilentIn"/>
    public Prefix? SilentIn { get; init; }
}

/// <summary>
/// Counts who is silent in the subnet, whichever process asked, and says so by an event. Takes effect once for each outage: when it is one
/// that was not told before.
/// </summary>
/// <param name="Devices">So many are in the subnet.</param>
public sealed record ConcludeSubnet(Prefix Subnet, int Devices, DateTimeOffset At) : Write;

/// <summary>After a reading; the rest as <see cref="SavePulse"/>.</summary>
/// <param name="AskNow">It did not answer: it is asked at once whether it is there.</param>
public sealed record SaveReading(DeviceId Id, DateTimeOffset NextAt, ReadingNotes Notes, DateTimeOffset? AskNow) : Write;

/// <summary>Takes no effect when the device is not known.</summary>
public sealed record MarkReachable(DeviceId Id, DateTimeOffset At) : Write
{
    /// <inheritdoc cref="SaveDevice.Events"/>
    public ImmutableArray<NetworkEvent> Events { get; init; } = [];
}
