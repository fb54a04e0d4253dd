using System.Text;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.OpenApi;
using Towpath.Contracts;

namespace Towpath.Server;

/// <summary>
/// The OpenAPI document of the routes that this process serves. It is made when it is first asked for, since that takes a quarter of a
/// second which no start has to spare, and kept: routes do not change while a process lives.
/// </summary>
internal sealed class ApiDocument([FromKeyedServices(ApiDocument.Name)] IOpenApiDocumentProvider documents)
{
    public const string Name = "v1";

    private readonly Lazy<Task<byte[]>> _json = new(() => MakeAsync(documents));

    public Task<byte[]> JsonAsync() => _json.Value;

    private static async Task<byte[]> MakeAsync(IOpenApiDocumentProvider documents)
    {
        OpenApiDocument document = await documents.GetOpenApiDocumentAsync(CancellationToken.None);
        using var json = new StringWriter();
        document.SerializeAs(OpenApiSpecVersion.OpenApi3_0, new OpenApiJsonWriter(json, new OpenApiJsonWriterSettings { Terse = true }));
        return Encoding.UTF8.GetBytes(json.ToString());
    }
}

internal static class ApiDocumentServices
{
    public static void AddApiDocument(this IServiceCollection services)
    {
        services.AddSingleton<ApiDocument>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IApiDescriptionProvider, DescribedRequests>());
        services.ConfigureHttpJsonOptions(DescribeAsWritten);
        services.AddOpenApi(ApiDocument.Name, options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_0; // as the origin's own
            options.AddDocumentTransformer(DocumentHead.WriteAsync);
            options.AddOperationTransformer(OperationParts.WriteAsync);
            options.CreateSchemaReferenceId = WrittenSchemas.NameOf;
            options.AddSchemaTransformer(WrittenSchemas.WriteAsync);
            options.AddDocumentTransformer(WrittenSchemas.LeaveOutNullsAsync);
        });
    }

    /// <summary>Readers are lenient (a number may be a text, a list a text with commas); what is described is what is written.</summary>
    private static void DescribeAsWritten(JsonOptions json)
    {
        json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
        json.SerializerOptions.TypeInfoResolver = TowpathJson.Options.TypeInfoResolver!.WithAddedModifier(type =>
        {
            foreach (JsonPropertyInfo property in type.Properties) property.CustomConverter = null;
        });
    }
}
