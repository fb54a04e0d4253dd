using Towpath.Contracts;
using Towpath.Inventory;
using Towpath.Network;

namespace Towpath.Server;

/// <summary><c>/network-device/{id}/vlan</c>: the VLANs of a device, with the interfaces and subnets by which it routes for them.</summary>
internal static class DeviceVlansEndpoints
{
    public static void MapDeviceVlans(this IEndpointRouteBuilder devices) => devices.MapGet("/{id}/vlan", List)
            .GivesList<VlanItem>("The VLANs of a device.", "interfaceType");

    /// <summary>By number. <c>interfaceType</c> narrows by a part of the type's name: SVI, Subinterface.</summary>
    private static IResult List(HttpRequest request, string id, Devices devices)
    {
        InventoryDevice device = devices.View.Find(new DeviceId(Ids.Parse(id, "device"))) ?? throw ApiException.NotInNetwork("device", id);
        string? type = new QueryReader(request).Text("interfaceType");
        if (device.AccessPoint is not null) return Answers.Ok<IReadOnlyList<VlanItem>>([]);

        Dictionary<VlanId, string> names = [];
        foreach (Vlan vlan in device.Source.Snapshot.Vlans) names.TryAdd(vlan.Id, vlan.Name);
        InterfaceRoles roles = device.Source.Tables.Roles;
        (VlanId Vlan, VlanItem Item)[] routed = [.. InventoryView.InterfacesOf(device)
            .Select(port => (Port: port, Vlan: port.IsSvi ? roles.SviVlan(port.Interface.Index)
                : roles.SubinterfaceVlan(port.Interface.Index)))
            .Where(found => !found.Vlan.IsNone && (type is null || TypeOf(found.Port).Contains(type, StringComparison.OrdinalIgnoreCase)))
            .Select(found => (found.Vlan, Item(found.Vlan, names, found.Port)))];
        IEnumerable<(VlanId Vlan, VlanItem Item)> switched = type is not null
            ? [] : names.Keys.Except(routed.Select(found => found.Vlan)).Select(vlan => (vlan, Item(vlan, names, null)));
        return Answers.Ok<IReadOnlyList<VlanItem>>([.. routed.Concat(switched).OrderBy(found => found.Vlan).Select(found => found.Item)]);
    }

    private static string TypeOf(InventoryInterface port) => port.IsSvi ? "Ethernet SVI" : "Ethernet Subinterface";

    private static VlanItem Item(VlanId vlan, Dictionary<VlanId, string> names, InventoryInterface? port)
    {
        Prefix? subnet = port?.Address?.Subnet;
        return new VlanItem
        {
            InterfaceName = port?.Interface.Name,
            IpAddress = port?.Address?.Address.ToString(),
            Mask = subnet?.Length,
            NetworkAddress = subnet?.Network.ToString(),
            NumberOfIPs = subnet is { } known ? 1L << (32 - known.Length) : null,
            Prefix = subnet is { } told ? $"{told.Length}" : null,
            VlanNumber = vlan.Value,
            VlanType = names.GetValueOrDefault(vlan),
        };
    }
}
