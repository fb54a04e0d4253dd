using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Towpath.Network;
using Towpath.Snmp;
using Towpath.Tasks;

namespace Towpath.Inventory;

/// <summary>The devices of the inventory: who they are, how they were reached, what they last said. Safe for concurrent use.</summary>
public sealed class Devices(
    IInventoryStore store, IWriter writer, CurrentNetwork network, Credentials credentials, Secrets secrets, SnmpReach reach, TimeProvider time, ILogger<Devices> logger)
{
    // Decoding is what a start waits for, so all cores do it; in portions, so that the octets of a large network are never all in memory.
    private const int SnapshotsAtOnce = 256;

    private readonly Lock _lock = new();
    private readonly IdentityIndex _identities = new();
    private readonly ConditionalWeakTable<DeviceSnapshot, string> _digests = [];
    private volatile ImmutableDictionary<DeviceId, DeviceRecord> _records = ImmutableDictionary<DeviceId, DeviceRecord>.Empty;
    private volatile ImmutableDictionary<DeviceId, DeviceRole> _manualRoles = ImmutableDictionary<DeviceId, DeviceRole>.Empty;
    private volatile InventoryView? _view;

    /// <summary>Everything as of now. Built at the first use after a change.</summary>
    public InventoryView View
    {
        get
        {
            (NetworkSnapshot snapshot, var records, var roles) = (network.Snapshot, _records, _manualRoles);
            return _view is { } view && view.Network == snapshot && view.Records == records && view.ManualRoles == roles
                ? view
                : _view = new InventoryView(snapshot, records, roles);
        }
    }

    /// <summary>Null when the device is not known. Access points have no record of their own.</summary>
    public DeviceRecord? Find(DeviceId device) => _records.GetValueOrDefault(device);

    /// <summary>The device whose management address this is; null when there is none.</summary>
    public DeviceId? ManagedAt(Ipv4Address address)
    {
        lock (_lock) return _identities.ManagedAt(address);
    }

    /// <summary>Reads everything stored into memory. Call once, before anything else.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        var records = (await store.DevicesAsync(cancellationToken)).ToDictionary(record => record.Id);
        List<NetworkDevice> devices = [];
        await foreach ((DeviceId Device, byte[] Snapshot)[] some in store.SnapshotsAsync(cancellationToken).Chunk(SnapshotsAtOnce).WithCancellation(cancellationToken))
        {
            var read = some
                .Where(stored => records.ContainsKey(stored.Device))
                .AsParallel()
                .Select(stored => (stored.Device, Read: Read(records[stored.Device], stored.Snapshot)))
                .ToList();
            devices.AddRange(read.Select(stored => stored.Read).OfType<NetworkDevice>());
            foreach ((DeviceId id, _) in read.Where(stored => stored.Read is null))
                records[id] = records[id] with { SnapshotDigest = "" }; // whatever it tells next is stored
        }
        lock (_lock)
        {
            foreach (DeviceRecord record in records.Values) _identities.Put(record.Id, new DeviceKeys(record.ManagementAddress, null, [], []));
            foreach (NetworkDevice device in devices) _identities.Put(device.Id, DeviceKeys.Of(device.ManagementAddress, device.Snapshot));
            _records = records.ToImmutableDictionary();
        }
        foreach (NetworkDevice device in devices) _digests.AddOrUpdate(device.Snapshot, records[device.Id].SnapshotDigest);
        _manualRoles = await store.RolesAsync(cancellationToken);
        network.Put(devices);
        _ = network.Snapshot; // a start is over when the first trace need not wait
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
        var latest = new Dictionary<DeviceId, DeviceRecord>();
        var ids = ImmutableArray.CreateBuilder<DeviceId>(collected.Count);
        var devices = ImmutableArray.CreateBuilder<NetworkDevice>(collected.Count);
        var writes = ImmutableArray.CreateBuilder<Write>(collected.Count);
        foreach (CollectedDevice device in collected)
        {
            string digest = Convert.ToHexString(SnapshotCodec.Digest(device.Snapshot));
            DeviceId id = Identify(device, latest, out DeviceRecord? known);
            var record = new DeviceRecord(id, KeptAddress(known, device) ?? device.ManagementAddress, secrets.Store(device.Access), known?.AddedAt ?? now)
            {
                CollectedAt = device.Snapshot.CollectedAt,
                SysUpTime = device.Snapshot.SysUpTime,
                SnapshotDigest = digest,
                UpdatedAt = now,
            };
            ImmutableArray<byte>? changed = known?.SnapshotDigest == digest ? null : [.. SnapshotCodec.Encode(device.Snapshot)];
            latest[id] = record;
            ids.Add(id);
            devices.Add(new NetworkDevice(id, record.ManagementAddress, Keep(id, device.Snapshot, digest)));
            writes.Add(new SaveDevice(record, changed));
        }
        return new DeviceBatch(ids.MoveToImmutable(), [.. latest.Values], devices.MoveToImmutable(), writes.MoveToImmutable());
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

    /// <summary>An operator's word on the role of a device or access point; null gives it back to the rule.</summary>
    public async Task SetRoleAsync(DeviceId device, DeviceRole? role, CancellationToken cancellationToken)
    {
        await writer.CommitAsync([new SetRole(device, role)], cancellationToken);
        lock (_lock) _manualRoles = role is { } manual ? _manualRoles.SetItem(device, manual) : _manualRoles.Remove(device);
    }

    /// <summary>Forgets the device. False when it is not known, as access points are only by their controllers.</summary>
    public async Task<bool> DeleteAsync(DeviceId device, CancellationToken cancellationToken)
    {
        ImmutableArray<bool> took = await writer.CommitAsync([new DeleteDevice(device)], cancellationToken);
        lock (_lock)
        {
            _identities.Remove(device);
            _records = _records.Remove(device);
            _manualRoles = _manualRoles.Remove(device);
        }
        network.Remove([device]);
        return took[0];
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
        return credential is null ? null : reach.TargetAt(record.ManagementAddress, credential, record.Access.Retries, record.Access.Timeout);
    }

    /// <summary>Most devices tell the same facts again; these are then in memory once, and the lookups over them are not made anew.</summary>
    private DeviceSnapshot Keep(DeviceId id, DeviceSnapshot collected, string digest)
    {
        DeviceSnapshot? present = network.Find(id)?.Snapshot;
        bool unchanged = present is not null && _digests.TryGetValue(present, out string? known) && known == digest;
        DeviceSnapshot kept = unchanged ? DeviceTables.Renew(present!, collected) : collected;
        _digests.AddOrUpdate(kept, digest);
        return kept;
    }

    /// <summary>Null when the stored octets cannot be read.</summary>
    private NetworkDevice? Read(DeviceRecord record, byte[] encoded)
    {
        try
        {
            // Unchanged facts are not stored again, so the record knows better how old they are.
            DeviceSnapshot snapshot = SnapshotCodec.Decode(encoded) with { CollectedAt = record.CollectedAt, SysUpTime = record.SysUpTime };
            return new NetworkDevice(record.Id, record.ManagementAddress, snapshot);
        }
        catch (SnapshotFormatException problem)
        {
            logger.UnreadableSnapshot(record.ManagementAddress, problem.Message);
            return null;
        }
    }

    private DeviceId Identify(CollectedDevice device, Dictionary<DeviceId, DeviceRecord> batch, out DeviceRecord? known)
    {
        DeviceKeys keys = DeviceKeys.Of(device.ManagementAddress, device.Snapshot);
        lock (_lock)
        {
            DeviceId id = _identities.Find(keys) ?? new DeviceId(Guid.CreateVersion7(time.GetUtcNow()));
            known = batch.GetValueOrDefault(id) ?? _records.GetValueOrDefault(id);
            _identities.Put(id, keys with { ManagementAddress = KeptAddress(known, device) ?? keys.ManagementAddress });
            return id;
        }
    }

    /// <summary>A device that answers at several addresses keeps the one it is known by, as long as that one works.</summary>
    private static Ipv4Address? KeptAddress(DeviceRecord? known, CollectedDevice device) =>
        known is { UnreachableReason: null } && !device.AddressIsPreferred && device.Snapshot.Addresses.Any(own => own.Address == known.ManagementAddress)
            ? known.ManagementAddress
            : null;
}
