namespace Towpath.Contracts;

/// <summary>A table over all devices: an item of <c>/table</c>. Towpath's own.</summary>
public sealed record TableItem
{
    /// <summary>For instance routes, arp, fdb, interfaces, links.</summary>
    public required string Name { get; init; }

    /// <summary>Each may be filtered and sorted by.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>The columns that tell a row from the others of its device; absent where no table says so.</summary>
    public IReadOnlyList<string>? Key { get; init; }
}

/// <summary>One row of such a table: an item of <c>/table/{name}</c>. Towpath's own.</summary>
public sealed record TableRowItem
{
    /// <summary>Absent for a host that is at no known device.</summary>
    public string? DeviceId { get; init; }

    public string? DeviceName { get; init; }

    /// <summary>Where the device is managed now.</summary>
    public string? ManagementIpAddress { get; init; }

    /// <summary>Epoch milliseconds: when the device told it. Of an earlier time: when it first told just these facts.</summary>
    public long? CollectedAt { get; init; }

    /// <summary>The cells by the names of their columns, in words; one without a value is absent.</summary>
    public required IReadOnlyDictionary<string, string> Row { get; init; }
}

/// <summary>Something whose name, address, serial number or description a search has found. Towpath's own.</summary>
public sealed record SearchHit
{
    /// <summary>device, accessPoint, interface, host, neighbor, module, vlan or vrf.</summary>
    public required string Kind { get; init; }

    /// <summary>Of a device, access point, interface or host.</summary>
    public string? Id { get; init; }

    /// <summary>What it is called.</summary>
    public required string Name { get; init; }

    /// <summary>Which of its values matches, for instance hostname, serialNumber, description.</summary>
    public required string Field { get; init; }

    /// <summary>The value that matches.</summary>
    public required string Value { get; init; }

    /// <summary>The device that it is, or belongs to, or hangs on; absent for a host that is at no known device.</summary>
    public string? DeviceId { get; init; }

    public string? DeviceName { get; init; }
}
