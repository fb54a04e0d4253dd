namespace Towpath.Contracts;

/// <summary>An item of APIC-EM's <c>/reachability-info</c>: whether a device answers, and why not.</summary>
public sealed record ReachabilityItem
{
    /// <summary>The device's id.</summary>
    public required string Id { get; init; }

    public required string MgmtIp { get; init; }

    /// <summary>Reachable or Unreachable.</summary>
    public required string ReachabilityStatus { get; init; }

    /// <summary>Absent while it is reachable.</summary>
    public string? ReachabilityFailureReason { get; init; }

    /// <summary>SNMP.</summary>
    public required string ProtocolList { get; init; }

    /// <summary>SNMP; empty while the device does not answer.</summary>
    public required string ProtocolUsed { get; init; }

    /// <summary>Always empty: an inventory does not keep by which discovery it learned of a device.</summary>
    public required string DiscoveryId { get; init; }

    /// <summary>When the device was read first, as <c>2026-05-04 12:00:00</c> in UTC.</summary>
    public required string DiscoveryStartTime { get; init; }

    /// <summary>Masked, whatever it is.</summary>
    public required string SnmpCommunity { get; init; }
}
