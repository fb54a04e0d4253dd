using Towpath.Contracts;
using Towpath.Inventory;

namespace Towpath.Server;

/// <summary>
/// <c>/site</c>, <c>/membership</c> and <c>/topology/site-topology</c>: the one site that there is, the root of the origin's tree, which
/// all devices are in. Clients that begin with the sites go on from it.
/// </summary>
internal static class SitesEndpoints
{
    private const string Name = "Global";

    /// <summary>The same everywhere; its last six octets spell the name.</summary>
    internal const string Id = "00000000-0000-4000-8000-676c6f62616c";

    public static void MapSites(this IEndpointRouteBuilder api)
    {
        api.MapGet("/site", List)
            .GivesList<SiteItem>("Sites: there is one, which all devices are in.", ["name", "siteId", "type", .. QueryKeys.Page]);
        api.MapGet("/site/count", Count)
            .Gives<string>("How many sites there are, as a text.", "siteId");
        api.MapGet("/membership/{siteId}", Membership)
            .GivesBare<SiteMembership>("The devices of a site.", ["deviceFamily", "serialNumber", .. QueryKeys.Page]);
        api.MapGet("/topology/site-topology", () => Answers.Ok(new SiteTopology([Node()])))
            .Gives<SiteTopology>("The tree of sites.");
    }

    private static IResult List(HttpRequest request)
    {
        Paging page = Paging.FromQuery(request);
        var query = new QueryReader(request);
        // All keys are read, whatever the first one says: the header Warning names those that are not.
        (string? name, string? siteId, string? type) = (query.Text("name"), query.Text("siteId"), query.Text("type"));
        bool isWanted = (name is null || new TextPattern(name).Matches(Name)) && IsIt(siteId)
            && (type is null || type.Equals("area", StringComparison.OrdinalIgnoreCase));
        return Answers.Ok<IReadOnlyList<SiteItem>>(isWanted && page.Skip == 0 ? [Item()] : []);
    }

    /// <summary>A text, as the origin has it.</summary>
    private static IResult Count(HttpRequest request) => Answers.Ok(IsIt(new QueryReader(request).Text("siteId")) ? "1" : "0");

    private static IResult Membership(HttpContext context, string siteId, Devices devices)
    {
        if (!IsIt(siteId)) throw ApiException.NotFound("site", siteId);
        Paging page = Paging.FromQuery(context.Request);
        var query = new QueryReader(context.Request);
        (TextPattern? family, TextPattern? serial) = (Pattern("deviceFamily"), Pattern("serialNumber"));
        NetworkDeviceItem[] members = [.. devices.View.Devices
            .Where(device => family?.Matches(DeviceFamilyWords.Of(device.Kind.Family)) != false
                && serial?.Matches(device.SerialNumber) != false)
            .Skip(page.Skip).Take(page.Limit).Select(NetworkDeviceItems.Of)];
        return Answers.Bare(new SiteMembership(new SiteMembers<SiteItem>([Item()], Id), [new SiteMembers<NetworkDeviceItem>(members, Id)]));

        TextPattern? Pattern(string key) => query.Text(key) is { } text ? new TextPattern(text) : null;
    }

    /// <summary>Absent means any site.</summary>
    internal static bool IsIt(string? siteId) => siteId is null || siteId.Equals(Id, StringComparison.OrdinalIgnoreCase);

    private static SiteItem Item() => new()
    {
        Id = Id,
        Name = Name,
        SiteHierarchy = Id,
        SiteNameHierarchy = Name,
        AdditionalInfo = [],
    };

    private static SiteNode Node() =>
        new() { Id = Id, Name = Name, DisplayName = Name, ParentId = "", GroupNameHierarchy = Name, LocationType = "area" };
}
