namespace Towpath.Contracts;

/// <summary>
/// Item of <c>GET /network-device/{id}/coverage</c>, which Cisco's products do not have: how the reading of one table of the device went,
/// in the order of reading.
/// </summary>
public sealed record TableCoverage
{
    /// <summary>As the MIB writes it: ipCidrRouteTable.</summary>
    public string? Table { get; init; }

    /// <summary>SNMP context, for instance vlan-600; empty for the device's own.</summary>
    public string? Context { get; init; }

    /// <summary>ANSWERED, EMPTY (rows, but none that concerns us), NOT_SERVED (none at all), REFUSED, TRUNCATED or NO_ANSWER.</summary>
    public string? Outcome { get; init; }

    /// <summary>Rows that became facts.</summary>
    public int? Rows { get; init; }

    /// <summary>Why rows are missing; null when nothing is missing.</summary>
    public string? Reason { get; init; }

    /// <summary>What a path trace loses; null when it loses nothing, also because another table tells the same.</summary>
    public string? Cost { get; init; }

    /// <summary>
    /// The configuration line, or lines separated by semicolons, that mends it, for the device's own operating system where that is known;
    /// null with no cost, and of what is no table.
    /// </summary>
    public string? Remedy { get; init; }
}
