using System.Collections.Immutable;
using Towpath.Network;
using Towpath.Tasks;

namespace Towpath.Inventory;

/// <summary>A device just read.</summary>
/// <param name="ManagementAddress">The address it answered at.</param>
public sealed record CollectedDevice(Ipv4Address ManagementAddress, DeviceSnapshot Snapshot, AccessSettings Access)
{
    /// <summary>True: the address replaces the one the device is known by, for instance because loopbacks are preferred.</summary>
    public bool AddressIsPreferred { get; init; }

    /// <summary>The interfaces' counters, read with it; null where there are none.</summary>
    public CountersReading? Counters { get; init; }
}

/// <summary>What the inventory keeps of a device beside its snapshot.</summary>
/// <param name="AddedAt">When it was first collected.</param>
public sealed record DeviceRecord(DeviceId Id, Ipv4Address ManagementAddress, StoredAccess Access, DateTimeOffset AddedAt)
{
    /// <summary>When it last answered a whole collection. Its facts are as old as this.</summary>
    public required DateTimeOffset CollectedAt { get; init; }

    /// <summary>sysUpTime then.</summary>
    public TimeSpan SysUpTime { get; init; }

    /// <summary>The digest of the stored snapshot; see <see cref="SaveDevice"/>.</summary>
    public required string SnapshotDigest { get; init; }

    /// <summary>Why the last attempt to read it failed, in words an operator can act on; null while it is reachable.</summary>
    public string? UnreachableReason { get; init; }

    /// <summary>When this record last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>
/// Adds a new device, or replaces the record of a known one, which makes it reachable. Takes no effect when a known one is there no more.
/// </summary>
/// <param name="Snapshot">Encoded; null when the facts have not changed since the last one, so never of a new device.</param>
public sealed record SaveDevice(DeviceRecord Device, ImmutableArray<byte>? Snapshot, bool IsNew) : Write
{
    /// <summary>What the save says that the one before it did not; stored when it takes effect.</summary>
    public ImmutableArray<NetworkEvent> Events { get; init; } = [];
}

/// <summary>Takes no effect when the device is not known.</summary>
public sealed record MarkUnreachable(DeviceId Id, string Reason, DateTimeOffset At) : Write
{
    /// <inheritdoc cref="SaveDevice.Events"/>
    public ImmutableArray<NetworkEvent> Events { get; init; } = [];
}

/// <summary>Removes the device with its snapshots and role. Takes no effect when it is not known.</summary>
public sealed record DeleteDevice(DeviceId Id) : Write
{
    /// <inheritdoc cref="SaveDevice.Events"/>
    public ImmutableArray<NetworkEvent> Events { get; init; } = [];
}

/// <summary>
/// Deletes the facts of these devices that held no more at that time; each keeps what it told last. A save does the same for its own
/// device. Takes effect when there were any.
/// </summary>
public sealed record PruneSnapshots(ImmutableArray<DeviceId> Devices, DateTimeOffset Before) : Write
{
    /// <summary>A device's facts of earlier times are kept for so long.</summary>
    public static TimeSpan KeptFor { get; } = TimeSpan.FromDays(14);
}

/// <summary>The operator's word on a device's or access point's role; null gives it back to the rule.</summary>
public sealed record SetRole(DeviceId Id, DeviceRole? Role) : Write;
