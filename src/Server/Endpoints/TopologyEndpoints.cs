using Towpath.Contracts;
using Towpath.Inventory;

namespace Towpath.Server;

/// <summary><c>/topology/physical-topology</c>: devices, access points, hosts, what is unmanaged, and the cables between them.</summary>
internal static class TopologyEndpoints
{
    public static void MapTopology(this IEndpointRouteBuilder api)
    {
        api.MapGet("/topology/physical-topology", Physical);
        api.MapGet("/topology/vlan/vlan-names", VlanNames);
    }

    private static IResult Physical(HttpRequest request, Devices devices)
    {
        string? nodeType = new QueryReader(request).Text("nodeType");
        TopologyGraph graph = PhysicalTopology.Draw(devices.View);
        return Answers.Ok(nodeType is null ? graph : PhysicalTopology.Only(graph, nodeType));
    }

    /// <summary>As <c>/topology/l2</c> names VLANs: Vlan1, Vlan20.</summary>
    private static IResult VlanNames(Devices devices) => Answers.Ok<IReadOnlyList<string>>(
        [.. devices.View.Network.Devices.SelectMany(device => device.Snapshot.Vlans).Select(vlan => vlan.Id).Distinct().Order()
            .Select(vlan => $"Vlan{vlan}")]);
}
