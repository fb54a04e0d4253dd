using System.Collections.Immutable;
using Towpath.Network;

namespace Towpath.Inventory;

/// <summary>Reads of the inventory's tables. Everything that was committed is visible.</summary>
public interface IInventoryStore
{
    Task<ImmutableArray<DeviceRecord>> DevicesAsync(CancellationToken cancellationToken);

    /// <summary>Null: there is no such device.</summary>
    Task<DeviceRecord?> DeviceAsync(DeviceId device, CancellationToken cancellationToken);

    /// <summary>The device's newest snapshot, encoded; null: it has none.</summary>
    Task<byte[]?> SnapshotAsync(DeviceId device, CancellationToken cancellationToken);

    /// <summary>Each device's newest snapshot, encoded.</summary>
    IAsyncEnumerable<(DeviceId Device, byte[] Snapshot)> SnapshotsAsync(CancellationToken cancellationToken);

    /// <summary>The roles that operators have set.</summary>
    Task<ImmutableDictionary<DeviceId, DeviceRole>> RolesAsync(CancellationToken cancellationToken);

    /// <summary>In order of creation.</summary>
    Task<ImmutableArray<StoredCredential>> CredentialsAsync(CancellationToken cancellationToken);

    Task<StoredCredential?> CredentialAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Those that were set; names compare case-blind.</summary>
    Task<ImmutableDictionary<string, int>> SnmpPropertiesAsync(CancellationToken cancellationToken);
}
