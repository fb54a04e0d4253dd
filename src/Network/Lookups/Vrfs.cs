namespace Towpath.Network;

/// <summary>
/// The routing instances of one device: each interface is in one, each has a table of its own. Names mean something on the device that has
/// them; two routers of one VPN mostly, not always, use the same.
/// </summary>
public sealed class Vrfs
{
    /// <summary>The global table.</summary>
    public static VrfName Global => default;

    private readonly Dictionary<IfIndex, VrfName> _byInterface = [];
    private readonly Lazy<Fib> _global;
    private readonly Dictionary<VrfName, Lazy<Fib>> _fibs = [];
    private readonly HashSet<VrfName> _told;

    /// <param name="subnetInterfaces">Where frames leave that are routed out of a virtual router's own interface.</param>
    internal Vrfs(DeviceSnapshot snapshot, IReadOnlyDictionary<IfIndex, IfIndex> subnetInterfaces)
    {
        _global = new(() => Network.Fib.Build(AsLeaving(snapshot.Routes)));
        _told = [.. snapshot.VrfRoutes.Select(row => row.Vrf)];
        foreach (VrfInterface member in VrfInterface.Layout.ByPrecedence(snapshot)) _byInterface.TryAdd(member.Interface, member.Vrf);
        foreach (VrfName vrf in snapshot.VrfInterfaces.Select(member => member.Vrf).Concat(snapshot.VrfRoutes.Select(row => row.Vrf))
            .Distinct())
            _fibs[vrf] = new(() => Network.Fib.Build(AsLeaving(RoutesOf(vrf))));

        IEnumerable<Route> AsLeaving(IEnumerable<Route> routes) => subnetInterfaces.Count == 0 ? routes
            : routes.Select(route => subnetInterfaces.TryGetValue(route.Egress, out IfIndex under) ? route with { Egress = under } : route);

        IEnumerable<Route> RoutesOf(VrfName vrf)
        {
            if (_told.Contains(vrf)) return snapshot.VrfRoutes.Where(row => row.Vrf == vrf).Select(row => row.Route);
            // Membership is told more often than routes. The own subnets are certain then, and the routes of the served table that leave by
            // the VRF's interfaces.
            return snapshot.Addresses.Where(own => Of(own.Interface) == vrf && own.PrefixLength is > 0 and < 32)
                .Select(own => new Route(own.Subnet, default, own.Interface, RouteKind.Local, RouteProtocol.Local, 0, own.Source))
                .Concat(snapshot.Routes.Where(route => !route.Egress.IsNone && Of(route.Egress) == vrf));
        }
    }

    /// <summary>The global table, then the VRFs.</summary>
    public IEnumerable<VrfName> Names => _fibs.Keys.Prepend(Global);

    /// <summary>Any interface is in a VRF.</summary>
    public bool Any => _byInterface.Count > 0;

    /// <summary>The VRF that an interface is in; <see cref="Global"/> for one that no table puts in any.</summary>
    public VrfName Of(IfIndex index) => _byInterface.GetValueOrDefault(index, Global);

    /// <summary>
    /// The device shows the VRF's whole table, so an address that is not in it has no route. Membership alone shows no more than the own
    /// subnets.
    /// </summary>
    public bool TellsRoutes(VrfName vrf) => vrf.IsGlobal || _told.Contains(vrf);

    /// <summary>The table that forwards a VRF's packets; empty for a name that the device does not have.</summary>
    public Fib Fib(VrfName vrf) =>
        vrf.IsGlobal ? _global.Value : _fibs.TryGetValue(vrf, out Lazy<Fib>? fib) ? fib.Value : Network.Fib.Empty;
}
