using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization;
using Towpath.Network;

namespace Towpath.Commands;

/// <summary>
/// What plain longest-prefix match on the walks says about one flow, worked out by somebody else. Layer 3 only; devices are called by
/// sysName.
/// </summary>
/// <param name="Outcome">DELIVERED, NO_ROUTE, UNKNOWN_NEXT_HOP, SUBNET_OR_UNKNOWN or LOOP.</param>
/// <param name="Devices">Along the first choice of each hop, the source first.</param>
/// <param name="Hops">One for each of <paramref name="Devices"/>; the last has no choices when nothing is looked up there.</param>
internal sealed record ReferenceFlow(
    [property: JsonRequired] string SourceDevice, [property: JsonRequired] string DestIP, [property: JsonRequired] string Outcome,
    [property: JsonRequired] IReadOnlyList<string> Devices, [property: JsonRequired] IReadOnlyList<ReferenceHop> Hops)
{
    private const string FileName = "reference-l3-paths.json.gz";
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web);

    [JsonIgnore]
    public Ipv4Address Destination => Ipv4Address.Parse(DestIP, null);

    /// <summary>Null when the folder has no reference.</summary>
    /// <exception cref="InvalidDataException">It cannot be understood.</exception>
    public static IReadOnlyList<ReferenceFlow>? Read(NetworkFolder folder)
    {
        string path = Path.Combine(folder.Path, FileName);
        if (!File.Exists(path)) return null;
        try
        {
            using FileStream file = File.OpenRead(path);
            using var json = new GZipStream(file, CompressionMode.Decompress);
            ReferenceFlow[] flows = JsonSerializer.Deserialize<ReferenceFlow[]>(json, s_options) ?? [];
            if (flows.FirstOrDefault(flow => flow.Hops.Count == 0 || flow.Hops.Count != flow.Devices.Count
                || !Ipv4Address.TryParse(flow.DestIP, null, out _)) is { } broken)
                throw new InvalidDataException(
                    $"{path}: the flow {broken} needs an IPv4 address as destIP, and a hop for each of its devices.");
            return flows;
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException($"{path} is no list of reference flows: {broken.Message}", broken);
        }
    }

    public override string ToString() => $"{SourceDevice} -> {DestIP}";
}

/// <param name="Prefix">Null when no route matches, or none was looked up.</param>
internal sealed record ReferenceHop([property: JsonRequired] string Device, string? Prefix, IReadOnlyList<ReferenceChoice>? Choices);

/// <summary>One of the equal-cost next hops.</summary>
/// <param name="NextHop">Null when the destination is on the link itself.</param>
/// <param name="EgressIfIndex">0 when the route names no interface.</param>
/// <param name="NextDevice">Null when no walked device owns the next hop.</param>
internal sealed record ReferenceChoice(string? NextHop, int EgressIfIndex, string? NextDevice);
