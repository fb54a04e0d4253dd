using Towpath.Contracts;
using Towpath.Inventory;
using Towpath.Network;

namespace Towpath.Server;

/// <summary><c>/network-device/{id}/interface/{interfaceId}/neighbor</c>: what is at the other end of the cable.</summary>
internal static class InterfaceNeighborsEndpoints
{
    public static void MapInterfaceNeighbors(this IEndpointRouteBuilder devices) =>
        devices.MapGet("/{id}/interface/{interfaceId}/neighbor", FindAsync)
            .Gives<ConnectedDevice>("What is at the other end of the cable.");

    private static async Task<IResult> FindAsync(string id, string interfaceId, Devices devices, CancellationToken cancellationToken)
    {
        InventoryView view = devices.View;
        InventoryInterface? port = await view.FindInterfaceAsync(Ids.Parse(interfaceId, "interface"), cancellationToken);
        if (port is null || port.Device.Id.Value != Ids.Parse(id, "device"))
            throw ApiException.NotInNetwork("interface of this device", interfaceId);
        return Neighbor(view.Network, new Port(port.Device.Id, port.Interface.Index)) is { } found
            ? Answers.Ok(found)
            : throw new ApiException(StatusCodes.Status404NotFound, "NOT_FOUND",
                $"Nothing is known at the other end of {port.Device.Name} {port.Interface.Name}.",
                "Devices that announce nothing (LLDP, CDP) and are not managed are not seen.");
    }

    /// <summary>A managed device, else what is announced.</summary>
    private static ConnectedDevice? Neighbor(NetworkSnapshot network, Port at)
    {
        foreach (LinkEnd end in network.LinksAt(at))
        {
            if (network.Device(end.Far.Device) is { } far)
                return new ConnectedDevice { NeighborDevice = far.Name,
                    NeighborPort = end.Far.Interface.IsNone ? null : far.Tables.NameOf(end.Far.Interface) };
        }
        return network.UnmanagedAt(at).FirstOrDefault() is { } announced
            ? new ConnectedDevice { NeighborDevice = announced.Name, NeighborPort = announced.PortName } : null;
    }
}
