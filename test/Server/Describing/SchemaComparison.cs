using System.Text.Json.Nodes;

namespace Towpath.Server.Tests;

/// <summary>Whether one description promises at least what another one does.</summary>
internal static class SchemaComparison
{
    /// <summary>
    /// What the contract's schema requires and ours does not have, or has of another type. What it only allows may be left out: answers
    /// leave out what is not known.
    /// </summary>
    public static IEnumerable<string> Missing(JsonObject contract, JsonNode theirs, JsonObject document, JsonNode ours, string at)
    {
        (theirs, ours) = (Resolve(contract, theirs), Resolve(document, ours));
        string? wanted = WantedType(theirs), said = ours["type"]?.GetValue<string>();
        if (wanted != said && wanted is not null && !(wanted == "number" && said == "integer"))
        {
            yield return $"{at} is {said ?? "anything"}, not {wanted}";
            yield break;
        }
        if (theirs["items"] is { } item && ours["items"] is { } own)
        {
            foreach (string problem in Missing(contract, item, document, own, $"{at}[]")) yield return problem;
        }
        string[] required = [.. (theirs["required"]?.AsArray() ?? []).Select(name => name!.GetValue<string>())];
        foreach ((string name, JsonNode? property) in theirs["properties"]?.AsObject() ?? [])
        {
            if (ours["properties"]?[name] is { } same)
            {
                foreach (string problem in Missing(contract, property!, document, same, $"{at}.{name}")) yield return problem;
            }
            else if (required.Contains(name) && ours["additionalProperties"] is null) yield return $"{at}.{name} is absent";
        }
    }

    /// <summary>Null: anything. What the contract's base does not know it calls an object without properties.</summary>
    private static string? WantedType(JsonNode schema) => schema["type"]?.GetValue<string>() is { } type and not "object" ? type
        : schema["properties"]?.AsObject().Count > 0 ? "object" : null;

    private static JsonNode Resolve(JsonObject document, JsonNode schema) => schema["$ref"]?.GetValue<string>() is { } reference
        ? Resolve(document, reference.Split('/').Skip(1).Aggregate((JsonNode)document, (node, part) => node[part]!)) : schema;
}
