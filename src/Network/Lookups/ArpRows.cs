namespace Towpath.Network;

/// <summary>
/// What one device has resolved. Made at the first question, at worst by two at once: a start waits for other lookups. Safe for concurrent
/// use.
/// </summary>
internal sealed class ArpRows(DeviceSnapshot snapshot, Vrfs vrfs, InterfaceRoles roles, Dictionary<IfIndex, IfIndex> subnetInterfaces)
{
    private Dictionary<(IfIndex, Ipv4Address), ArpEntry> ByInterface => field ??= MakeByInterface();

    private Dictionary<(VrfName, Ipv4Address), ArpEntry> ByVrf => field ??= MakeByVrf();

    private HashSet<IfIndex> Shared => field ??= MakeShared();

    public ArpEntry? On(IfIndex on, Ipv4Address address) => ByInterface.TryGetValue((on, address), out ArpEntry found) ? found : null;

    public ArpEntry? In(VrfName vrf, Ipv4Address address) => ByVrf.TryGetValue((vrf, address), out ArpEntry found) ? found : null;

    /// <summary>Several neighbors are resolved on the port.</summary>
    public bool IsShared(IfIndex port) => Shared.Contains(port);

    private Dictionary<(IfIndex, Ipv4Address), ArpEntry> MakeByInterface()
    {
        var resolved = new Dictionary<(IfIndex, Ipv4Address), ArpEntry>(snapshot.Arp.Length);
        foreach (ArpEntry entry in ArpEntry.Layout.ByPrecedence(snapshot)) resolved.TryAdd((entry.Interface, entry.Address), entry);
        foreach ((IfIndex virtualOne, IfIndex under) in subnetInterfaces)
            foreach (ArpEntry entry in snapshot.Arp)
                if (entry.Interface == virtualOne) resolved.TryAdd((under, entry.Address), entry);
        return resolved;
    }

    private Dictionary<(VrfName, Ipv4Address), ArpEntry> MakeByVrf()
    {
        var resolved = new Dictionary<(VrfName, Ipv4Address), ArpEntry>(snapshot.Arp.Length);
        foreach (ArpEntry entry in ArpEntry.Layout.ByPrecedence(snapshot))
            resolved.TryAdd((vrfs.Of(entry.Interface), entry.Address), entry);
        return resolved;
    }

    private HashSet<IfIndex> MakeShared()
    {
        var (shared, firstNeighbors) = (new HashSet<IfIndex>(), new Dictionary<IfIndex, MacAddress>());
        foreach (ArpEntry entry in snapshot.Arp)
        {
            IfIndex port = roles.PortUnder(entry.Interface);
            if (!firstNeighbors.TryAdd(port, entry.Mac) && firstNeighbors[port] != entry.Mac) shared.Add(port);
        }
        return shared;
    }
}
