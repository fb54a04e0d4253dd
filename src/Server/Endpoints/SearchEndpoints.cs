using Towpath.Contracts;
using Towpath.Inventory;

namespace Towpath.Server;

/// <summary><c>/search?q=</c>: what has this name, address, MAC address, serial number or description. Towpath's own.</summary>
internal static class SearchEndpoints
{
    private const int FewestCharacters = 2, MostCharacters = 200;

    public static void MapSearch(this IEndpointRouteBuilder api) => api.MapGet("/search", SearchAsync)
        .GivesList<SearchHit>("What has this name, address, serial number or description.", ["q", .. QueryKeys.Page]);

    private static async Task<IResult> SearchAsync(
        HttpContext context, Devices devices, HostHistory history, TableScans scans, CancellationToken cancellationToken)
    {
        Paging page = Paging.FromQuery(context.Request);
        var query = new QueryReader(context.Request);
        string text = (query.Text("q") ?? "").Trim();
        if (text.Length is < FewestCharacters or > MostCharacters)
            query.Refuse($"q must have {FewestCharacters} to {MostCharacters} characters: a part of a name, an address, a prefix ...");
        query.Validate();
        InventoryView view = devices.View;
        var search = new NetworkSearch(new SearchTerm(text), view);
        IReadOnlyList<SearchHit> hits = await scans.RunAsync(
            () => Task.FromResult(search.Run(HostsEndpoints.All(view, history), cancellationToken)), cancellationToken);
        if (hits.Count == NetworkSearch.MostHits)
            Answers.Warn(context.Response, $"Only the first {NetworkSearch.MostHits} hits are told: search for more of the text.");
        return Answers.Ok<IReadOnlyList<SearchHit>>([.. hits.Skip(page.Skip).Take(page.Limit)]);
    }
}
