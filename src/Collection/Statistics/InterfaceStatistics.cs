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
/// <param name="AdminUp">ifAdminStatus is up (not down or testing).</param>
/// <param name="InputPackets">Since the counters began: unicast, multicast and broadcast, 64 bits wide where served.</param>
/// <param name="InputRateBps">
/// Bits a second: the device's own five-minute average (OLD-CISCO-INTERFACES-MIB locIfInBitsSec), else from the octets since our previous
/// reading; null at the first one.
/// </param>
/// <param name="InputDiscards">ifInDiscards.</param>
/// <param name="OutputDrops">ifOutDiscards.</param>
/// <param name="InputQueueDrops">locIfInputQueueDrops of OLD-CISCO-INTERFACES-MIB.</param>
/// <param name="RefreshedAt">When the device was asked.</param>
public sealed record InterfaceStatistics(
    bool? AdminUp, bool? OperUp, long? InputPackets, long? OutputPackets, long? InputRateBps, long? OutputRateBps,
    long? InputDiscards, long? OutputDrops, long? InputQueueDrops, DateTimeOffset RefreshedAt);
