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
            foreach (ReferenceFlow flow in flows)
                if (flow.Problem() is { } problem) throw new InvalidDataException($"{path}: the flow {flow} needs {problem}.");
            return flows;
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException($"{path} is no list of reference flows: {broken.Message}", broken);
        }
    }

    /// <summary>
    /// The hop at the device of a choice; null when the reference does not go on from there. Where no choice names the next device, the
    /// first one leads to it.
    /// </summary>
    public int? HopAfter(int hop, ReferenceChoice choice)
    {
        int next = hop + 1;
        if (next == Devices.Count) return null;
        ReferenceChoice followed = Hops[hop].Choices!.FirstOrDefault(each => DeviceNames.Same(each.NextDevice, Devices[next]))
            ?? Hops[hop].Choices![0];
        if (choice == followed) return next;
        for (; next < Devices.Count; next++)
            if (DeviceNames.Same(choice.NextDevice, Devices[next])) return next;
        return null;
    }

    public override string ToString() => $"{SourceDevice} -> {DestIP}";

    /// <summary>What cannot be compared; null when all of it can.</summary>
    private string? Problem()
    {
        if (!Ipv4Address.TryParse(DestIP, null, out _)) return "an IPv4 address as destIP";
        if (Hops.Count == 0 || Hops.Count != Devices.Count) return "a hop for each of its devices";
        if (Hops.SkipLast(1).Any(hop => hop.Choices is not { Count: > 0 })) return "choices in every hop but the last";
        bool isBroken = Hops.SelectMany(hop => hop.Choices ?? [])
            .Any(choice => choice.NextHop is { } address && !Ipv4Address.TryParse(address, null, out _));
        return isBroken ? "an IPv4 address as nextHop, or null" : null;
    }
}

/// <param name="Prefix">Null when no route matches, or none was looked up.</param>
internal sealed record ReferenceHop([property: JsonRequired] string Device, string? Prefix, IReadOnlyList<ReferenceChoice>? Choices);

/// <summary>One of the equal-cost next hops.</summary>
/// <param name="NextHop">Null when the destination is on the link itself.</param>
/// <param name="EgressIfIndex">0 when the route names no interface.</param>
/// <param name="NextDevice">Null when no walked device owns the next hop.</param>
internal sealed record ReferenceChoice(string? NextHop, int EgressIfIndex, string? NextDevice);
