namespace Towpath.Accuracy;

/// <summary>Every flow that is sent in one network.</summary>
internal static class Flows
{
    // RFC 2544: in no network of the lab.
    private const string NobodysAddress = "198.18.0.1";

    public static IReadOnlyList<LabFlow> Of(LabTopology topology)
    {
        var pairs = topology.Hosts.SelectMany(from => topology.Hosts.Where(to => to != from).Select(to => (From: from, To: topology.AddressOf(to)))).ToArray();
        return [
            .. pairs.Select(pair => LabFlow.Udp(pair.From, pair.To, FlowKind.HostPair)),
            .. topology.Hosts.SelectMany(from => topology.Managed.Select(device => LabFlow.Udp(from, topology.AddressOf(device), FlowKind.ToDevice))),
            .. topology.Hosts.Select(from => LabFlow.Udp(from, NobodysAddress, FlowKind.NobodysNetwork)),
            .. pairs.Select(pair => LabFlow.Udp(pair.From, SilentNeighborOf(pair.To), FlowKind.SilentAddress)).Distinct(),
            .. topology.Denied.SelectMany(rule => pairs.Select(pair => new LabFlow(pair.From, pair.To, rule.Protocol, 40000, rule.Port, FlowKind.Denied)))];
    }

    // Hosts have low addresses in networks of /24.
    private static string SilentNeighborOf(string address) => $"{address[..address.LastIndexOf('.')]}.251";
}
