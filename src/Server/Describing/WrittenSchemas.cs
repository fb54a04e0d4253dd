using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Towpath.Contracts;

namespace Towpath.Server;

/// <summary>
/// Answers leave out what is null, so a property that may be null is one that may be absent. Where nulls are written they are said.
/// </summary>
internal static class WrittenSchemas
{
    /// <summary>What answers always have, and requests must, although those who read them could do without.</summary>
    private static readonly Dictionary<Type, string[]> s_always = new()
    {
        [typeof(DiscoveryInput)] = ["name", "discoveryType", "ipAddressList"],
        [typeof(DiscoveryItem)] = ["id", "name"],
        [typeof(FlowAnalysisRequest)] = ["sourceIP", "destIP"],
        [typeof(FlowAnalysisRequestItem)] = ["id", "status"],
        [typeof(GlobalCredentialItem)] = ["id"],
    };

    /// <summary>An envelope has the name of what is in it: <c>TaskItemAnswer</c>, <c>TaskItemListAnswer</c>.</summary>
    public static string? NameOf(JsonTypeInfo type) => ContentOf(type.Type) is { } content
        ? $"{Word(content)}Answer" : OpenApiOptions.CreateDefaultSchemaReferenceId(type);

    public static Task WriteAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.JsonPropertyInfo is { ShouldSerialize: null }) schema.Type &= ~JsonSchemaType.Null;
        // It has a default for who makes one, and is never left out.
        if (context.JsonPropertyInfo is null && ContentOf(context.JsonTypeInfo.Type) is not null) Require(schema, "version");
        if (s_always.TryGetValue(context.JsonTypeInfo.Type, out string[]? always)) Require(schema, always);
        return Task.CompletedTask;
    }

    /// <summary>"This or null" becomes "this": the framework writes the choice when all schemas are done.</summary>
    public static Task LeaveOutNullsAsync(
        OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        foreach (IOpenApiSchema schema in document.Components?.Schemas?.Values ?? [])
        {
            foreach ((string name, IOpenApiSchema property) in schema.Properties?.ToArray() ?? [])
            {
                if (property.OneOf?.OfType<OpenApiSchemaReference>().SingleOrDefault() is { } only) schema.Properties![name] = only;
            }
        }
        return Task.CompletedTask;
    }

    private static void Require(OpenApiSchema schema, params string[] names) =>
        (schema.Required ??= new HashSet<string>()).UnionWith(names);

    private static Type? ContentOf(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Envelope<>)
        ? type.GenericTypeArguments[0] : null;

    private static string Word(Type type)
    {
        if (type.IsGenericType) return $"{Word(type.GenericTypeArguments[0])}List";
        if (type == typeof(ErrorBody)) return "Error";
        return type == typeof(int) ? "Number" : type == typeof(string) ? "Text" : type.Name;
    }
}
