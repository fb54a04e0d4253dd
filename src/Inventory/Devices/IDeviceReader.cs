using Towpath.Network;

namespace Towpath.Inventory;

/// <summary>Reads one device whole. The inventory does not know how collecting works; the composition root brings it.</summary>
public interface IDeviceReader
{
    /// <summary>No reading takes longer, whatever the device does.</summary>
    TimeSpan Longest { get; }

    Task<DeviceAnswer> ReadAsync(DeviceAccess access, CancellationToken cancellationToken);
}

/// <param name="Snapshot">Null when there is none to trust.</param>
/// <param name="Reason">Why there is none, in words an operator can act on; null with a snapshot.</param>
public sealed record DeviceAnswer(DeviceSnapshot? Snapshot, string? Reason);
