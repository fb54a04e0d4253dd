using System.Collections.Immutable;
using Towpath.Network;

namespace Towpath.PathTrace;

/// <summary>The verdict of a list of rules on a packet: the first rule that matches decides, else the deny at the list's end.</summary>
/// <param name="Permits">By <paramref name="Rule"/>; null where that rests on a protocol or port that nobody told.</param>
/// <param name="Rule">The rule that decides; where nobody can say, the first one that may decide otherwise. Null: the end of
/// <paramref name="List"/>.</param>
internal sealed record RuleMatch(bool? Permits, FilterRule? Rule, string List)
{
    private enum Fit : byte { No, Perhaps, Yes }

    /// <param name="rules">At least one.</param>
    public static RuleMatch Of(ImmutableArray<FilterRule> rules, Packet packet)
    {
        FilterRule? permit = null, deny = null; // the first of each that perhaps matches
        foreach (FilterRule rule in rules)
        {
            Fit fit = FitOf(rule, packet);
            if (fit == Fit.Yes) return Decided(rule.Permits, rule, rule.List, rule.Permits ? deny : permit);
            if (fit == Fit.Perhaps && rule.Permits) permit ??= rule;
            if (fit == Fit.Perhaps && !rule.Permits) deny ??= rule;
        }
        return Decided(false, null, rules[^1].List, permit);
    }

    public override string ToString() => FilterMatch.Text(Rule, List);

    /// <param name="against">An earlier rule that perhaps matches, and says the opposite.</param>
    private static RuleMatch Decided(bool permits, FilterRule? rule, string list, FilterRule? against) =>
        against is null ? new(permits, rule, list) : new(null, against, against.List);

    private static Fit FitOf(FilterRule rule, Packet packet)
    {
        if (!rule.Source.Contains(packet.Source) || !rule.Destination.Contains(packet.Destination)) return Fit.No;
        Transport transport = packet.Transport;
        Fit source = FitOf(rule.SourcePorts, transport, transport.SourcePort);
        Fit destination = FitOf(rule.DestinationPorts, transport, transport.DestinationPort);
        return Weakest(FitOf(rule.Protocol, transport), Weakest(source, destination));
    }

    private static Fit FitOf(byte protocol, Transport transport)
    {
        if (protocol == 0 || protocol == transport.Protocol) return Fit.Yes;
        return transport.Protocol == 0 ? Fit.Perhaps : Fit.No;
    }

    /// <summary>A packet of a protocol without ports has none that a condition could match.</summary>
    private static Fit FitOf(PortRange condition, Transport transport, int port)
    {
        if (condition == PortRange.Any) return Fit.Yes;
        if (transport is { Protocol: not 0, HasPorts: false }) return Fit.No;
        if (port == 0) return Fit.Perhaps;
        if (!condition.Contains(port)) return Fit.No;
        return transport.Protocol == 0 ? Fit.Perhaps : Fit.Yes;
    }

    private static Fit Weakest(Fit one, Fit other) => one < other ? one : other;
}
