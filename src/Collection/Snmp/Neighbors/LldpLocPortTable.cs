using System.Globalization;
using Towpath.Network;

namespace Towpath.Collection;

/// <summary>
/// lldpLocPortTable (IEEE 802.1AB), index local port number: id subtype .2, id .3, description .4. It tells which interface a local port
/// number means, which agents number as they like. The rule, first match wins: the port id (interface name, MAC, alias or, when "local",
/// the ifIndex or a name); the description, when it is an interface's name; the number as a bridge port; the number as an ifIndex;
/// the number as that of a bridge port counted from 1.
/// </summary>
internal sealed class LldpLocPortTable
{
    private const uint IdSubtype = 2, Id = 3, Description = 4;
    internal static readonly TableSpec Spec = new(FactSource.Named("LldpLocPortTable"), "1.0.8802.1.1.2.1.3.7.1", Id, IdSubtype,
        Description);

    private readonly Dictionary<uint, IfIndex> _told = [];
    private readonly SnapshotDraft _draft;
    private readonly HashSet<IfIndex> _known;
    private readonly Dictionary<string, IfIndex> _byName = [];
    private readonly Dictionary<string, IfIndex> _byMac = [];
    private readonly Dictionary<string, IfIndex> _byAlias = [];

    private LldpLocPortTable(SnapshotDraft draft)
    {
        _draft = draft;
        _known = [.. draft.Of(Interface.Layout).Select(one => one.Index)];
        foreach (Interface one in draft.Of(Interface.Layout))
        {
            AddUnique(_byName, one.Name, one.Index);
            AddUnique(_byName, one.ShortName, one.Index);
            AddUnique(_byAlias, one.Alias, one.Index);
            if (one.Mac != default) AddUnique(_byMac, one.Mac.ToString(), one.Index);
        }
    }

    public static async Task<LldpLocPortTable> ReadAsync(CollectionRun run, CancellationToken cancellationToken)
    {
        var ports = new LldpLocPortTable(run.Draft);
        await run.ReadAsync(Spec, row =>
        {
            if (row.Index.Length != 1) return row.Unreadable("its index is no port number");
            IfIndex on = ports.ByPortId(LldpIdentity.OfPort(row.Small(IdSubtype, 255) ?? 0, row.Octets(Id)));
            if (on.IsNone) on = Find(ports._byName, row.Text(Description));
            if (!on.IsNone) ports._told[row.Index[0]] = on;
            return RowOutcome.Fact;
        }, cancellationToken);
        return ports;
    }

    /// <summary>Default when no rule gives an interface of ifTable.</summary>
    public IfIndex InterfaceOf(uint localPort)
    {
        if (_told.TryGetValue(localPort, out IfIndex told)) return told;
        IfIndex bridged = _draft.InterfaceOfPort(localPort);
        if (!bridged.IsNone) return bridged;
        var same = new IfIndex(localPort);
        return _known.Contains(same) ? same : _draft.CountedPort(localPort);
    }

    private IfIndex ByPortId(PortId id) => id.Subtype switch
    {
        LldpIdentity.PortInterfaceName => Find(_byName, id.Text),
        LldpIdentity.PortMacAddress => Find(_byMac, id.Text),
        LldpIdentity.PortInterfaceAlias => Find(_byAlias, id.Text) is { IsNone: false } found ? found : Find(_byName, id.Text),
        LldpIdentity.PortLocal =>
            uint.TryParse(id.Text, NumberStyles.None, CultureInfo.InvariantCulture, out uint number) && _known.Contains(new IfIndex(number))
            ? new IfIndex(number)
            : Find(_byName, id.Text),
        _ => default,
    };

    /// <summary>RouterOS writes a port of a bridge with the bridge before it: bridge/ether2.</summary>
    private static IfIndex Find(Dictionary<string, IfIndex> names, string name)
    {
        if (names.TryGetValue(name, out IfIndex found)) return found;
        int slash = name.LastIndexOf('/');
        return slash > 0 && names.ContainsKey(name[..slash].Split('/')[^1]) ? names.GetValueOrDefault(name[(slash + 1)..]) : default;
    }

    /// <summary>A name that two interfaces share (a chassis MAC, "uplink") names none.</summary>
    private static void AddUnique(Dictionary<string, IfIndex> names, string name, IfIndex index)
    {
        if (name.Length == 0) return;
        names[name] = names.TryGetValue(name, out IfIndex other) && other != index ? default : index;
    }
}
