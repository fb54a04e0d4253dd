using System.Collections;
using Towpath.Network;

namespace Towpath.Collection;

/// <summary>The facts of one device while they are gathered, with the lookups that later tables need from earlier ones.</summary>
internal sealed class SnapshotDraft
{
    private static readonly DeviceSnapshot s_nothing = new() { Identity = DeviceIdentity.Nobody, CollectedAt = default };

    private readonly Dictionary<FactLayout, IList> _rows = [];
    private readonly Dictionary<FactSource, long> _announced = [];
    private readonly Dictionary<(VlanId Context, long Port), IfIndex> _interfacesByPort = [];
    private readonly Dictionary<long, IfIndex> _numbered = [];
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

    /// <summary>The same where the type of the rows is not known; empty when there are none.</summary>
    public IList RowsOf(FactLayout layout)
    {
        if (!_rows.TryGetValue(layout, out IList? rows)) _rows[layout] = rows = layout.RowsOf(s_nothing, []);
        return rows;
    }

    /// <summary>Rows that were told before.</summary>
    public void Add(FactLayout layout, IList rows)
    {
        if (layout == BridgePort.Layout)
        {
            foreach (BridgePort port in rows) AddBridgePort(port);
        }
        else if (layout == Vlan.Layout)
        {
            foreach (Vlan vlan in rows) AddVlan(vlan.Id, vlan.Name);
        }
        else if (RowsOf(layout) is { Count: > 0 } present)
        {
            foreach (object row in rows) present.Add(row);
        }
        else _rows[layout] = rows;
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

    /// <summary>dot1dBasePort has been asked.</summary>
    public bool HasPortNumbers { get; set; }

    public void AddBridgePort(BridgePort port)
    {
        Of(BridgePort.Layout).Add(port);
        _bridged.Add(port.Interface);
        _interfacesByPort[(port.Context, port.Port)] = port.Interface;
    }

    /// <summary>The bridge port of this row of dot1dBasePortTable has another number than its index.</summary>
    public void NumberBridgePort(uint row, long number)
    {
        if (_interfacesByPort.TryGetValue((default, row), out IfIndex on)) _numbered[number] = on;
    }

    /// <summary>
    /// By the first rule that tells: the number that dot1dBasePort tells where it is not the index; the VLAN's own context; the default
    /// one, since a switch numbers its ports once; the ifIndex of a bridge port, as agents have it that do not number bridge ports.
    /// Default when none does.
    /// </summary>
    public IfIndex InterfaceOfPort(VlanId context, long port)
    {
        if (_numbered.TryGetValue(port, out IfIndex found) || _interfacesByPort.TryGetValue((context, port), out found)
            || _interfacesByPort.TryGetValue((default, port), out found))
            return found;
        return port is > 0 and <= uint.MaxValue && _bridged.Contains(new IfIndex(port)) ? new IfIndex(port) : default;
    }

    /// <summary>In any context.</summary>
    public IfIndex InterfaceOfPort(long port)
    {
        IfIndex found = InterfaceOfPort(default, port);
        return found.IsNone ? Of(BridgePort.Layout).Find(candidate => candidate.Port == port).Interface : found;
    }

    /// <summary>
    /// The bridge port that is meant by a table that counts ports from 1, although bridge ports begin behind a constant: 2 is 49154 where
    /// they are 49153, 49154 and so on without a gap, all above their count. Default where they are not so.
    /// </summary>
    public IfIndex CountedPort(long port)
    {
        int[] ports = [.. Of(BridgePort.Layout).Where(one => one.Context.IsNone).Select(one => one.Port).Distinct()];
        if (ports.Length < 2 || port < 1 || port > ports.Length) return default;
        int first = ports.Min();
        bool isRun = first > ports.Length && ports.Max() - first == ports.Length - 1;
        return isRun ? InterfaceOfPort(default, first - 1 + port) : default;
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
