using System.Collections.Immutable;
using System.Globalization;
using Towpath.Contracts;
using Towpath.Inventory;

namespace Towpath.Server;

/// <summary><c>/host</c>: what hangs on the network and is no part of it, as gateways' ARP tables and controllers' stations tell.</summary>
internal static class HostsEndpoints
{
    public static void MapHosts(this IEndpointRouteBuilder api)
    {
        api.MapGet("/host", List);
        api.MapGet("/host/count", Count);
        api.MapGet("/host/{id}", Find);
    }

    private static IResult List(HttpRequest request, Devices devices)
    {
        Paging page = Paging.FromQuery(request);
        var query = new QueryReader(request);
        string? sortBy = query.Word("sortBy", [.. HostFilter.Attributes, "id"]);
        bool descending = query.Descending();
        query.Validate();
        InventoryView view = devices.View;
        IEnumerable<InventoryHost> hosts = Selected(request, view); // by address
        if (sortBy is "id") hosts = hosts.OrderBy(host => host.Host.Id);
        else if (sortBy is not (null or "hostIp"))
            hosts = hosts.OrderBy(host => HostFilter.Value(sortBy, host), StringComparer.OrdinalIgnoreCase);
        if (descending) hosts = hosts.Reverse();
        return Answers.Ok<IReadOnlyList<HostItem>>([.. hosts.Skip(page.Skip).Take(page.Limit).Select(host => Item(host, view))]);
    }

    private static IResult Count(HttpRequest request, Devices devices) => Answers.Ok(Selected(request, devices.View).Count());

    private static IResult Find(string id, Devices devices)
    {
        Guid wanted = Ids.Parse(id, "host");
        InventoryView view = devices.View;
        return view.Network.Hosts.FirstOrDefault(host => host.Id == wanted) is { } found
            ? Answers.Ok(Item(InventoryHost.Of(view, found), view))
            : throw ApiException.NotFound("host", id);
    }

    private static IEnumerable<InventoryHost> Selected(HttpRequest request, InventoryView view)
    {
        var query = new QueryReader(request);
        TextComparison comparison = query.Choice("filterOperation", ("startswith", TextComparison.StartsWith),
            ("contains", TextComparison.Contains), ("endswith", TextComparison.EndsWith));
        query.Validate();
        var filter = new HostFilter(
            [.. HostFilter.Attributes
                .Select(name => (name, request.Query[name].OfType<string>().Where(value => value.Length > 0).ToArray()))
                .Where(condition => condition.Item2.Length > 0)
                .Select(condition => (condition.name, (ImmutableArray<string>)[.. condition.Item2]))],
            comparison);
        return view.Network.Hosts.Select(host => InventoryHost.Of(view, host)).Where(filter.Matches);
    }

    private static HostItem Item(InventoryHost host, InventoryView view)
    {
        // Wireless traffic enters the wired network at the controller.
        string? controller = host.Host.IsWireless && view.Network.StationOf(host.Host.Mac) is { } station
            ? station.Controller.ToString() : null;
        return new HostItem
        {
            Id = host.Host.Id.ToString(),
            HostIp = host.Host.Address.ToString(),
            HostMac = host.Host.Mac.ToString(),
            HostType = host.Type,
            SubType = "UNKNOWN",
            ConnectedNetworkDeviceId = host.AttachedTo?.Id.ToString(),
            ConnectedNetworkDeviceIpAddress = host.AttachedTo?.ManagementAddress.ToString(),
            ConnectedInterfaceId = host.AttachedAt?.Id.ToString(),
            ConnectedInterfaceName = host.AttachedAt?.Interface.Name,
            ConnectedAPName = host.Host.IsWireless ? host.AttachedTo?.Name : null,
            ConnectedAPMacAddress = host.Host.IsWireless ? host.AttachedTo?.AccessPoint?.Mac.ToString() : null,
            VlanId = host.Host.Vlan.IsNone ? null : host.Host.Vlan.ToString(),
            LastUpdated = host.Host.SeenAt.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
            PointOfAttachment = controller,
            PointOfPresence = controller,
        };
    }
}
