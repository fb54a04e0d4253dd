using Towpath.Network;
using Towpath.Tasks;

namespace Towpath.Inventory;

/// <summary>
/// How often devices are read again on their own: what callers may know and set. The intervals are those of a whole collection, see
/// <see cref="Intervals"/>; zero is off. Off as the default is off for all.
/// </summary>
public sealed class CollectionSchedule(IScheduleStore store, InventoryWork work, TimeProvider time)
{
    /// <summary>The default.</summary>
    public Task<TimeSpan> IntervalAsync(CancellationToken cancellationToken) => store.IntervalAsync(cancellationToken);

    /// <summary>As it is in force for the device; an access point is read with its controller.</summary>
    public async Task<TimeSpan> IntervalOfAsync(DeviceId device, CancellationToken cancellationToken) =>
        (await store.FindAsync(device, cancellationToken))?.Interval ?? await store.IntervalAsync(cancellationToken);

    /// <param name="device">Null: the default.</param>
    /// <param name="interval">
    /// Zero, or from <see cref="Intervals.Least"/> to <see cref="Intervals.Most"/>. Null: a device follows the default; the default is
    /// <see cref="Intervals.Default"/>.
    /// </param>
    /// <exception cref="WriterFullException">Nothing was accepted.</exception>
    public Task<TaskRecord> SetAsync(string user, DeviceId? device, TimeSpan? interval, CancellationToken cancellationToken)
    {
        int? seconds = interval is { } set ? (int)set.TotalSeconds : null;
        string whose = device is { } one ? $"of device {one}" : "of all devices";
        string progress = seconds switch
        {
            null => $"The collection {whose} follows the default",
            0 => $"The collection {whose} is paused",
            _ => $"The collection {whose} is repeated every {seconds} seconds",
        };
        var write = new SetCollectionInterval(device?.Value, seconds, time.GetUtcNow());
        return work.ConfigureAsync(user, progress, [write], cancellationToken);
    }
}
