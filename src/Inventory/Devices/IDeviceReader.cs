using System.Collections.Immutable;
using Towpath.Network;

namespace Towpath.Inventory;

/// <summary>Reads one device whole. The inventory does not know how collecting works; the composition root brings it.</summary>
public interface IDeviceReader
{
    /// <summary>No reading takes longer, whatever the device does.</summary>
    TimeSpan Longest { get; }

    Task<DeviceAnswer> ReadAsync(DeviceAccess access, CancellationToken cancellationToken);

    /// <summary>Reads a known device's tables again that are due; the others are in the answer as they were known.</summary>
    /// <param name="usual">How long the device takes for an answer, usually; null where nobody knows.</param>
    Task<DeviceAnswer> ReadAgainAsync(DeviceAccess access, DeviceSnapshot known, IReadOnlySet<CollectionTier> tiers, TimeSpan? usual,
        CancellationToken cancellationToken);

    /// <summary>One question: is it there, and does it say that something has changed?</summary>
    Task<Pulse> PulseAsync(DeviceAccess access, CancellationToken cancellationToken);
}

/// <param name="Snapshot">Null when there is none to trust.</param>
/// <param name="Reason">Why there is none, in words an operator can act on; null with a snapshot.</param>
public sealed record DeviceAnswer(DeviceSnapshot? Snapshot, string? Reason)
{
    /// <summary>What was due and was left for later, to spare the device.</summary>
    public IReadOnlySet<CollectionTier> Waiting { get; init; } = ImmutableHashSet<CollectionTier>.Empty;

    /// <summary>The interfaces' counters; null where they were not due or did not come whole.</summary>
    public CountersReading? Counters { get; init; }
}
