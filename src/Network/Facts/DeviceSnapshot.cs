using System.Collections.Immutable;

namespace Towpath.Network;

/// <summary>
/// The facts that one device told in one collection: immutable rows of small values, nothing concluded. Each kind of fact adds its list in
/// its own file, beside its layout. A list that a device does not serve is empty; <see cref="Readings"/> tells "empty" from "refused" and
/// "no answer".
/// </summary>
public sealed partial record DeviceSnapshot
{
    public required DeviceIdentity Identity { get; init; }

    /// <summary>When the first answer arrived, by our clock: devices' clocks are often wrong.</summary>
    public required DateTimeOffset CollectedAt { get; init; }

    /// <summary>sysUpTime at the start of the collection (RFC 3418).</summary>
    public TimeSpan SysUpTime { get; init; }

    /// <summary>How the reading of each table went.</summary>
    public ImmutableArray<TableReading> Readings { get; init; } = [];
}
