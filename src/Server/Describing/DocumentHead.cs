using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Towpath.Server;

/// <summary>What the document says of the API as a whole.</summary>
internal static class DocumentHead
{
    public const string Token = TokenCheck.Header, Basic = "Basic";

    public static Task WriteAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Towpath",
            Version = typeof(DocumentHead).Assembly.GetName().Version!.ToString(3),
            Description = "Every write answers 202 with a task: poll it until endTime appears, or wait for it with ?wait=. "
                + "The same resources are below /api/v1 and /dna/intent/api/v1. Times are milliseconds since 1970."
                + " A refusal is an errorCode for programs, and a message and a detail for people.",
            License = new OpenApiLicense { Name = "Apache-2.0", Url = new Uri("https://www.apache.org/licenses/LICENSE-2.0") },
        };
        document.Servers = [new OpenApiServer { Url = "/" }]; // the one that gives the document, by whatever name it was reached
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Token] = new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = Token },
            [Basic] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "basic" },
        };
        document.Security = [Requirement(Token, document)];
        return Task.CompletedTask;
    }

    public static OpenApiSecurityRequirement Requirement(string scheme, OpenApiDocument? document) =>
        new() { [new OpenApiSecuritySchemeReference(scheme, document)] = [] };
}
