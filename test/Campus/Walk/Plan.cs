using System.Text.Json;
using System.Text.Json.Nodes;

namespace Towpath.Campus.Tests;

/// <summary>
/// A network description as the walker reads it: straight from the JSON, by docs/network-description.md, without any code of the product.
/// Addresses are numbers, first octet highest.
/// </summary>
internal sealed class Plan
{
    public required IReadOnlyDictionary<string, Node> Nodes { get; init; }

    public required IReadOnlyList<Cable> Cables { get; init; }

    public required JsonArray Flows { get; init; }

    public IEnumerable<Node> Hosts => Nodes.Values.Where(node => node.Kind == NodeKind.Host);

    public static Plan Read(string json)
    {
        JsonNode file = JsonNode.Parse(json,
            documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true })!;
        var nodes = new Dictionary<string, Node>();
        foreach (JsonNode? device in Array(file, "devices")) Add(Node.OfDevice(device!));
        foreach (JsonNode? point in Array(file, "accessPoints")) Add(Node.OfStation(point!, NodeKind.AccessPoint, "GigabitEthernet0"));
        foreach (JsonNode? host in Array(file, "hosts")) Add(Node.OfStation(host!, NodeKind.Host, "eth0"));
        return new Plan
        {
            Nodes = nodes,
            Cables = [.. Array(file, "links").Select(link => new Cable(Find((string)link![0]!), Find((string)link[1]!)))],
            Flows = (JsonArray?)file["flows"] ?? [],
        };

        void Add(Node node) => nodes.Add(node.Name, node);

        Port Find(string end)
        {
            int colon = end.IndexOf(':', StringComparison.Ordinal);
            Node node = nodes[end[..colon]];
            return node.Ports.Single(port => port.Name == end[(colon + 1)..]);
        }
    }

    internal static JsonArray Array(JsonNode node, string key) => (JsonArray?)node[key] ?? [];

    internal static (uint Address, int Length) Address(string text)
    {
        string[] parts = text.Split('/');
        uint address = parts[0].Split('.')
            .Aggregate(0u, (bits, octet) => bits << 8 | byte.Parse(octet, System.Globalization.CultureInfo.InvariantCulture));
        return (address, parts.Length > 1 ? int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture) : 32);
    }

    internal static string Text(uint address) => $"{address >> 24}.{address >> 16 & 255}.{address >> 8 & 255}.{address & 255}";

    internal static bool Within(uint address, uint network, int length) => length == 0 || address >> 32 - length == network >> 32 - length;
}

internal enum NodeKind { Switch, L3Switch, Router, Controller, AccessPoint, Host }

/// <summary>Two ports and the wire between them.</summary>
internal sealed record Cable(Port A, Port B)
{
    public bool IsUp => !A.Shutdown && !B.Shutdown;

    public Port Other(Port end) => end == A ? B : A;
}
