using Towpath.Contracts;
using Towpath.Inventory;

namespace Towpath.Server;

/// <summary><c>/search?q=</c>: what has this name, address, MAC address, serial number or description. Towpath's own.</summary>
internal static class SearchEndpoints
{
    private const int FewestCharacters = 2, MostCharacters = 200;

    public static void MapSearch(this IEndpointRouteBuilder api) => api.MapGet("/search", SearchAsync);

    private static async Task<IResult> SearchAsync(
        HttpRequest request, Devices devices, HostHistory history, CancellationToken cancellationToken)
    {
        Paging page = Paging.FromQuery(request);
        var query = new QueryReader(request);
        string text = (query.Text("q") ?? "").Trim();
        if (text.Length is < FewestCharacters or > MostCharacters)
            query.Refuse($"q must have {FewestCharacters} to {MostCharacters} characters: a part of a name, an address, a prefix ...");
        query.Validate();
        InventoryView view = devices.View;
        var search = new NetworkSearch(new SearchTerm(text), view);
        // All names of a large network take a while: beside the threads that serve requests.
        IReadOnlyList<SearchHit> hits = await Task.Run(() => search.Run(HostsEndpoints.All(view, history)), cancellationToken);
        return Answers.Ok<IReadOnlyList<SearchHit>>([.. hits.Skip(page.Skip).Take(page.Limit)]);
    }
}
