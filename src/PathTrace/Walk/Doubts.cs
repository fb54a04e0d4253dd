using Towpath.Network;

namespace Towpath.PathTrace;

/// <summary>
/// Makes a finished step less sure than its own tables would: by the facts under it, the devices at its ends, and policy before it that
/// nobody evaluates.
/// </summary>
internal sealed class Doubts(NetworkSnapshot network)
{
    public TraceEdge Weigh(Stop from, Stop to, TraceEdge edge)
    {
        foreach (Evidence fact in from is { IsFirst: true } ? edge.Evidence.AddRange(from.Because) : edge.Evidence)
            if (fact.Doubt is { } doubt) edge = edge.AtMost(RestsOn.InDoubt, doubt);
        return (Silent(from) ?? Silent(to) ?? Down(to)) is { } weak ? edge.AtMost(RestsOn.InDoubt, weak) : edge;
    }

    /// <summary>
    /// What a device that decides by policy has translated goes on as another packet than the one that is followed: so each step from there
    /// on is no surer than that nobody evaluates its policy.
    /// </summary>
    /// <param name="edges">Between the nodes, which have no cycle.</param>
    public static IEnumerable<TraceEdge> FromPolicyOn(IReadOnlyList<TraceNode> nodes, IReadOnlyList<TraceEdge> edges)
    {
        string?[] reasons = [.. nodes.Select(node => node.PolicyNotEvaluated)];
        var open = new Queue<int>(Enumerable.Range(0, reasons.Length).Where(node => reasons[node] is not null));
        if (open.Count == 0) return edges;
        ILookup<int, int> next = edges.ToLookup(edge => edge.From, edge => edge.To);
        while (open.TryDequeue(out int node))
        {
            foreach (int to in next[node].Where(to => reasons[to] is null))
            {
                reasons[to] = reasons[node];
                open.Enqueue(to);
            }
        }
        return edges.Select(edge => reasons[edge.From] is { } policy ? edge.AtMost(RestsOn.Policy, policy) : edge);
    }

    /// <summary>Null while the device answers.</summary>
    public static string? OfSilence(NetworkDevice device) => device.UnreachableReason is not { } reason ? null
        : $"{device.Name} answers no more, its tables are those of {device.Snapshot.CollectedAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC: make "
            + $"it answer, then collect it again. {reason}";

    /// <summary>Null where the row was told, or not asked for.</summary>
    public static string? OfSilence(NetworkDevice device, AskedRow asked) => !asked.IsUnanswered ? null
        : $"{device.Name} was asked again and did not tell whether this still holds: {asked.NotRead}. Trace once more; if it stays so, "
            + "collect it again.";

    /// <summary>Null where the table was read whole.</summary>
    /// <param name="vlan">The VLAN of a row that is one VLAN's; else default.</param>
    public static string? OfReading(NetworkDevice device, FactLayout layout, VlanId vlan) =>
        OfReading(device, device.Readings.InPart(layout, vlan));

    /// <param name="part">What was not read, in words; null where all was.</param>
    public static string? OfReading(NetworkDevice device, string? part) => part is not null
        ? $"Rows of {device.Name} are missing: {part} {Remedy(device)}" : null;

    /// <summary>The doubt about an address that was learned on two ports. One of them is stale, or another station's.</summary>
    public static string OfPlaces(NetworkSnapshot network, MacAddress mac, Port at, Port other) =>
        $"Two rows contradict each other: {mac} was learned on {Name(network, at)} and on {Name(network, other)}. "
        + "Ping its host, then collect both again; if it stays so, find out who uses the address twice.";

    /// <summary>The doubt about an address that two managed devices say is their own.</summary>
    public static string OfOwners(NetworkSnapshot network, AddressOwner owner, AddressOwner other) =>
        $"Two devices have {owner.Address.Address}: {Name(network, owner.Port)} and {Name(network, other.Port)}, and no table tells "
        + "which one is meant. Give each an address of its own, or ping it from the device before, and collect again.";

    private static string Name(NetworkSnapshot network, Port port) => network.Device(port.Device) is { } device
        ? port.Interface.IsNone ? device.Name : $"{device.Tables.NameOf(port.Interface)} of {device.Name}" : port.ToString();

    public static string Remedy(NetworkDevice device) => $"Collect it again; 'towpath device {device.Name} --coverage' says what helps.";

    private string? Silent(Stop stop) => stop.At is { } at && network.Device(at) is { } device ? OfSilence(device) : null;

    /// <summary>The packet is for an address of an interface that is down: some makers take it by another one, some do not.</summary>
    private string? Down(Stop stop)
    {
        if (stop is not Stop.Routing routed || network.Device(routed.Device)?.Tables is not { } tables) return null;
        if (tables.Own(stop.Packet.Destination) is not { } own) return null;
        return tables.Interface(own.Interface) is not { OperUp: false } ? null
            : $"{own.Address} is an address of {Name(network, new Port(routed.Device, own.Interface))}, which is down: whether the "
            + "device takes packets for it, no table tells. Bring the interface up, or ask for another address of the device.";
    }
}
