using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Towpath.Network;

namespace Towpath.Inventory;

/// <summary>
/// Which of the known devices one is that has answered. Changes as the inventory does, one after another; a discovery asks meanwhile.
/// </summary>
internal sealed class Recognition(Secrets secrets, TimeProvider time, ILogger logger)
{
    private readonly Lock _lock = new();
    private readonly IdentityIndex _identities = new();

    /// <summary>The devices whose management address this is.</summary>
    public ImmutableArray<DeviceId> ManagedAt(Ipv4Address address)
    {
        lock (_lock) return _identities.ManagedAt(address);
    }

    /// <summary>The devices whose own address this is, by what they say.</summary>
    public ImmutableArray<DeviceId> Having(Ipv4Address address)
    {
        lock (_lock) return _identities.Having(address);
    }

    /// <summary>
    /// The record of the known device that this one is, as it will be, or of a new one. The id stays with it even when the commit fails:
    /// who knows what a failing disk has kept.
    /// </summary>
    public (DeviceId Id, DeviceRecord Record) Recognize(CollectedDevice device, string digest, DeviceId? only, InventoryState state)
    {
        DateTimeOffset now = time.GetUtcNow();
        DeviceKeys keys = DeviceKeys.Of(device.ManagementAddress, device.Snapshot);
        lock (_lock)
        {
            DeviceId? same = only is { } one && _identities.MayBe(one, keys) ? one : _identities.Find(keys, IsSilent);
            DeviceId id = same ?? new DeviceId(Guid.CreateVersion7(now));
            DeviceRecord? known = state.Records.GetValueOrDefault(id);
            (Ipv4Address address, StoredAccess access) = known is not null && id == only
                ? (known.ManagementAddress, known.Access)
                : (KeptAddress(known, device) ?? device.ManagementAddress, secrets.Store(device.Access));
            if (_identities.KeysOf(id) is { Serial: { } before } old && keys.HasSerialOf(old) == false)
                logger.Replaced(address, before, keys.Serial!);
            _identities.Put(id, keys with { ManagementAddress = address });
            return (id, new DeviceRecord(id, address, access, known?.AddedAt ?? now)
            {
                CollectedAt = device.Snapshot.CollectedAt,
                SysUpTime = device.Snapshot.SysUpTime,
                SnapshotDigest = digest,
                UpdatedAt = now,
            });
        }

        bool IsSilent(DeviceId device) => state.Records.GetValueOrDefault(device)?.UnreachableReason is not null;
    }

    /// <summary>
    /// Those that were managed at the address at which another device answers now, as a virtual address does after a failover. Each is
    /// managed at another of its own addresses from now on; one that has no other is not reachable.
    /// </summary>
    public List<DeviceRecord> Displaced(DeviceId by, CollectedDevice answered, InventoryState state)
    {
        var displaced = new List<DeviceRecord>();
        lock (_lock)
        {
            foreach (DeviceId other in _identities.ManagedAt(answered.ManagementAddress))
            {
                if (other == by || state.Records.GetValueOrDefault(other) is not { } record
                    || record.ManagementAddress != answered.ManagementAddress) continue;
                Ipv4Address elsewhere = _identities.KeysOf(other)!.Addresses
                    .FirstOrDefault(own => own != record.ManagementAddress && _identities.ManagedAt(own).IsEmpty);
                string name = answered.Snapshot.Identity.SysName;
                logger.Displaced(record.ManagementAddress, other, name, elsewhere);
                record = record with { UpdatedAt = time.GetUtcNow() };
                displaced.Add(elsewhere.IsUnspecified
                    ? record with { UnreachableReason = $"Another device, {name} ({by}), answers at its address now." }
                    : record with { ManagementAddress = elsewhere, UnreachableReason = null });
            }
        }
        return displaced;
    }

    /// <summary>The device is recognized by what is shown of it, or not at all.</summary>
    public void Show(DeviceId device, InventoryState shown)
    {
        lock (_lock)
        {
            if (shown.Devices.TryGetValue(device, out NetworkDevice? whole))
                _identities.Put(device, DeviceKeys.Of(whole.ManagementAddress, whole.Snapshot));
            else if (shown.Records.TryGetValue(device, out DeviceRecord? record))
                _identities.Put(device, new DeviceKeys(record.ManagementAddress, null, [], []));
            else
                _identities.Remove(device);
        }
    }

    /// <summary>A device that answers at several addresses keeps the one it is known by, as long as that one works.</summary>
    private static Ipv4Address? KeptAddress(DeviceRecord? known, CollectedDevice device) =>
        known is { UnreachableReason: null } && !device.AddressIsPreferred
            && device.Snapshot.Addresses.Any(own => own.Address == known.ManagementAddress)
            ? known.ManagementAddress
            : null;
}
