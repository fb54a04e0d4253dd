using System.Text.Json;

namespace Towpath.Accuracy;

/// <summary>The lab's answers in the words of <see cref="LabPath"/>.</summary>
internal static class Packets
{
    // A sweep's dropped packets end in this word, which is no device.
    private const string Dropped = "DROP";

    public static LabPath Path(JsonElement answer, LabTopology topology)
    {
        List<Step> steps = [];
        JsonElement[] hops = [.. answer.GetProperty("hops").EnumerateArray()];
        string[] devices = [.. hops.Select(hop => hop.GetProperty("device").GetString()!)];
        for (int at = 0; at < hops.Length; at++)
        {
            (JsonElement hop, string device) = (hops[at], devices[at]);
            if (topology.IsUnmanaged(device) || topology.IsTelephone(device) && IsBetween(devices, at))
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
        foreach ((int at, string device) in devices.Index())
        {
            bool isUnknown = device != Dropped
                && (topology.IsUnmanaged(device) || topology.IsTelephone(device) && IsBetween(devices, at));
            string name = isUnknown ? LabPath.Unknown : device;
            if (name != LabPath.Unknown || names.Count == 0 || names[^1] != name) names.Add(name);
        }
        return string.Join(" ", names);
    }

    /// <summary>Neither the source nor the last that the packet came to.</summary>
    private static bool IsBetween(string[] devices, int at) => at > 0 && at < devices.Length - 1 && devices[at + 1] != Dropped;

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
