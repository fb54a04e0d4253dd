using Towpath.Accounts;
using Towpath.Contracts;
using Towpath.Inventory;
using Towpath.Tasks;

namespace Towpath.Server;

/// <summary><c>/snmp-property</c>: retries and timeout where a request names none.</summary>
internal static class SnmpPropertiesEndpoints
{
    public static void MapSnmpProperties(this IEndpointRouteBuilder api)
    {
        api.MapGet("/snmp-property", ListAsync)
            .GivesList<SystemProperty>("Retries and timeout where a request names none.");
        api.MapPost("/snmp-property", SetAsync)
            .Takes<IReadOnlyList<SystemProperty>>().Starts("Sets retries and timeout.");
    }

    private static async Task<IResult> ListAsync(SnmpProperties properties,
        CancellationToken cancellationToken) => Answers.Ok<IReadOnlyList<SystemProperty>>(
        [.. (await properties.ListAsync(cancellationToken)).Select(property => new SystemProperty
        {
            Id = property.Name,
            InstanceUuid = property.Name,
            SystemPropertyName = property.Name,
            IntValue = property.Value,
        })]);

    private static async Task<IResult> SetAsync(HttpContext context, InventoryWork work, CancellationToken cancellationToken)
    {
        List<Write> writes = [];
        List<string> warnings = [];
        foreach (RequestBody body in await RequestBody.ReadArrayAsync(context, SnmpProperties.Known.Length, cancellationToken))
        {
            foreach (string name in (ReadOnlySpan<string>)["id", "instanceUuid", "instanceTenantId"]) body.Ignore(name);
            string word = body.RequiredText("systemPropertyName");
            var known = SnmpProperties.Known.FirstOrDefault(property => property.Name.Equals(word, StringComparison.OrdinalIgnoreCase));
            if (known.Name is null)
                body.Refuse($"systemPropertyName must be {SnmpProperties.RetryName} or {SnmpProperties.TimeoutName}, "
                    + $"not '{Texts.Shorten(word)}'.");
            int? value = body.Number("intValue", known.Lowest, known.Name is null ? int.MaxValue : known.Highest);
            if (!body.Has("intValue")) body.Refuse("intValue is required.");
            warnings.AddRange(body.Validate());
            writes.Add(new SaveSnmpProperty(known.Name!, value!.Value));
        }
        string progress = $"{writes.Count} properties were set";
        TaskRecord task = await work.ConfigureAsync(Caller.Of(context).Name, progress, [.. writes], cancellationToken);
        return Answers.Accepted(context, task, [.. warnings]);
    }
}
