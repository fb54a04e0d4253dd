using System.Globalization;
using Towpath.Contracts;
using Towpath.Inventory;
using Towpath.Network;

namespace Towpath.Server;

/// <summary>
/// <c>/device-detail</c> and <c>/client-detail</c>: one device or host, as clients of the origin's assurance ask for it. What is known now
/// is told, whatever <c>timestamp</c> says: tables of an earlier time are at <c>/table</c>.
/// </summary>
internal static class DetailEndpoints
{
    public static void MapDetails(this IEndpointRouteBuilder api)
    {
        api.MapGet("/device-detail", OfDevice)
            .Gives<DeviceDetail>("One device by name, MAC address or id.", "identifier", "searchBy");
        api.MapGet("/client-detail", OfClient)
            .GivesBare<ClientDetail>("One host by its MAC address, and where it hangs.", "macAddress");
    }

    private static IResult OfDevice(HttpRequest request, Devices devices)
    {
        var query = new QueryReader(request);
        string? by = query.Word("identifier", "macAddress", "uuid", "nwDeviceName"), text = query.Text("searchBy");
        if (query.Text("identifier") is null) query.Refuse("identifier is required: macAddress, uuid or nwDeviceName.");
        if (text is null) query.Refuse("searchBy is required: the value of the identifier.");
        query.Validate();
        return devices.View.Devices.FirstOrDefault(device => Is(device, by!, text!)) is { } found
            ? Answers.Ok(Detail(found))
            : throw new ApiException(StatusCodes.Status404NotFound, "NOT_FOUND",
                $"There is no device with the {by} '{Texts.Shorten(text!)}'.");
    }

    private static bool Is(InventoryDevice device, string by, string text) => by switch
    {
        "uuid" => DeviceId.TryParse(text, null, out DeviceId id) && device.Id == id,
        "nwDeviceName" => device.Name.Equals(text, StringComparison.OrdinalIgnoreCase),
        _ => MacAddress.TryParse(text, null, out MacAddress mac) && device.Mac == mac,
    };

    private static DeviceDetail Detail(InventoryDevice device) => new()
    {
        NwDeviceId = device.Id.ToString(),
        NwDeviceName = device.Name,
        ManagementIpAddr = device.ManagementAddress.ToString(),
        MacAddress = device.Mac?.ToString().ToUpperInvariant(),
        SerialNumber = device.SerialNumber,
        PlatformId = device.Kind.Model,
        NwDeviceFamily = DeviceFamilyWords.Of(device.Kind.Family),
        NwDeviceType = device.Kind.Type,
        NwDeviceRole = DeviceRoleWords.Of(device.Role),
        DeviceSeries = device.Kind.Series,
        OsType = device.SoftwareType,
        SoftwareVersion = device.SoftwareVersion,
        CommunicationState = device.UnreachableReason is null ? "REACHABLE" : "UNREACHABLE",
        CollectionStatus = device.ErrorDescription is null ? "SUCCESS" : device.CollectionStatus,
        LastBootTime = device.BootedAt?.ToUnixTimeMilliseconds(),
        Location = "Global",
        Timestamp = device.CollectedAt.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
    };

    private static IResult OfClient(HttpRequest request, Devices devices, HostHistory history)
    {
        var query = new QueryReader(request);
        string? text = query.Text("macAddress");
        MacAddress mac = default;
        if (text is null) query.Refuse("macAddress is required.");
        else if (!MacAddress.TryParse(text, null, out mac)) query.Refuse($"macAddress: '{Texts.Shorten(text)}' is no MAC address.");
        query.Validate();
        InventoryView view = devices.View;
        return HostsEndpoints.All(view, history).FirstOrDefault(host => host.Host.Mac == mac) is { } found
            ? Answers.Bare(Detail(found, view))
            : throw new ApiException(StatusCodes.Status404NotFound, "NOT_FOUND", $"There is no host with the MAC address {mac}.");
    }

    private static ClientDetail Detail(InventoryHost host, InventoryView view)
    {
        string type = host.Type.ToUpperInvariant();
        var facts = new ClientFacts
        {
            Id = host.Host.Id.ToString(),
            ConnectionStatus = host.IsGone ? "DISCONNECTED" : "CONNECTED",
            HostType = type,
            HostMac = host.Host.Mac.ToString().ToUpperInvariant(),
            HostIpV4 = host.Host.Address.ToString(),
            VlanId = host.Host.Vlan.IsNone ? null : host.Host.Vlan.ToString(),
            Port = host.AttachedAt?.Interface.Name,
            ClientConnection = host.AttachedTo?.Name,
            LastUpdated = host.Host.SeenAt.ToUnixTimeMilliseconds(),
            ConnectedDevice = host.AttachedTo is { } at
                ? [new ClientDevice(at.Id.ToString(), at.Name, at.ManagementAddress.ToString(), DeviceFamilyWords.Of(at.Kind.Family))] : [],
        };
        var connection = new ClientConnection
        {
            HostType = type,
            NwDeviceName = host.AttachedTo?.Name,
            NwDeviceMac = host.AttachedTo?.Mac?.ToString().ToUpperInvariant(),
        };
        TopologyNode own = PhysicalTopology.Node(host.Host, view.Network);
        // Of a host that is gone nobody knows a cable.
        return host.AttachedTo is { } device && !host.IsGone
            ? new ClientDetail(facts, connection, new TopologyGraph
            {
                Nodes = [own, PhysicalTopology.Node(device)],
                Links = [new TopologyLink { Source = own.Id, Target = device.Id.ToString(), LinkStatus = "up" }],
            })
            : new ClientDetail(facts, connection, new TopologyGraph { Nodes = [own], Links = [] });
    }
}
