using System.Collections.Immutable;

namespace Towpath.Network;

/// <summary>
/// A next hop and the port toward it, which some route of a device uses. A device has a few of them, and up to a million routes.
/// </summary>
/// <param name="IsRemote">Some route says that the destination lies behind the next hop (<see cref="RouteKind.Remote"/>).</param>
internal readonly record struct RouteExit(Ipv4Address NextHop, IfIndex Egress, bool IsRemote)
{
    /// <summary>The exits of all route tables, also of those of VRFs; each once.</summary>
    public static ImmutableArray<RouteExit> Of(DeviceSnapshot snapshot)
    {
        var exits = new HashSet<RouteExit>();
        RouteExit last = default;
        foreach (Route route in snapshot.Routes) Add(route);
        foreach (VrfRoute row in snapshot.VrfRoutes) Add(row.Route);
        return [.. exits];

        void Add(in Route route)
        {
            var exit = new RouteExit(route.NextHop, route.Egress, route.Kind == RouteKind.Remote);
            if (exit == last && exits.Count > 0) return; // routes of one exit often stand together
            exits.Add(exit);
            last = exit;
        }
    }
}
