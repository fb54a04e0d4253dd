using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Towpath.Server;

/// <summary>
/// Adds to the framework's descriptions what it cannot see in the handlers: bodies, keys of the query,
/// and what plain delegates take out of the address.
/// </summary>
internal sealed class DescribedRequests : IApiDescriptionProvider
{
    private static readonly EmptyModelMetadataProvider s_models = new();

    /// <summary>After the framework's, which finds the routes.</summary>
    public int Order => 0;

    public void OnProvidersExecuting(ApiDescriptionProviderContext context)
    {
        foreach (ApiDescription operation in context.Results)
        {
            IList<object> metadata = operation.ActionDescriptor.EndpointMetadata;
            foreach (RoutePatternParameterPart part in RoutePatternFactory.Parse(operation.RelativePath ?? "").Parameters)
            {
                if (operation.ParameterDescriptions.All(known => known.Name != part.Name))
                    operation.ParameterDescriptions.Add(Parameter(part.Name, typeof(string), BindingSource.Path));
            }
            foreach (string key in metadata.OfType<QueryKeys>().SelectMany(keys => keys.Names).Distinct())
                operation.ParameterDescriptions.Add(
                    Parameter(key, QueryKeys.IsNumber(key) ? typeof(int) : typeof(string), BindingSource.Query));
            if (metadata.OfType<TakenBody>().LastOrDefault() is not { } body) continue;
            operation.ParameterDescriptions.Add(Parameter("body", body.Type, BindingSource.Body));
            operation.SupportedRequestFormats.Add(new ApiRequestFormat { MediaType = "application/json" });
        }
    }

    public void OnProvidersExecuted(ApiDescriptionProviderContext context)
    {
    }

    private static ApiParameterDescription Parameter(string name, Type type, BindingSource source) => new()
    {
        Name = name,
        Type = type,
        Source = source,
        ModelMetadata = s_models.GetMetadataForType(type),
        IsRequired = source != BindingSource.Query,
    };
}
