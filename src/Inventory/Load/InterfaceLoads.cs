using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using Towpath.Network;
using Towpath.Tasks;

namespace Towpath.Inventory;

/// <summary>
/// Keeps the last interval of each interface's counters, beside the facts: counters move all the time, and are no change of the network.
/// There is no state in the process, so whichever process reads a device next goes on.
/// </summary>
public sealed class InterfaceLoads(ILoadStore store, IWriter writer, ILogger<InterfaceLoads> logger)
{
    /// <summary>
    /// While the database cannot be used nothing is kept, and nobody waits: the next reading tells more than this one.
    /// </summary>
    internal async Task SaveAsync(ImmutableArray<(DeviceId Device, CountersReading? Counters)> told, CancellationToken cancellationToken)
    {
        (DeviceId Device, CountersReading? Counters)[] read =
            [.. told.Where(one => one.Counters is not null).DistinctBy(one => one.Device)];
        if (read.Length == 0) return;
        try
        {
            var known = await store.LoadsAsync([.. read.Select(one => one.Device)], cancellationToken);
            var writes = ImmutableArray.CreateBuilder<Write>();
            foreach ((DeviceId device, CountersReading? counters) in read)
            {
                DeviceLoad? before = known.GetValueOrDefault(device);
                DeviceLoad after = DeviceLoad.After(before, counters!);
                if (ReferenceEquals(after, before)) continue;
                writes.Add(new SaveLoad(device, ImmutableCollectionsMarshal.AsImmutableArray(DeviceLoadCodec.Encode(after))));
            }
            if (writes.Count > 0) await writer.CommitAsync(writes.DrainToImmutable(), cancellationToken);
        }
        catch (StorageUnavailableException problem)
        {
            logger.LoadsNotKept(read.Length, problem.Message);
        }
    }
}
