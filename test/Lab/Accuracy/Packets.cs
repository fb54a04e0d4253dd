using System.Text.Json;

namespace Towpath.Accuracy;

/// <summary>The lab's answers in the words of <see cref="LabPath"/>.</summary>
internal static class Packets
{
    public static LabPath Path(JsonElement answer, LabTopology topology)
    {
        List<Step> steps = [];
        foreach (JsonElement hop in answer.GetProperty("hops").EnumerateArray())
        {
            string device = hop.GetProperty("device").GetString()!;
            if (topology.IsUnmanaged(device))
            {
                if (steps.Count == 0 || steps[^1].Name != LabPath.Unknown) steps.Add(Step.Bare(LabPath.Unknown));
            }
            else
            {
                bool bare = topology.IsHost(device) || topology.IsAccessPoint(device);
                steps.Add(bare ? Step.Bare(device)
                    : new Step(device, Port(hop, "in"), Port(hop, "out"), Number(hop, "in_vlan"), Number(hop, "out_vlan")));
            }
        }
        return new LabPath(steps, answer.GetProperty("delivered").GetBoolean() ? LabPath.Delivered : Drop(answer));
    }

    /// <summary>What a sweep saw.</summary>
    public static Ways Ways(JsonElement sweep, LabTopology topology)
    {
        JsonElement[] paths = [.. sweep.GetProperty("paths").EnumerateArray()];
        return new Ways(
            paths.Select(path => Elements(path.GetProperty("devices").GetString()!.Split(' '), topology)).ToHashSet(),
            paths.SelectMany(path => path.GetProperty("wires").EnumerateArray()).Select(wire => wire.GetString()!)
                .Where(wire => wire.Split(' ').All(end => topology.HasAgent(end.Split(':')[0]))).ToHashSet());
    }

    private static string Elements(string[] devices, LabTopology topology)
    {
        List<string> names = [];
        foreach (string device in devices)
        {
            // A sweep's dropped packets end in the word DROP, which is no device.
            string name = device != "DROP" && topology.IsUnmanaged(device) ? LabPath.Unknown : device;
            if (name != LabPath.Unknown || names.Count == 0 || names[^1] != name) names.Add(name);
        }
        return string.Join(" ", names);
    }

    private static string Drop(JsonElement answer)
    {
        string at = answer.GetProperty("dropped_at").GetString()!;
        string why = Text(answer, "why") ?? "";
        return why switch
        {
            _ when why.StartsWith("ACL", StringComparison.Ordinal) => $"denied at {at}: {why}",
            _ when why.StartsWith("no route", StringComparison.Ordinal) => $"no route at {at}",
            _ when why.StartsWith("blackhole", StringComparison.Ordinal) => $"null route at {at}",
            _ => $"dropped at {at}",
        };
    }

    private static string[] Port(JsonElement hop, string name) => Text(hop, name) is { } port ? [port] : [];

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;

    private static int Number(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number ? value.GetInt32() : 0;
}
