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

    /// <summary>
    /// Memory for a table's rows before they become facts, for each row that the device announces; a million routes take a sixth of a GiB.
    /// </summary>
    public int RowOctets { get; init; } = 512;

    /// <summary>The same for a table of which no number of rows is announced.</summary>
    public long UnannouncedOctets { get; init; } = 64L << 20;

    /// <summary>At least, since numbers are late and wrong: some 15,000 rows.</summary>
    public long LeastTableOctets { get; init; } = 4L << 20;

    /// <summary>At most, whatever is announced.</summary>
    public long TableOctets { get; init; } = 512L << 20;

    /// <summary>A table in which for so long no row becomes a fact ends there.</summary>
    public TimeSpan WithoutFact { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>After so many tables that ended for that the device is asked for no other.</summary>
    public int FruitlessTables { get; init; } = 2;

    /// <summary>For the whole device; tables that are left when it is spent are recorded as truncated.</summary>
    public TimeSpan Device { get; init; } = TimeSpan.FromMinutes(15);
}
