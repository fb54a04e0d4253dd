using Towpath.Contracts;
using Towpath.Inventory;
using Towpath.Network;

namespace Towpath.Server;

/// <summary><c>/reachability-info</c>: which devices answer, and why the others do not, in the order of the device list.</summary>
internal static class ReachabilityEndpoints
{
    private const string Protocol = "SNMP";

    public static void MapReachability(this IEndpointRouteBuilder api)
    {
        RouteGroupBuilder reachability = api.MapGroup("/reachability-info");
        reachability.MapGet("", (Devices devices) => Items(Read(devices)))
            .GivesList<ReachabilityItem>("Which devices answer, and why the others do not.");
        reachability.MapGet("/count", (Devices devices) => Answers.Ok(Read(devices).Count()))
            .Gives<int>("How many devices are asked.");
        reachability.MapGet("/{startIndex}/{recordsToReturn}", Range)
            .GivesList<ReachabilityItem>("A part of them, from 1.");
        reachability.MapGet("/{id}", Find)
            .Gives<ReachabilityItem>("Whether one device answers.");
        reachability.MapGet("/ip-address/{ip}", FindByAddress)
            .Gives<ReachabilityItem>("Whether the device that is managed at an address answers.");
    }

    private static IResult Range(string startIndex, string recordsToReturn, Devices devices)
    {
        Paging page = Paging.FromPath(startIndex, recordsToReturn);
        return Items(Read(devices).Skip(page.Skip).Take(page.Limit));
    }

    private static IResult Find(string id, Devices devices)
    {
        var wanted = new DeviceId(Ids.Parse(id, "device"));
        return Read(devices).FirstOrDefault(device => device.Id == wanted) is { } found
            ? Answers.Ok(Item(found)) : throw ApiException.NotInNetwork("device", id);
    }

    private static IResult FindByAddress(string ip, Devices devices) =>
        Ipv4Address.TryParse(ip, null, out Ipv4Address address)
            && Read(devices).FirstOrDefault(device => device.ManagementAddress == address) is { } found
            ? Answers.Ok(Item(found))
            : throw new ApiException(StatusCodes.Status404NotFound, "NOT_FOUND",
                $"There is no device with the management address '{Texts.Shorten(ip)}'.");

    /// <summary>Those that are asked themselves: an access point is known by its controller.</summary>
    private static IEnumerable<InventoryDevice> Read(Devices devices) =>
        devices.View.Devices.Where(device => device.AccessPoint is null);

    private static IResult Items(IEnumerable<InventoryDevice> devices) =>
        Answers.Ok<IReadOnlyList<ReachabilityItem>>([.. devices.Select(Item)]);

    private static ReachabilityItem Item(InventoryDevice device) => new()
    {
        Id = device.Id.ToString(),
        MgmtIp = device.ManagementAddress.ToString(),
        ReachabilityStatus = device.ReachabilityStatus,
        ReachabilityFailureReason = device.UnreachableReason,
        ProtocolList = Protocol,
        ProtocolUsed = device.UnreachableReason is null ? Protocol : "",
        DiscoveryId = "",
        DiscoveryStartTime = NetworkDeviceItems.Text(device.Record?.AddedAt ?? device.CollectedAt),
        SnmpCommunity = CredentialBody.Mask,
    };
}
