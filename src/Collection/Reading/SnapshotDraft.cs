using System.Collections;
using Towpath.Network;

namespace Towpath.Collection;

/// <summary>The facts of one device while they are gathered, with the lookups that later tables need from earlier ones.</summary>
internal sealed class SnapshotDraft
{
    private readonly Dictionary<FactLayout, IList> _rows = [];
    private readonly Dictionary<FactSource, long> _announced = [];
    private readonly Dictionary<(VlanId Context, int Port), IfIndex> _interfacesByPort = [];
    private readonly HashSet<IfIndex> _bridged = [];

    public required DateTimeOffset CollectedAt { get; init; }

    public DeviceIdentity Identity { get; set; } = DeviceIdentity.Nobody;
    public TimeSpan SysUpTime { get; set; }
    public Ipv4Address? OspfRouterId { get; set; }

    /// <summary>The rows of one kind of fact so far.</summary>
    public List<T> Of<T>(FactLayout<T> layout)
    {
        if (!_rows.TryGetValue(layout, out IList? rows)) _rows[layout] = rows = new List<T>();
        return (List<T>)rows;
    }

    /// <summary>Name by VLAN; the first table that knows a name gives it.</summary>
    public SortedDictionary<VlanId, string> Vlans { get; } = [];

    /// <summary>VLANs that have a context of their own, ascending.</summary>
    public SortedSet<VlanId> ContextVlans { get; } = [];

    /// <summary>FDB id to VLANs, from dot1qVlanFdbId (RFC 4363): several VLANs may share one FDB.</summary>
    public Dictionary<uint, List<VlanId>> VlansByFdb { get; } = [];

    /// <summary>How many rows the device says that the table has; null where no object tells.</summary>
    public long? AnnouncedRows(FactSource source) => _announced.TryGetValue(source, out long rows) ? rows : null;

    /// <param name="rows">Null when the device does not tell.</param>
    public void Announce(long? rows, params ReadOnlySpan<FactSource> sources)
    {
        foreach (FactSource source in sources)
            if (rows is { } told) _announced[source] = told;
    }

    public void AddVlan(VlanId id, string name)
    {
        if (!Vlans.TryGetValue(id, out string? known) || known.Length == 0) Vlans[id] = name;
    }

    public void AddBridgePort(BridgePort port)
    {
        Of(BridgePort.Layout).Add(port);
        _bridged.Add(port.Interface);
        _interfacesByPort[(port.Context, port.Port)] = port.Interface;
    }

    /// <summary>In the VLAN's own context, else in the default one: a switch numbers its ports once. Default when neither tells.</summary>
    public IfIndex InterfaceOfPort(VlanId context, int port) =>
        _interfacesByPort.TryGetValue((context, port), out IfIndex found) || _interfacesByPort.TryGetValue((default, port), out found)
            ? found : default;

    /// <summary>True when some bridge port is this interface.</summary>
    public bool IsBridged(IfIndex index) => _bridged.Contains(index);

    /// <summary>In any context.</summary>
    public IfIndex InterfaceOfPort(int port)
    {
        IfIndex found = InterfaceOfPort(default, port);
        return found.IsNone ? Of(BridgePort.Layout).Find(candidate => candidate.Port == port).Interface : found;
    }

    public DeviceSnapshot ToSnapshot()
    {
        Of(Vlan.Layout).AddRange(Vlans.Select(vlan => new Vlan(vlan.Key, vlan.Value)));
        var empty = new DeviceSnapshot
        {
            Identity = Identity with { OspfRouterId = OspfRouterId ?? default },
            CollectedAt = CollectedAt,
            SysUpTime = SysUpTime,
        };
        return _rows.Aggregate(empty, (snapshot, facts) => facts.Key.Put(snapshot, facts.Value));
    }
}
