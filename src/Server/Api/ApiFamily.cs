using Towpath.Tasks;

namespace Towpath.Server;

/// <summary>One of the two address families of the same resources. Every endpoint carries its own as metadata.</summary>
/// <param name="Prefix">Answers that point at a resource use the prefix of the request they answer.</param>
internal sealed record ApiFamily(string Prefix)
{
    public static ApiFamily ApicEm { get; } = new("/api/v1");

    public static ApiFamily Catalyst { get; } = new("/dna/intent/api/v1");

    /// <summary>Version 2 of a few resources of <see cref="Catalyst"/>; their answers point at version 1.</summary>
    public const string CatalystVersion2 = "/dna/intent/api/v2";

    public static IReadOnlyList<ApiFamily> All { get; } = [ApicEm, Catalyst];

    /// <summary>The family of the endpoint that serves this request.</summary>
    public static ApiFamily Of(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<ApiFamily>() ?? Catalyst;

    public string TaskUrl(TaskId taskId) => $"{Prefix}/task/{taskId}";
}
