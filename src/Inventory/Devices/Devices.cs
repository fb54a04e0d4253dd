using System.Collections.Immutable;
using Towpath.Network;
using Towpath.Snmp;
using Towpath.Tasks;

namespace Towpath.Inventory;

/// <summary>The devices of the inventory: who they are, how they were reached, what they last said. Safe for concurrent use.</summary>
public sealed class Devices(
    IInventoryStore store, IWriter writer, CurrentNetwork network, Credentials credentials, Secrets secrets, SnmpReach reach, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly IdentityIndex _identities = new();
    private volatile ImmutableDictionary<DeviceId, DeviceRecord> _records = ImmutableDictionary<DeviceId, DeviceRecord>.Empty;

    /// <summary>Null when the device is not known. Access points have no record of their own.</summary>
    public DeviceRecord? Find(DeviceId device) => _records.GetValueOrDefault(device);

    /// <summary>Reads everything stored into memory. Call once, before anything else.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        ImmutableArray<DeviceRecord> records = await store.DevicesAsync(cancellationToken);
        _records = records.ToImmutableDictionary(record => record.Id);
    }

    /// <summary>Identifies the devices, writes them in one transaction and shows them. Ids are in the order of <paramref name="collected"/>.</summary>
    public async Task<ImmutableArray<DeviceId>> SaveAsync(IReadOnlyList<CollectedDevice> collected, CancellationToken cancellationToken)
    {
        DeviceBatch batch = Prepare(collected);
        await writer.CommitAsync(batch.Writes, cancellationToken);
        Apply(batch);
        return batch.Ids;
    }

    /// <summary>
    /// Identifies the devices without writing. An id given to a new device stays with it even when the batch is never written, so that two
    /// batches that race for one device agree.
    /// </summary>
    public DeviceBatch Prepare(IReadOnlyList<CollectedDevice> collected)
    {
        DateTimeOffset now = time.GetUtcNow();
        var records = ImmutableArray.CreateBuilder<DeviceRecord>(collected.Count);
        var devices = ImmutableArray.CreateBuilder<NetworkDevice>(collected.Count);
        var writes = ImmutableArray.CreateBuilder<Write>(collected.Count);
        foreach (CollectedDevice device in collected)
        {
            DeviceRecord record = Identify(device, now);
            records.Add(record);
            devices.Add(new NetworkDevice(record.Id, record.ManagementAddress, device.Snapshot));
            writes.Add(new SaveDevice(record, null));
        }
        return new DeviceBatch(records.MoveToImmutable(), devices.MoveToImmutable(), writes.MoveToImmutable());
    }

    /// <summary>Shows a batch whose writes are durable.</summary>
    public void Apply(DeviceBatch batch)
    {
        lock (_lock) _records = _records.SetItems(batch.Records.Select(record => KeyValuePair.Create(record.Id, record)));
        network.Put(batch.Devices);
    }

    /// <summary>The device stays, with the facts it last told and their age.</summary>
    public async Task MarkUnreachableAsync(DeviceId device, string reason, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        await writer.CommitAsync([new MarkUnreachable(device, reason, now)], cancellationToken);
        lock (_lock)
        {
            if (_records.TryGetValue(device, out DeviceRecord? record))
                _records = _records.SetItem(device, record with { UnreachableReason = reason, UpdatedAt = now });
        }
    }

    /// <summary>
    /// How to reach the device now. Null when it is not known, its stored credential was deleted, or a credential cannot be decrypted any more.
    /// </summary>
    public async Task<SnmpTarget?> TargetAsync(DeviceId device, CancellationToken cancellationToken)
    {
        if (Find(device) is not { } record) return null;
        SnmpCredential? credential = record.Access.GlobalCredentialId is { } id
            ? await credentials.SnmpAsync(id, cancellationToken)
            : secrets.OpenSnmp(record.Access.Sealed);
        return credential is null ? null : new SnmpTarget(reach.EndPointOf(record.ManagementAddress), credential)
        {
            Retries = record.Access.Retries,
            Timeout = record.Access.Timeout,
        };
    }

    private DeviceRecord Identify(CollectedDevice device, DateTimeOffset now)
    {
        StoredAccess access = Store(device.Access);
        lock (_lock)
        {
            DeviceKeys keys = DeviceKeys.Of(device.ManagementAddress, device.Snapshot);
            DeviceId id = _identities.Find(keys) ?? new DeviceId(Guid.CreateVersion7(now));
            DeviceRecord? known = _records.GetValueOrDefault(id);
            Ipv4Address managementAddress = KeepsAddress(known, device) ? known!.ManagementAddress : device.ManagementAddress;
            _identities.Put(id, keys with { ManagementAddress = managementAddress });
            return new DeviceRecord(id, managementAddress, access, known?.AddedAt ?? now)
            {
                CollectedAt = device.Snapshot.CollectedAt,
                SysUpTime = device.Snapshot.SysUpTime,
                SnapshotDigest = "",
                UpdatedAt = now,
            };
        }
    }

    /// <summary>A device that answers at several addresses keeps the one it is known by, as long as that one works.</summary>
    private static bool KeepsAddress(DeviceRecord? known, CollectedDevice device) =>
        known is { UnreachableReason: null } && !device.AddressIsPreferred && device.Snapshot.Addresses.Any(own => own.Address == known.ManagementAddress);

    private StoredAccess Store(AccessSettings access) => new(
        access.GlobalCredentialId,
        access.GlobalCredentialId is null ? secrets.SealSnmp(access.Credential) : [],
        access.Retries,
        access.Timeout ?? TimeSpan.FromSeconds(2));
}
