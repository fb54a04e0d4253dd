using System.Collections.Immutable;
using Towpath.Network;
using Towpath.Tasks;

namespace Towpath.Inventory;

/// <summary>Reads what is kept of interface counters. Everything that was committed is visible.</summary>
public interface ILoadStore
{
    /// <summary>Of those of the devices of which something is kept.</summary>
    Task<ImmutableDictionary<DeviceId, DeviceLoad>> LoadsAsync(ImmutableArray<DeviceId> devices, CancellationToken cancellationToken);
}

/// <summary>Replaces what is kept of a device's interface counters, encoded. Takes effect when the device is known.</summary>
public sealed record SaveLoad(DeviceId Device, ImmutableArray<byte> Load) : Write;
