using Towpath.Network;

namespace Towpath.Collection;

/// <summary>One interface of a question: its counters, or why there are none.</summary>
/// <param name="Statistics">Null when the reading failed.</param>
/// <param name="FailureReason">In words for the operator; null when it succeeded.</param>
public sealed record InterfaceReading(IfIndex Interface, InterfaceStatistics? Statistics, string? FailureReason)
{
    public bool Succeeded => Statistics is not null;
}

/// <summary>State and counters of one interface (IF-MIB, RFC 2863). What the device does not tell is null, never 0.</summary>
public sealed record InterfaceStatistics
{
    /// <summary>ifAdminStatus is up (not down or testing).</summary>
    public bool? AdminUp { get; init; }

    public bool? OperUp { get; init; }

    /// <summary>Since the counters began: unicast, multicast and broadcast, 64 bits wide where served.</summary>
    public long? InputPackets { get; init; }

    /// <summary>As <see cref="InputPackets"/>.</summary>
    public long? OutputPackets { get; init; }

    /// <summary>
    /// Bits a second: the device's own five-minute average (OLD-CISCO-INTERFACES-MIB locIfInBitsSec), else from the octets since our
    /// previous reading; null at the first one.
    /// </summary>
    public long? InputRateBps { get; init; }

    /// <summary>As <see cref="InputRateBps"/>.</summary>
    public long? OutputRateBps { get; init; }

    /// <summary>
    /// Percent, 0..100: <see cref="InputRateBps"/> of the speed (ifHighSpeed, ifSpeed); null where either is not known.
    /// </summary>
    public double? InputUtilization { get; init; }

    /// <summary>As <see cref="InputUtilization"/>.</summary>
    public double? OutputUtilization { get; init; }

    /// <summary>ifInDiscards.</summary>
    public long? InputDiscards { get; init; }

    /// <summary>ifOutDiscards.</summary>
    public long? OutputDrops { get; init; }

    /// <summary>ifInErrors: packets that were damaged or could not be read, since the counters began.</summary>
    public long? InputErrors { get; init; }

    /// <summary>ifOutErrors: packets that could not be sent for errors, since the counters began.</summary>
    public long? OutputErrors { get; init; }

    /// <summary>locIfInputQueueDrops of OLD-CISCO-INTERFACES-MIB.</summary>
    public long? InputQueueDrops { get; init; }

    /// <summary>When the device was asked.</summary>
    public DateTimeOffset RefreshedAt { get; init; }
}
