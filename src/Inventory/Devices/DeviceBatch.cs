using System.Collections.Immutable;
using Towpath.Network;
using Towpath.Tasks;

namespace Towpath.Inventory;

/// <summary>Collected devices, identified and ready to be written: commit <see cref="Writes"/>, with others of yours, then <see cref="Devices.Apply"/>.</summary>
public sealed class DeviceBatch
{
    internal DeviceBatch(
        ImmutableArray<DeviceId> ids, ImmutableArray<DeviceRecord> records, ImmutableArray<NetworkDevice> devices, ImmutableArray<Write> writes)
    {
        Ids = ids;
        Records = records;
        Devices = devices;
        Writes = writes;
    }

    /// <summary>One for each collected device, in the order they were given; twice the same when one device was collected twice.</summary>
    public ImmutableArray<DeviceId> Ids { get; }

    public ImmutableArray<Write> Writes { get; }

    internal ImmutableArray<DeviceRecord> Records { get; }

    internal ImmutableArray<NetworkDevice> Devices { get; }
}
