using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Towpath.Contracts;

namespace Towpath.Server;

/// <summary>
/// How this server writes its answers: as <see cref="TowpathJson"/> does, and into every <c>instanceTenantId</c>, of whatever resource,
/// the id of the installation.
/// </summary>
internal sealed class AnswerJson
{
    private readonly JsonSerializerOptions _options;

    public AnswerJson(Installation installation)
    {
        _options = new JsonSerializerOptions(TowpathJson.Options);
        // First: the other one ends in reflection, which knows every type.
        _options.TypeInfoResolver = JsonTypeInfoResolver.Combine(WrittenTaskJson.Default, TowpathJson.Options.TypeInfoResolver)
            .WithAddedModifier(SetTenant);
        _options.MakeReadOnly();

        void SetTenant(JsonTypeInfo type)
        {
            foreach (JsonPropertyInfo property in type.Properties.Where(property => property.Name == "instanceTenantId"))
                property.Get = _ => installation.TenantId;
        }
    }

    public JsonTypeInfo<T> Of<T>() => (JsonTypeInfo<T>)_options.GetTypeInfo(typeof(T));
}
