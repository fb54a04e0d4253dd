using Towpath.Snmp;

namespace Towpath.Collection;

/// <summary>What one collection may cost the device and us. Everything a device sends is bounded by these.</summary>
public sealed record CollectionLimits
{
    public static CollectionLimits Default { get; } = new();

    /// <summary>A route table whose own count is higher is not walked: rows must be sorted for each request on many routers.</summary>
    public int Routes { get; init; } = 1_200_000;

    /// <summary>VLAN contexts asked on one switch; IEEE 802.1Q has 4094.</summary>
    public int VlanContexts { get; init; } = 1_024;

    /// <summary>Link state advertisements kept of one device, of up to a KiB each.</summary>
    public int LinkStates { get; init; } = 50_000;

    /// <summary>For one column of one table.</summary>
    public WalkBudget Column { get; init; } = new(2_000_000, 128L << 20, TimeSpan.FromMinutes(5));

    /// <summary>Memory that the rows of one table may take before they become facts; a million routes take a sixth of a GiB.</summary>
    public long TableOctets { get; init; } = 512L << 20;

    /// <summary>For the whole device; tables that are left when it is spent are recorded as truncated.</summary>
    public TimeSpan Device { get; init; } = TimeSpan.FromMinutes(15);
}
