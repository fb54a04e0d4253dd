using System.Globalization;
using Towpath.Contracts;
using Towpath.Inventory;
using Towpath.Network;

namespace Towpath.Server;

/// <summary><c>/topology/physical-topology</c>: devices, access points, hosts, what is unmanaged, and the cables between them.</summary>
internal static class TopologyEndpoints
{
    public static void MapTopology(this IEndpointRouteBuilder api)
    {
        api.MapGet("/topology/physical-topology", Physical).AsList()
            .Gives<TopologyGraph>("Devices, hosts, what nobody manages, and the cables.", "nodeType");
        api.MapGet("/topology/l2/{vlan}", OfVlan)
            .Gives<TopologyGraph>("The links that carry a VLAN.");
        api.MapGet("/topology/l3/{protocol}", OfProtocol)
            .Gives<TopologyGraph>("The links that carry a routing protocol.");
        api.MapGet("/topology/l3/vrf/{vrf}", OfVrf)
            .Gives<TopologyGraph>("The links of a VRF.");
        api.MapGet("/topology/vlan/vlan-names", VlanNames)
            .GivesList<string>("The VLANs that there are.");
    }

    private static IResult Physical(HttpRequest request, Devices devices)
    {
        string? nodeType = new QueryReader(request).Text("nodeType");
        TopologyGraph graph = PhysicalTopology.Draw(devices.View);
        return Answers.Ok(nodeType is null ? graph : PhysicalTopology.Only(graph, nodeType));
    }

    /// <summary><c>Vlan20</c> or <c>20</c>.</summary>
    private static IResult OfVlan(string vlan, Devices devices)
    {
        string number = vlan.StartsWith("Vlan", StringComparison.OrdinalIgnoreCase) ? vlan[4..] : vlan;
        return ushort.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out ushort id) && id is > 0 and < 4095
            ? Answers.Ok(LayerTopology.OfVlan(devices.View, new VlanId(id)))
            : throw ApiException.Malformed($"'{Texts.Shorten(vlan)}' is no VLAN: ask for Vlan1 to Vlan4094.");
    }

    private static IResult OfProtocol(string protocol, Devices devices)
    {
        foreach (RouteProtocol known in Enum.GetValues<RouteProtocol>())
        {
            if ($"{known}".Equals(protocol, StringComparison.OrdinalIgnoreCase))
                return Answers.Ok(LayerTopology.OfProtocol(devices.View, known));
        }
        throw ApiException.Malformed($"'{Texts.Shorten(protocol)}' is no routing protocol: ask for OSPF, ISIS, EIGRP, BGP or RIP.");
    }

    private static IResult OfVrf(string vrf, Devices devices) => Answers.Ok(LayerTopology.OfVrf(devices.View, new VrfName(vrf)));

    /// <summary>As <c>/topology/l2</c> names VLANs: Vlan1, Vlan20.</summary>
    private static IResult VlanNames(Devices devices) => Answers.Ok<IReadOnlyList<string>>(
        [.. devices.View.Network.Devices.SelectMany(device => device.Snapshot.Vlans).Select(vlan => vlan.Id).Distinct().Order()
            .Select(vlan => $"Vlan{vlan}")]);
}
