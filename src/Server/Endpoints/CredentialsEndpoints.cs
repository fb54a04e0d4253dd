using System.Collections.Immutable;
using Towpath.Accounts;
using Towpath.Contracts;
using Towpath.Inventory;
using Towpath.Tasks;

namespace Towpath.Server;

/// <summary><c>/global-credential</c>: what devices are reached with. Encrypted at rest, masked on read.</summary>
internal static class CredentialsEndpoints
{
    private const int MostPerWrite = 100;

    public static void MapCredentials(this IEndpointRouteBuilder api)
    {
        RouteGroupBuilder credentials = api.MapGroup("/global-credential");
        credentials.MapGet("", ListAsync)
            .GivesList<GlobalCredentialItem>(
                "The credentials of one kind, without their secrets.", ["credentialSubType", .. QueryKeys.Order]);
        credentials.MapGet("/{id}", SubTypeAsync)
            .Gives<string>("Of which kind a credential is.");
        credentials.MapDelete("/{id}", DeleteAsync)
            .Starts("Deletes a credential.");
        MapKind<CliCredential>(credentials, "/cli", CredentialKind.Cli);
        MapKind<SnmpV2ReadCommunity>(credentials, "/snmpv2-read-community", CredentialKind.SnmpV2ReadCommunity);
        MapKind<SnmpV2WriteCommunity>(credentials, "/snmpv2-write-community", CredentialKind.SnmpV2WriteCommunity);
        MapKind<SnmpV3Credential>(credentials, "/snmpv3", CredentialKind.SnmpV3);
        MapKind<HttpReadCredential>(credentials, "/http-read", CredentialKind.HttpRead);
        MapKind<HttpWriteCredential>(credentials, "/http-write", CredentialKind.HttpWrite);
        MapKind<NetconfCredential>(credentials, "/netconf", CredentialKind.Netconf);
        credentials.MapPut("/{id}", AssignAsync)
            .Takes<SiteAssignment>().Starts("Says at which sites a credential is used: here there is one, which has them all.");
    }

    /// <typeparam name="T">What is sent: a list of them to POST, one to PUT.</typeparam>
    private static void MapKind<T>(RouteGroupBuilder credentials, string path, CredentialKind kind)
    {
        credentials.MapPost(path,
            (HttpContext context, Credentials stored, InventoryWork work, TimeProvider time, CancellationToken cancellationToken) =>
            CreateAsync(kind, context, stored, work, time, cancellationToken))
            .Takes<IReadOnlyList<T>>().Starts("Keeps credentials of this kind.");
        credentials.MapPut(path, (HttpContext context, Credentials stored, InventoryWork work, CancellationToken cancellationToken) =>
            ChangeAsync(kind, context, stored, work, cancellationToken))
            .Takes<T>().Starts("Changes a credential of this kind.");
    }

    private static async Task<IResult> ListAsync(HttpRequest request, Credentials credentials, CancellationToken cancellationToken)
    {
        var query = new QueryReader(request);
        string? subType = query.Word("credentialSubType", [.. CredentialSubType.All]);
        if (query.Text("credentialSubType") is null)
            query.Refuse($"credentialSubType is required: one of {string.Join(", ", CredentialSubType.All)}.");
        string? sortBy = query.Word("sortBy", "id", "description", "comments", "username");
        bool descending = query.Descending();
        query.Validate();

        IEnumerable<GlobalCredentialItem> items = (await credentials.ListAsync(null, cancellationToken))
            .Where(credential => CredentialItems.SubType(credential.Content.Kind) == subType)
            .Select(CredentialItems.Of);
        if (sortBy is not null) items = items.OrderBy(item => SortKey(item, sortBy), StringComparer.OrdinalIgnoreCase);
        return Answers.Ok<IReadOnlyList<GlobalCredentialItem>>(descending ? [.. items.Reverse()] : [.. items]);
    }

    private static async Task<IResult> SubTypeAsync(string id, Credentials credentials, CancellationToken cancellationToken) =>
        Answers.Ok(CredentialItems.SubType((await RequireAsync(id, credentials, cancellationToken)).Content.Kind));

    private static async Task<IResult> CreateAsync(
        CredentialKind kind, HttpContext context, Credentials stored, InventoryWork work, TimeProvider time,
        CancellationToken cancellationToken)
    {
        ImmutableArray<RequestBody> bodies = await RequestBody.ReadArrayAsync(context, MostPerWrite, cancellationToken);
        DateTimeOffset now = time.GetUtcNow();
        List<string> warnings = [];
        List<Inventory.GlobalCredential> created = [];
        foreach (RequestBody body in bodies)
        {
            created.Add(CredentialBody.Read(body, kind, known: null, Guid.CreateVersion7(now), now));
            warnings.AddRange(body.Validate());
        }
        TaskRecord task = await work.ConfigureAsync(
            Caller.Of(context).Name, string.Join(',', created.Select(credential => credential.Id)), [.. created.Select(stored.Save)],
            cancellationToken);
        return Answers.Accepted(context, task, [.. warnings]);
    }

    private static async Task<IResult> ChangeAsync(CredentialKind kind, HttpContext context, Credentials stored, InventoryWork work,
        CancellationToken cancellationToken)
    {
        RequestBody body = await RequestBody.ReadAsync(context, cancellationToken);
        if ((body.Text("id") ?? body.Text("instanceUuid")) is not { Length: > 0 } id) throw ApiException.Malformed("id is required.");
        Inventory.GlobalCredential known = await RequireAsync(id, stored, cancellationToken);
        if (known.Content.Kind != kind)
            body.Refuse($"The credential {known.Id} is of the type {CredentialItems.SubType(known.Content.Kind)}.");
        Inventory.GlobalCredential changed = CredentialBody.Read(body, kind, known, known.Id, known.CreatedAt);
        ImmutableArray<string> warnings = body.Validate();
        TaskRecord task = await work.ConfigureAsync(Caller.Of(context).Name, known.Id.ToString(), [stored.Change(known, changed)],
            cancellationToken);
        return Answers.Accepted(context, task, warnings);
    }

    /// <summary>Changes nothing, and is a task all the same, as at the origin.</summary>
    private static async Task<IResult> AssignAsync(HttpContext context, string id, Credentials stored, InventoryWork work,
        CancellationToken cancellationToken)
    {
        Inventory.GlobalCredential known = await RequireAsync(id, stored, cancellationToken);
        RequestBody body = await RequestBody.ReadAsync(context, cancellationToken);
        foreach (string site in body.Texts("siteUuids").Where(site => !SitesEndpoints.IsIt(site)))
            body.Refuse($"siteUuids: there is no site '{Texts.Shorten(site)}'; the only one is {SitesEndpoints.Id}.");
        ImmutableArray<string> warnings = body.Validate();
        return Answers.Accepted(
            context, await work.ConfigureAsync(Caller.Of(context).Name, known.Id.ToString(), [], cancellationToken), warnings);
    }

    internal static async Task<IResult> DeleteAsync(HttpContext context, string id, Credentials stored, InventoryWork work,
        CancellationToken cancellationToken)
    {
        Inventory.GlobalCredential known = await RequireAsync(id, stored, cancellationToken);
        TaskRecord task = await work.ConfigureAsync(Caller.Of(context).Name, known.Id.ToString(), [new DeleteCredential(known.Id)],
            cancellationToken);
        return Answers.Accepted(context, task);
    }

    internal static async Task<Inventory.GlobalCredential> RequireAsync(string id, Credentials credentials,
        CancellationToken cancellationToken) =>
        await credentials.FindAsync(Ids.Parse(id, "credential"), cancellationToken) ?? throw ApiException.NotFound("credential", id);

    private static string? SortKey(GlobalCredentialItem item, string sortBy) => sortBy switch
    {
        "description" => item.Description,
        "comments" => item.Comments,
        "username" => item.Username,
        _ => item.Id,
    };
}
