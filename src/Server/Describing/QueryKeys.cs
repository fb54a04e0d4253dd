namespace Towpath.Server;

/// <summary>Keys of the query that many operations have, and metadata of those that one has.</summary>
internal sealed record QueryKeys(IReadOnlyList<string> Names)
{
    public const string Wait = "wait";

    public static IReadOnlyList<string> Page { get; } = ["offset", "limit"];

    public static IReadOnlyList<string> Order { get; } = ["sortBy", "order"];

    /// <summary>Whether a key is a number; all others are texts.</summary>
    public static bool IsNumber(string name) => name is "offset" or "limit" or Wait or "notSyncedForMinutes";
}
