using Towpath.Contracts;
using Towpath.Network;
using Towpath.PathTrace;

namespace Towpath.Server;

/// <summary>What packet filters decided, in the API's words. A port that a rule does not look at is absent.</summary>
internal static class AclRendering
{
    /// <summary>Null where no filter stands, and where nobody can say what it does with the packet.</summary>
    /// <param name="facts">What the step into the device, or out of it, rests on.</param>
    public static AclAnalysis? Of(DeviceId device, IfIndex index, FilterDirection direction, IEnumerable<Evidence> facts) =>
        facts.Where(fact => fact.Device == device).Select(fact => fact.Match)
            .FirstOrDefault(match => match is not null && match.Interface == index && match.Direction == direction) is { } found
            ? Of(found) : null;

    public static AclAnalysis Of(FilterMatch match) => new()
    {
        AclName = match.List,
        Result = Verdict(match),
        MatchingAces = [new MatchingAce
        {
            Ace = match.ToString(),
            Result = Verdict(match),
            MatchingPorts = match.Rule is { } rule ? [new MatchingPorts { Protocol = rule.ProtocolName, Ports = Ports(rule) }] : null,
        }],
    };

    private static string Verdict(FilterMatch match) => match.Permits ? "PERMIT" : "DENY";

    private static IReadOnlyList<PortPairs>? Ports(FilterRule rule) =>
        rule.SourcePorts == PortRange.Any && rule.DestinationPorts == PortRange.Any
        ? null : [new PortPairs { SourcePorts = Ports(rule.SourcePorts), DestPorts = Ports(rule.DestinationPorts) }];

    private static IReadOnlyList<string>? Ports(PortRange condition) => condition == PortRange.Any ? null : [condition.ToString()];
}
