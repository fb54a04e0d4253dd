using System.Collections.Immutable;
using Towpath.Accounts;
using Towpath.Contracts;
using Towpath.Inventory;
using Towpath.Tasks;

namespace Towpath.Server;

/// <summary>
/// Version 2 of <c>/global-credential</c>: the same credentials, all kinds in one body. What one write names changes together.
/// </summary>
internal static class CredentialsByKindEndpoints
{
    private const int MostOfAKind = 100;

    private static readonly ImmutableArray<(string Name, CredentialKind Kind)> s_kinds =
    [
        ("cliCredential", CredentialKind.Cli), ("snmpV2cRead", CredentialKind.SnmpV2ReadCommunity),
        ("snmpV2cWrite", CredentialKind.SnmpV2WriteCommunity), ("snmpV3", CredentialKind.SnmpV3),
        ("httpsRead", CredentialKind.HttpRead), ("httpsWrite", CredentialKind.HttpWrite),
    ];

    public static void MapCredentialsByKind(this IEndpointRouteBuilder api)
    {
        api.MapGet("/global-credential", ListAsync)
            .Gives<CredentialsByKind>("The credentials of all kinds, without their secrets.");
        api.MapPost("/global-credential", CreateAsync)
            .Takes<CredentialsByKind>().Starts("Keeps credentials of any kinds.");
        api.MapPut("/global-credential", ChangeAsync)
            .Takes<CredentialsByKind>().Starts("Changes credentials of any kinds, all or none.");
        api.MapDelete("/global-credential/{id}", CredentialsEndpoints.DeleteAsync)
            .Starts("Deletes a credential.");
    }

    private static async Task<IResult> ListAsync(Credentials credentials, CancellationToken cancellationToken)
    {
        var byKind = (await credentials.ListAsync(null, cancellationToken))
            .ToLookup(credential => CredentialItems.SubType(credential.Content.Kind), CredentialItems.Of);
        return Answers.Ok(new CredentialsByKind
        {
            CliCredential = [.. byKind[CredentialSubType.Cli]],
            SnmpV2cRead = [.. byKind[CredentialSubType.SnmpV2ReadCommunity]],
            SnmpV2cWrite = [.. byKind[CredentialSubType.SnmpV2WriteCommunity]],
            SnmpV3 = [.. byKind[CredentialSubType.SnmpV3]],
            HttpsRead = [.. byKind[CredentialSubType.HttpRead]],
            HttpsWrite = [.. byKind[CredentialSubType.HttpWrite]],
        });
    }

    private static async Task<IResult> CreateAsync(
        HttpContext context, Credentials stored, InventoryWork work, TimeProvider time, CancellationToken cancellationToken)
    {
        RequestBody body = await RequestBody.ReadAsync(context, cancellationToken);
        DateTimeOffset now = time.GetUtcNow();
        List<string> warnings = [];
        List<Inventory.GlobalCredential> created = [];
        foreach ((RequestBody one, CredentialKind kind) in Bodies(body))
        {
            created.Add(CredentialBody.Read(one, kind, known: null, Guid.CreateVersion7(now), now));
            warnings.AddRange(one.Validate());
        }
        if (created.Count == 0) RefuseNothing(body);
        warnings.AddRange(body.Validate());
        TaskRecord task = await work.ConfigureAsync(Caller.Of(context).Name,
            string.Join(',', created.Select(credential => credential.Id)), [.. created.Select(stored.Save)], cancellationToken);
        return Answers.Accepted(context, task, [.. warnings]);
    }

    private static async Task<IResult> ChangeAsync(
        HttpContext context, Credentials stored, InventoryWork work, CancellationToken cancellationToken)
    {
        RequestBody body = await RequestBody.ReadAsync(context, cancellationToken);
        List<string> warnings = [];
        Dictionary<Guid, Write> writes = [];
        foreach ((RequestBody one, CredentialKind kind) in Bodies(body))
        {
            string id = one.RequiredText("id");
            if (id.Length == 0) one.Validate();
            Inventory.GlobalCredential known = await CredentialsEndpoints.RequireAsync(id, stored, cancellationToken);
            if (known.Content.Kind != kind)
                one.Refuse($"The credential {known.Id} is of the type {CredentialItems.SubType(known.Content.Kind)}.");
            Inventory.GlobalCredential changed = CredentialBody.Read(one, kind, known, known.Id, known.CreatedAt);
            if (writes.ContainsKey(known.Id)) one.Refuse($"The credential {known.Id} is named twice.");
            warnings.AddRange(one.Validate());
            writes[known.Id] = stored.Change(known, changed);
        }
        if (writes.Count == 0) RefuseNothing(body);
        warnings.AddRange(body.Validate());
        TaskRecord task = await work.ConfigureAsync(
            Caller.Of(context).Name, string.Join(',', writes.Keys), [.. writes.Values], cancellationToken);
        return Answers.Accepted(context, task, [.. warnings]);
    }

    /// <summary>Those of all kinds, in the order of <see cref="s_kinds"/>.</summary>
    private static IEnumerable<(RequestBody Body, CredentialKind Kind)> Bodies(RequestBody body) =>
        s_kinds.SelectMany(kind => body.Objects(kind.Name, MostOfAKind).Select(one => (one, kind.Kind)));

    private static void RefuseNothing(RequestBody body) =>
        body.Refuse($"The body names no credential: give {string.Join(", ", s_kinds.Select(kind => kind.Name))}.");
}
