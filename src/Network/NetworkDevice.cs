using System.Collections.Immutable;

namespace Towpath.Network;

/// <summary>A device with an agent, as the inventory knows it, with the lookups over what it told. Safe for concurrent use.</summary>
public sealed record NetworkDevice
{
    private readonly Lazy<DeviceTables> _tables;
    private readonly Lazy<TableReadings> _readings;

    /// <param name="managementAddress">The address it was collected by; the API's <c>managementIpAddress</c>.</param>
    public NetworkDevice(DeviceId id, Ipv4Address managementAddress, DeviceSnapshot snapshot)
    {
        (Id, ManagementAddress, Snapshot) = (id, managementAddress, snapshot);
        _tables = new(() => new DeviceTables(snapshot, null));
        _readings = new(() => new TableReadings(snapshot));
    }

    private NetworkDevice(NetworkDevice earlier, Ipv4Address managementAddress, DeviceSnapshot snapshot)
        : this(earlier.Id, managementAddress, snapshot)
    {
        // else the earlier ones would keep those before them
        DeviceTables? made = earlier._tables.IsValueCreated ? earlier._tables.Value : null;
        _tables = made is not null && made.IsOf(snapshot) ? earlier._tables : new(() => new DeviceTables(snapshot, made));
    }

    public DeviceId Id { get; }

    public Ipv4Address ManagementAddress { get; init; }

    public DeviceSnapshot Snapshot { get; }

    /// <summary>sysName, or the management address of a device without one.</summary>
    public string Name => Snapshot.Identity.SysName.Length > 0 ? Snapshot.Identity.SysName : ManagementAddress.ToString();

    /// <summary>
    /// Why the last attempt to read it failed, so that <see cref="Snapshot"/> is what it told before; null while it answers.
    /// </summary>
    public string? UnreachableReason { get; init; }

    /// <summary>Rows that were asked again after <see cref="Snapshot"/> was collected, and are in it as they were told then.</summary>
    public ImmutableDictionary<RowKey, AskedRow> Asked { get; init; } = ImmutableDictionary<RowKey, AskedRow>.Empty;

    /// <summary>What came of asking for these rows again; default where nobody did.</summary>
    public AskedRow AskedOf(RowKey rows) => Asked.IsEmpty || rows.IsNone ? default : Asked.GetValueOrDefault(rows);

    /// <summary>Lookups over <see cref="Snapshot"/>, made at the first use.</summary>
    public DeviceTables Tables => _tables.Value;

    /// <summary>How whole <see cref="Snapshot"/> is.</summary>
    public TableReadings Readings => _readings.Value;

    /// <summary>The device with some rows as it told them after the rest; lookups over tables that are the same serve on.</summary>
    /// <param name="told">This very <see cref="Snapshot"/> where no row is another.</param>
    public NetworkDevice AskedAgain(DeviceSnapshot told, ImmutableDictionary<RowKey, AskedRow> asked) =>
        (ReferenceEquals(told, Snapshot) ? this : new NetworkDevice(this, ManagementAddress, told)) with { Asked = asked };

    /// <summary>
    /// The device as it told itself later, at whatever address. Tables that are the same are in memory once then, and lookups over them
    /// serve on.
    /// </summary>
    public NetworkDevice CollectedAgain(DeviceSnapshot later, Ipv4Address managementAddress) =>
        new(this, managementAddress, FactLayout.All.Aggregate(later, (facts, layout) => layout.Renew(Snapshot, facts)));
}
