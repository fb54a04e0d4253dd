using System.Globalization;
using Towpath.Contracts;
using Towpath.Inventory;
using Towpath.Network;

namespace Towpath.Server;

/// <summary><c>/interface</c>: the interfaces of all devices. Lists are in the order of the device list, then by ifIndex.</summary>
internal static class InterfacesEndpoints
{
    public static void MapInterfaces(this IEndpointRouteBuilder api)
    {
        RouteGroupBuilder interfaces = api.MapGroup("/interface");
        interfaces.MapGet("", List).AsList()
            .GivesList<InterfaceItem>("Interfaces, in the order of the devices.", QueryKeys.Page);
        interfaces.MapGet("/count", (Devices devices) => Answers.Ok(devices.View.InterfaceCount))
            .Gives<int>("How many interfaces there are.");
        interfaces.MapGet("/{id}", FindAsync)
            .Gives<InterfaceItem>("One interface.");
        interfaces.MapGet("/ip-address/{ip}", ByAddress)
            .GivesList<InterfaceItem>("The interfaces that have an address.");
        interfaces.MapGet("/ospf", (HttpRequest request, Devices devices) => ByProtocol(request, devices, RouteProtocol.Ospf))
            .GivesList<InterfaceItem>("The interfaces that OSPF runs on.", QueryKeys.Page);
        interfaces.MapGet("/isis", (HttpRequest request, Devices devices) => ByProtocol(request, devices, RouteProtocol.Isis))
            .GivesList<InterfaceItem>("The interfaces that IS-IS runs on.", QueryKeys.Page);
        interfaces.MapGet("/network-device/{deviceId}", OfDevice)
            .GivesList<InterfaceItem>("The interfaces of a device, all of them.");
        interfaces.MapGet("/network-device/{deviceId}/count", CountOfDevice)
            .Gives<int>("How many interfaces a device has.");
        interfaces.MapGet("/network-device/{deviceId}/{startIndex}/{recordsToReturn}", RangeOfDevice)
            .GivesList<InterfaceItem>("A part of the interfaces of a device, from 1.");
        interfaces.MapGet("/network-device/{deviceId}/interface-name", ByName)
            .Gives<InterfaceItem>("An interface of a device by its name.", "name");
    }

    private static IResult List(HttpRequest request, Devices devices)
    {
        Paging page = Paging.FromQuery(request);
        return Items(devices.View.Interfaces.Skip(page.Skip).Take(page.Limit));
    }

    private static async Task<IResult> FindAsync(string id, Devices devices, CancellationToken cancellationToken) =>
        await devices.View.FindInterfaceAsync(Ids.Parse(id, "interface"), cancellationToken) is { } found
            ? Answers.Ok(Item(found))
            : throw ApiException.NotInNetwork("interface", id);

    private static IResult ByAddress(string ip, Devices devices)
    {
        if (!Ipv4Address.TryParse(ip, null, out Ipv4Address address))
            throw ApiException.Malformed($"'{Texts.Shorten(ip)}' is no IPv4 address.");
        InventoryView view = devices.View;
        return Items(view.Network.OwnersOf(address)
            .Select(owner => view.Find(owner.Device) is { } device && device.Source.Tables.Interface(owner.Port.Interface) is { } port
                ? new InventoryInterface(device, port) : null)
            .OfType<InventoryInterface>());
    }

    private static IResult ByProtocol(HttpRequest request, Devices devices, RouteProtocol protocol)
    {
        Paging page = Paging.FromQuery(request);
        return Items(devices.View.Interfaces.Where(port => port.Carries(protocol)).Skip(page.Skip).Take(page.Limit));
    }

    /// <summary>All of them: a chassis may have more interfaces than a page, and clients that ask for one device's do not page.</summary>
    private static IResult OfDevice(string deviceId, Devices devices) => Items(InventoryView.InterfacesOf(Require(deviceId, devices)));

    private static IResult CountOfDevice(string deviceId, Devices devices) => Answers.Ok(Require(deviceId, devices).InterfaceCount);

    private static IResult RangeOfDevice(string deviceId, string startIndex, string recordsToReturn, Devices devices)
    {
        Paging page = Paging.FromPath(startIndex, recordsToReturn);
        return Items(InventoryView.InterfacesOf(Require(deviceId, devices)).Skip(page.Skip).Take(page.Limit));
    }

    private static IResult ByName(HttpRequest request, string deviceId, Devices devices)
    {
        string name = new QueryReader(request).Text("name") ?? throw ApiException.Malformed("name is required.");
        return InventoryView.InterfacesOf(Require(deviceId, devices))
            .FirstOrDefault(port => port.Interface.Name == name || port.Interface.ShortName == name) is { } found
            ? Answers.Ok(Item(found))
            : throw new ApiException(StatusCodes.Status404NotFound, "NOT_FOUND", $"The device has no interface '{Texts.Shorten(name)}'.");
    }

    private static InventoryDevice Require(string deviceId, Devices devices) =>
        devices.View.Find(new DeviceId(Ids.Parse(deviceId, "device"))) ?? throw ApiException.NotInNetwork("device", deviceId);

    private static IResult Items(IEnumerable<InventoryInterface> interfaces) =>
        Answers.Ok(Rendered.Of([.. interfaces], Item));

    /// <summary>Every field is a text, as the origin has it: scripts index them and compare. Unknown is empty, or 0 for a number.</summary>
    private static InterfaceItem Item(InventoryInterface port)
    {
        Interface facts = port.Interface;
        return new InterfaceItem
        {
            Id = port.Id.ToString(),
            InstanceUuid = port.Id.ToString(),
            DeviceId = port.Device.Id.ToString(),
            PortName = facts.Name,
            PortMode = port switch
            {
                { VlanMember.Tagged.IsEmpty: false } => "trunk",
                { VlanMember: not null } => "access",
                { Address: not null } => "routed",
                _ => "",
            },
            PortType = port switch
            {
                { IsSvi: true } => "Ethernet SVI",
                { IsLoopback: true } => "Loopback",
                { Physical: not null } => "Ethernet Subinterface",
                { IsPhysical: true } => "Ethernet Port",
                { Interface.Type: 161 } => "Ethernet Channel",
                { Interface.Type: 131 } => "Tunnel",
                _ => "",
            },
            InterfaceType = port.IsPhysical ? "Physical" : "Virtual",
            ClassName = "",
            Description = facts.Alias ?? "",
            Status = facts.OperUp ? "up" : "down",
            AdminStatus = facts.AdminUp ? "UP" : "DOWN",
            Speed = Number(facts.SpeedBitsPerSecond / 1000), // kbit/s, as ever in this API
            Duplex = DuplexOf(port),
            Mtu = Number(facts.Mtu),
            MediaType = "",
            IfIndex = facts.Index.ToString(),
            MacAddress = facts.Mac == default ? "" : facts.Mac.ToString(),
            Ipv4Address = port.Address?.Address.ToString() ?? "",
            Ipv4Mask = port.Address?.Subnet.Mask.ToString() ?? "",
            VlanId = Number(port.Vlan.Value),
            NativeVlanId = Number(port.NativeVlan.Value),
            VoiceVlan = "",
            IsisSupport = port.Carries(RouteProtocol.Isis) ? "true" : "false",
            OspfSupport = port.Carries(RouteProtocol.Ospf) ? "true" : "false",
            MappedPhysicalInterfaceId = port.Physical is { } physical
                ? StableId.OfInterface(port.Device.Id, physical.Name).ToString() : "",
            MappedPhysicalInterfaceName = port.Physical?.Name ?? "",
            Pid = port.Device.Kind.Model ?? "",
            Series = port.Device.Kind.Series ?? "",
            SerialNo = port.Device.SerialNumber ?? "",
            LastUpdated = NetworkDeviceItems.Text(port.Device.CollectedAt),
            Addresses = [.. port.Device.Source.Snapshot.Addresses.Where(own => own.Interface == facts.Index).DistinctBy(own => own.Address)
                .Select((own, at) => new InterfaceAddressItem(
                    new NestedAddress(new AddressText($"{own.Address}"), new AddressText($"{own.Subnet.Mask}"), IsInverseMask: false),
                    at == 0 ? "IPV4_PRIMARY" : "IPV4_SECONDARY"))],
        };
    }

    private static string DuplexOf(InventoryInterface port) =>
        port.Device.Source.Snapshot.EthernetPorts.FirstOrDefault(told => told.Interface == port.Interface.Index).Duplex switch
        {
            Duplex.Full => "FullDuplex",
            Duplex.Half => "HalfDuplex",
            _ => "",
        };

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
