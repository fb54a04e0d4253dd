namespace Towpath.Accuracy;

/// <summary>Every flow that is sent in one network: all pairs of hosts, and of the rest as many as show what is wrong.</summary>
internal static class Flows
{
    // RFC 2544: in no network of the lab.
    private const string NobodysAddress = "198.18.0.1";

    // A drop takes the lab a second or two to explain.
    private const int MostSilent = 24, MostDenied = 12;

    public static IReadOnlyList<LabFlow> Of(LabTopology topology)
    {
        var pairs = topology.Hosts.SelectMany(from => topology.Hosts.Where(to => to != from)
            .Select(to => (From: from, To: topology.AddressOf(to)))).ToArray();
        return [
            .. pairs.Select(pair => LabFlow.Udp(pair.From, pair.To, FlowKind.HostPair)),
            .. topology.Hosts.SelectMany(from =>
                topology.Managed.Select(device => LabFlow.Udp(from, topology.AddressOf(device), FlowKind.ToDevice))),
            .. topology.Hosts.SelectMany(from =>
                topology.Translated.Select(address => LabFlow.Udp(from, address, FlowKind.ToDevice))),
            .. topology.Hosts.Select(from => LabFlow.Udp(from, NobodysAddress, FlowKind.NobodysNetwork)),
            .. Sample(MostSilent,
                [.. pairs.Select(pair => LabFlow.Udp(pair.From, SilentNeighborOf(pair.To), FlowKind.SilentAddress)).Distinct()]),
            .. Sample(MostDenied,
                [.. topology.Denied.SelectMany(rule =>
                pairs.Select(pair => new LabFlow(pair.From, pair.To, rule.Protocol, 40000, rule.Port, FlowKind.Denied)))])];
    }

    // Hosts have low addresses in networks of /24.
    private static string SilentNeighborOf(string address) => $"{address[..address.LastIndexOf('.')]}.251";

    /// <summary>All, or so many that are spread over all: the same ones each time.</summary>
    private static IEnumerable<LabFlow> Sample(int most, LabFlow[] all) =>
        all.Length <= most ? all : Enumerable.Range(0, most).Select(i => all[(int)((long)i * all.Length / most)]);
}
