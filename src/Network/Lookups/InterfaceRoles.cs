using System.Globalization;
using System.Text.RegularExpressions;

namespace Towpath.Network;

/// <summary>
/// Tells the interfaces that are the routed face of a VLAN (SVI) from the tagged subinterfaces of a routed port. Where a table of the maker
/// says so, that counts. No standard table does: then it follows from ifType and the names that makers use (Vlan600, Vlanif600, irb.600,
/// ve600, br0.600; GigabitEthernet0/2.600).
/// </summary>
public sealed partial class InterfaceRoles
{
    private const int Bridge = 209, Loopback = 24, Tunnel = 131; // ifType
    private readonly Dictionary<IfIndex, VlanId> _sviVlans = [];
    private readonly Dictionary<VlanId, IfIndex> _svis = [];
    private readonly Dictionary<IfIndex, (IfIndex Parent, VlanId Vlan)> _subinterfaces = [];
    private readonly HashSet<IfIndex> _told = [];
    private readonly HashSet<IfIndex> _loopbacks = [];
    private readonly HashSet<IfIndex> _overlays = [];

    /// <param name="subnetInterfaces">A virtual router's own interface, and the one that it lies over: both route for one VLAN.</param>
    internal InterfaceRoles(DeviceSnapshot snapshot, Dictionary<IfIndex, Interface> interfaces, InterfaceNames names,
        IReadOnlyDictionary<IfIndex, IfIndex> subnetInterfaces)
    {
        foreach (SubinterfaceTag told in snapshot.SubinterfaceTags)
        {
            if (!_told.Add(told.Interface)) continue;
            // Some agents name no port under a subinterface, or itself.
            IfIndex port = told.Port.IsNone || told.Port == told.Interface ? PortNamedBy(told.Interface) : told.Port;
            if (port.IsNone) AddSvi(told.Interface, told.Vlan);
            else _subinterfaces.TryAdd(told.Interface, (port, told.Vlan));
        }
        foreach (Interface i in snapshot.Interfaces)
        {
            if (i.Type == Loopback) _loopbacks.Add(i.Index);
            if (i.Type == Tunnel || IsOverlayName(i.Name) || IsOverlayName(i.ShortName)) _overlays.Add(i.Index);
            if (_told.Contains(i.Index)) continue;
            if ((SviVlanIn(i.Name) ?? SviVlanIn(i.ShortName)) is { } vlan) AddSvi(i.Index, vlan);
            else if (Suffix(i.Name) is { } part && names.Find(part.Parent) is { } parent && parent != i.Index)
            {
                if (interfaces.GetValueOrDefault(parent)?.Type == Bridge) AddSvi(i.Index, part.Vlan);
                else _subinterfaces.TryAdd(i.Index, (parent, part.Vlan));
            }
        }
        foreach ((IfIndex virtualOne, IfIndex under) in subnetInterfaces)
            if (_sviVlans.TryGetValue(under, out VlanId vlan)) _sviVlans.TryAdd(virtualOne, vlan);

        IfIndex PortNamedBy(IfIndex subinterface)
        {
            string name = interfaces.GetValueOrDefault(subinterface)?.Name ?? "";
            int dot = name.LastIndexOf('.');
            return dot > 0 && names.Find(name[..dot]) is { } port && port != subinterface ? port : default;
        }
    }

    /// <summary>The VLAN that the interface routes for; default when it is no SVI.</summary>
    public VlanId SviVlan(IfIndex index) => _sviVlans.GetValueOrDefault(index);

    public bool IsSvi(IfIndex index) => _sviVlans.ContainsKey(index);

    public bool IsLoopback(IfIndex index) => _loopbacks.Contains(index);

    /// <summary>
    /// Frames that leave by it go through a tunnel (VXLAN and its like): what a bridge has learned there is somewhere else. By ifType
    /// tunnel, or by the names that makers use: nve1 (Cisco, Huawei), Vxlan1 (Arista), vtep.32769 (Juniper), vxlan10, vni10 (Linux).
    /// </summary>
    public bool IsOverlay(IfIndex index) => _overlays.Contains(index);

    /// <summary>Any interface is one.</summary>
    public bool HasOverlay => _overlays.Count > 0;

    /// <summary>The interface that routes for the VLAN; null when the device has none.</summary>
    public IfIndex? Svi(VlanId vlan) => _svis.TryGetValue(vlan, out IfIndex found) ? found : null;

    /// <summary>The physical port under a tagged subinterface; the interface itself when it is none.</summary>
    public IfIndex PortUnder(IfIndex index) => _subinterfaces.TryGetValue(index, out var found) ? found.Parent : index;

    /// <summary>The tag of a subinterface; default when it is none.</summary>
    public VlanId SubinterfaceVlan(IfIndex index) => _subinterfaces.TryGetValue(index, out var found) ? found.Vlan : default;

    /// <summary>A table tells the interface's VLAN: it is not read from its name.</summary>
    public bool IsTagTold(IfIndex index) => _told.Contains(index);

    /// <summary>The subinterface of a port that takes frames with this tag; null when there is none.</summary>
    public IfIndex? Subinterface(IfIndex port, VlanId vlan)
    {
        foreach ((IfIndex index, (IfIndex parent, VlanId tag)) in _subinterfaces)
            if (parent == port && tag == vlan) return index;
        return null;
    }

    private void AddSvi(IfIndex index, VlanId vlan)
    {
        _sviVlans.TryAdd(index, vlan);
        _svis.TryAdd(vlan, index);
    }

    private static VlanId? SviVlanIn(string name) =>
        IsOfVlan(name) && SviName().Match(name) is { Success: true } svi ? VlanIn(svi.Groups[1].ValueSpan) : null;

    private static bool IsOverlayName(string name) => IsOfVlan(name) && OverlayName().IsMatch(name);

    /// <summary>The names below begin so; hardly another one does, of which a network has a million.</summary>
    private static bool IsOfVlan(string name) =>
        name is ['v' or 'V', ..] or ['i' or 'I', 'r' or 'R', ..] or ['n' or 'N', 'v' or 'V', ..] or ['g' or 'G', 'e' or 'E', ..];

    /// <summary>
    /// Vlan10 and Vl10 (Cisco, Arista, Aruba), Vlan-interface10 (H3C), Vlanif10 (Huawei), irb.10 and vlan.10 (Juniper), ve10 (Brocade,
    /// Ruckus), VLAN 0010 (Extreme), vlan-10 (Nokia).
    /// </summary>
    [GeneratedRegex(@"^(?:(?:vlan(?:-interface|if)?|vl|ve)[ ._-]?|irb\.)([0-9]{1,5})$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SviName();

    [GeneratedRegex("^(?:vxlan|(?:nve|vx|vtep|vni|geneve)[ ._-]?[0-9])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OverlayName();

    private static (string Parent, VlanId Vlan)? Suffix(string name)
    {
        int dot = name.LastIndexOf('.');
        return dot > 0 && VlanIn(name.AsSpan(dot + 1)) is { } vlan ? (name[..dot], vlan) : null;
    }

    private static VlanId? VlanIn(ReadOnlySpan<char> digits) =>
        ushort.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out ushort vlan) && vlan is >= 1 and <= 4094
            ? new VlanId(vlan) : null;
}
