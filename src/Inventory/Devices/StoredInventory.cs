using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Towpath.Network;
using Towpath.Tasks;

namespace Towpath.Inventory;

/// <summary>
/// What an earlier life of the process stored, as it is shown again. A record that cannot be shown is mended or left out, and said.
/// </summary>
internal sealed class StoredInventory(IInventoryStore store, IWriter writer, ILogger logger)
{
    public async Task<InventoryState> LoadAsync(CancellationToken cancellationToken)
    {
        var records = (await store.DevicesAsync(cancellationToken)).ToDictionary(record => record.Id);
        var read = new ConcurrentDictionary<DeviceId, NetworkDevice?>();
        // What a start waits for, so all cores do it, each with one device: the octets of a large network are never all in memory.
        await Parallel.ForEachAsync(store.SnapshotsAsync(cancellationToken), cancellationToken, (snapshot, stopped) =>
        {
            NetworkDevice? device = records.TryGetValue(snapshot.Device, out DeviceRecord? record) ? Read(record, snapshot.Snapshot) : null;
            _ = device?.Tables; // made at the first use
            read[snapshot.Device] = device;
            return ValueTask.CompletedTask;
        });
        HashSet<DeviceId> stored = [.. read.Keys];
        var devices = read.Values.OfType<NetworkDevice>().ToDictionary(device => device.Id);
        await ForgetGhostsAsync(records, stored, devices, cancellationToken);
        foreach (DeviceRecord record in records.Values.Where(record => !devices.ContainsKey(record.Id)).ToList())
        {
            records[record.Id] = record with { SnapshotDigest = "" }; // whatever it tells next is stored
            if (!stored.Contains(record.Id)) logger.WithoutFacts(record.ManagementAddress);
        }
        return new InventoryState(
            devices.ToImmutableDictionary(), records.ToImmutableDictionary(), await store.RolesAsync(cancellationToken));
    }

    /// <summary>The state with these devices as they are stored now. What cannot be read of one is said, and left as it was.</summary>
    public async Task<InventoryState> ReadAgainAsync(
        InventoryState state, ImmutableArray<DeviceId> changed, CancellationToken cancellationToken)
    {
        ImmutableDictionary<DeviceId, DeviceRole> roles = await store.RolesAsync(cancellationToken);
        foreach (DeviceId device in changed)
        {
            state = await store.DeviceAsync(device, cancellationToken) is { } record
                ? await WithAsync(state, record, cancellationToken)
                : state.Without(device);
            state = state.With(device, roles.TryGetValue(device, out DeviceRole role) ? role : null);
        }
        return state;
    }

    /// <summary>The facts are decoded only where they are others: most of what is told is that a device was seen again.</summary>
    private async Task<InventoryState> WithAsync(InventoryState state, DeviceRecord record, CancellationToken cancellationToken)
    {
        NetworkDevice? known = state.Devices.GetValueOrDefault(record.Id);
        bool isSame = known is not null && state.Records.GetValueOrDefault(record.Id)?.SnapshotDigest == record.SnapshotDigest;
        NetworkDevice? told = isSame
            ? known!.CollectedAgain(
                known.Snapshot with { CollectedAt = record.CollectedAt, SysUpTime = record.SysUpTime }, record.ManagementAddress)
            : await store.SnapshotAsync(record.Id, cancellationToken) is { } encoded ? Read(record, encoded) : null;
        return told is null ? state.With(record) : state.With(told).With(record);
    }

    /// <summary>Null when the stored octets cannot be read.</summary>
    private NetworkDevice? Read(DeviceRecord record, byte[] encoded)
    {
        try
        {
            // Unchanged facts are not stored again, so the record knows better how old they are.
            DeviceSnapshot snapshot = SnapshotCodec.Decode(encoded) with { CollectedAt = record.CollectedAt, SysUpTime = record.SysUpTime };
            return new NetworkDevice(record.Id, record.ManagementAddress, snapshot) { UnreachableReason = record.UnreachableReason };
        }
        catch (SnapshotFormatException problem)
        {
            logger.UnreadableSnapshot(record.ManagementAddress, problem.Message);
            return null;
        }
    }

    /// <summary>
    /// A record without facts is of no use until its device is collected again. Where another device is known at its address that never
    /// happens: earlier versions left such a record when a device was saved while it was removed, and added it anew.
    /// </summary>
    private async Task ForgetGhostsAsync(
        Dictionary<DeviceId, DeviceRecord> records, HashSet<DeviceId> stored, Dictionary<DeviceId, NetworkDevice> devices,
        CancellationToken cancellationToken)
    {
        var addresses = devices.Values.Select(device => device.ManagementAddress).ToHashSet();
        DeviceRecord[] ghosts =
            [.. records.Values.Where(record => !stored.Contains(record.Id) && addresses.Contains(record.ManagementAddress))];
        if (ghosts.Length == 0) return;
        await writer.CommitAsync([.. ghosts.Select(ghost => new DeleteDevice(ghost.Id))], cancellationToken);
        foreach (DeviceRecord ghost in ghosts)
        {
            records.Remove(ghost.Id);
            logger.ForgotGhost(ghost.ManagementAddress);
        }
    }
}
