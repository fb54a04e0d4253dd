using System.Collections.Immutable;
using System.Globalization;
using Towpath.Contracts;
using Towpath.Inventory;

namespace Towpath.Server;

/// <summary>
/// <c>/host</c>: what hangs on the network and is no part of it, as gateways' ARP tables and controllers' stations tell; and for 30 days
/// the last places of what they tell no more.
/// </summary>
internal static class HostsEndpoints
{
    private static readonly string[] s_keys = [.. HostFilter.Attributes, "filterOperation", "isGone"];

    public static void MapHosts(this IEndpointRouteBuilder api)
    {
        api.MapGet("/host", List).AsList()
            .GivesList<HostItem>("Hosts, by address.", [.. s_keys, .. QueryKeys.Order, .. QueryKeys.Page]);
        api.MapGet("/host/count", Count).AsList()
            .Gives<int>("How many hosts there are.", s_keys);
        api.MapGet("/host/{id}", Find)
            .Gives<HostItem>("One host.");
    }

    private static IResult List(HttpRequest request, Devices devices, HostHistory history)
    {
        Paging page = Paging.FromQuery(request);
        var query = new QueryReader(request);
        string? sortBy = query.Word("sortBy", [.. HostFilter.Attributes, "id"]);
        bool descending = query.Descending();
        query.Validate();
        InventoryView view = devices.View;
        IEnumerable<InventoryHost> hosts = Selected(request, view, history); // by address
        if (sortBy is "id") hosts = hosts.OrderBy(host => host.Host.Id);
        else if (sortBy is not (null or "hostIp"))
            hosts = hosts.OrderBy(host => HostFilter.Value(sortBy, host), StringComparer.OrdinalIgnoreCase);
        if (descending) hosts = hosts.Reverse();
        return Answers.Ok(Rendered.Of([.. hosts.Skip(page.Skip).Take(page.Limit)], host => Item(host, view)));
    }

    private static IResult Count(HttpRequest request, Devices devices, HostHistory history) =>
        Answers.Ok(Selected(request, devices.View, history).Count());

    private static IResult Find(string id, Devices devices, HostHistory history)
    {
        Guid wanted = Ids.Parse(id, "host");
        InventoryView view = devices.View;
        return All(view, history).FirstOrDefault(host => host.Host.Id == wanted) is { } found
            ? Answers.Ok(Item(found, view))
            : throw ApiException.NotInNetwork("host", id);
    }

    /// <summary>By address. A host that was gone at the last look may be there again.</summary>
    internal static IEnumerable<InventoryHost> All(InventoryView view, HostHistory history)
    {
        IEnumerable<InventoryHost> present = view.Network.Hosts.Select(host => InventoryHost.Of(view, host));
        InventoryHost[] gone = [.. history.Gone.Where(place => view.Network.HostAt(place.Address)?.Mac != place.Mac)
            .Select(place => InventoryHost.Of(view, place))];
        return gone.Length == 0 ? present : present.Concat(gone).OrderBy(host => host.Host.Address).ThenBy(host => host.IsGone);
    }

    private static IEnumerable<InventoryHost> Selected(HttpRequest request, InventoryView view, HostHistory history)
    {
        var query = new QueryReader(request);
        TextComparison comparison = query.Choice("filterOperation", ("startswith", TextComparison.StartsWith),
            ("contains", TextComparison.Contains), ("endswith", TextComparison.EndsWith));
        bool? isGone = query.Flag("isGone");
        query.Validate();
        var filter = new HostFilter(
            [.. HostFilter.Attributes
                .Select(name => (name, request.Query[name].OfType<string>().Where(value => value.Length > 0).ToArray()))
                .Where(condition => condition.Item2.Length > 0)
                .Select(condition => (condition.name, (ImmutableArray<string>)[.. condition.Item2]))],
            comparison);
        return All(view, history).Where(host => (isGone ?? host.IsGone) == host.IsGone && filter.Matches(host));
    }

    private static HostItem Item(InventoryHost host, InventoryView view)
    {
        // Wireless traffic enters the wired network at the controller.
        string? controller = host.Host.IsWireless && !host.IsGone && view.Network.StationOf(host.Host.Mac) is { } station
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
            IsGone = host.IsGone ? true : null,
        };
    }
}
