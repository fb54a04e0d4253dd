using System.Collections.Immutable;
using System.Text.Json;

namespace Towpath.Simulator;

/// <summary>
/// Which devices stand where, how they are cabled and configured, and who talks to whom. The format: <c>docs/network-description.md</c>.
/// Immutable.
/// </summary>
public sealed class NetworkDescription
{
    private static readonly JsonDocumentOptions s_lenient =
        new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, AllowDuplicateProperties = false };

    internal NetworkDescription(
        string name, string managementStation, ImmutableArray<DeviceDescription> devices,
        ImmutableArray<AccessPointDescription> accessPoints,
        ImmutableArray<HostDescription> hosts, ImmutableArray<CableDescription> cables,
        ImmutableArray<ConversationDescription> conversations)
    {
        Name = name;
        ManagementStation = managementStation;
        Devices = devices;
        AccessPoints = accessPoints;
        Hosts = hosts;
        Cables = cables;
        Conversations = conversations;
    }

    public string Name { get; }

    /// <summary>Empty when nobody polls the agents.</summary>
    internal string ManagementStation { get; }

    internal ImmutableArray<DeviceDescription> Devices { get; }

    internal ImmutableArray<AccessPointDescription> AccessPoints { get; }

    internal ImmutableArray<HostDescription> Hosts { get; }

    internal ImmutableArray<CableDescription> Cables { get; }

    internal ImmutableArray<ConversationDescription> Conversations { get; }

    /// <exception cref="NetworkDescriptionException">It is no description; the exception lists every problem.</exception>
    public static NetworkDescription Parse(string json)
    {
        var problems = new List<string>();
        NetworkDescription? network = null;
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, s_lenient);
            network = DescriptionReader.Read(document.RootElement, problems);
        }
        catch (JsonException e)
        {
            problems.Add($"This is no JSON: {e.Message}");
        }
        // Contradictions are looked for only between values that could be read.
        if (problems.Count == 0) DescriptionRules.Check(network!, problems);
        return problems.Count == 0 ? network! : throw new NetworkDescriptionException(problems);
    }

    /// <exception cref="NetworkDescriptionException">It is no description.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static NetworkDescription FromFile(string path) => Parse(File.ReadAllText(path));
}

/// <summary>A network description cannot be used.</summary>
public sealed class NetworkDescriptionException : Exception
{
    internal NetworkDescriptionException(IReadOnlyCollection<string> problems)
        : base($"The network description has {problems.Count} "
            + $"{(problems.Count == 1 ? "problem" : "problems")}:\n{string.Join('\n', problems)}") =>
        Problems = [.. problems];

    /// <summary>Every problem, each with its place in the file and the offending value.</summary>
    public ImmutableArray<string> Problems { get; }
}
