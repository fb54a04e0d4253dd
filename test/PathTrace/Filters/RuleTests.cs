using System.Collections.Immutable;
using Towpath.Network;
using Towpath.Network.Tests;
using static Towpath.PathTrace.Tests.Filtered;

namespace Towpath.PathTrace.Tests;

/// <summary>What a list of rules on one interface does with one flow.</summary>
public sealed class RuleTests
{
    private const int Icmp = 1, Tcp = 6, Udp = 17, Gre = 47;
    private const string Implicit = "implicit deny at the end of FILTER";

    [Theory]
    [InlineData("permit tcp any any:80", Tcp, 40000, 80, "delivered")]
    [InlineData("permit tcp any any:80", Tcp, 40000, 81, Implicit)]
    [InlineData("permit tcp any any:80", Udp, 40000, 80, Implicit)]
    [InlineData("permit tcp any:80 any", Tcp, 80, 40000, "delivered")]
    [InlineData("permit tcp any:80 any", Tcp, 40000, 80, Implicit)]
    [InlineData("permit udp any any:8000-8080", Udp, 40000, 7999, Implicit)]
    [InlineData("permit udp any any:8000-8080", Udp, 40000, 8000, "delivered")]
    [InlineData("permit udp any any:8000-8080", Udp, 40000, 8080, "delivered")]
    [InlineData("permit udp any any:8000-8080", Udp, 40000, 8081, Implicit)]
    [InlineData("permit ip any any", Gre, 0, 0, "delivered")]
    [InlineData("permit icmp any any", Icmp, 0, 0, "delivered")]
    [InlineData("permit icmp any any:8", Icmp, 0, 8, Implicit)] // ICMP has no ports
    [InlineData("permit ip any any:80", Tcp, 40000, 80, "delivered")]
    [InlineData("permit ip 192.0.2.0/24 203.0.113.0/24", Tcp, 0, 0, "delivered")]
    [InlineData("permit ip 192.0.3.0/24 203.0.113.0/24", Tcp, 0, 0, Implicit)]
    [InlineData("permit ip 192.0.2.0/24 203.0.114.0/24", Tcp, 0, 0, Implicit)]
    [InlineData("deny ip 192.0.2.10 any, permit ip any any", Tcp, 0, 0, "rule 10 of FILTER: deny ip 192.0.2.10/32 any")]
    [InlineData("permit ip any any, deny ip any any", Tcp, 0, 0, "delivered")] // the first that matches decides
    [InlineData("deny udp any:53 any, deny tcp any any:22-23", Tcp, 4000, 23, "rule 20 of FILTER: deny tcp any any port 22-23")]
    [InlineData("permit 33 any any:80", 33, 40000, 80, "delivered")] // DCCP
    [InlineData("permit 132 any any:80", 132, 40000, 80, "delivered")] // SCTP
    [InlineData("permit 136 any any:80", 136, 40000, 80, "delivered")] // UDP-Lite
    [InlineData("permit 50 any any:80", 50, 40000, 80, Implicit)] // ESP has no ports
    [InlineData("deny 89 any any", 89, 0, 0, "rule 10 of FILTER: deny protocol 89 any any")]
    public void The_first_rule_that_matches_decides_and_what_none_matches_is_denied(
        string rules, int protocol, int sourcePort, int destinationPort, string verdict)
    {
        Trace trace = Filter(rules).Trace(Left, Right, protocol, sourcePort, destinationPort);
        Assert.Equal(verdict == "delivered" ? verdict : $"r1 in Gi0, {verdict}", trace.Verdict());
    }

    [Theory]
    [InlineData("deny tcp any any:80, permit ip any any", 0, 0, 0, "perhaps")]
    [InlineData("deny tcp any any:80, permit ip any any", 0, 0, 81, "delivered")] // no protocol has it at port 80
    [InlineData("deny tcp any any:80, permit ip any any", 0, 0, 80, "perhaps")] // it may be UDP
    [InlineData("deny ip any any:80, permit ip any any", 0, 0, 80, "perhaps")] // or a protocol without ports
    [InlineData("deny tcp any any:80, deny udp any any:80, permit ip any any", 0, 0, 0, "perhaps")] // the first is named
    [InlineData("permit tcp any any:80, permit udp any any:80", 0, 0, 0, "perhaps")]
    [InlineData("deny tcp any any:80, permit ip any any", Tcp, 0, 0, "perhaps")]
    [InlineData("deny tcp any:80 any, permit ip any any", Tcp, 0, 443, "perhaps")]
    [InlineData("deny tcp any any:80, permit ip any any", Udp, 0, 0, "delivered")]
    [InlineData("deny tcp any any:80, permit ip any any", Icmp, 0, 0, "delivered")]
    [InlineData("deny tcp 192.0.3.0/24 any, permit ip any any", 0, 0, 0, "delivered")]
    [InlineData("permit tcp any any:80, permit ip any any", 0, 0, 0, "delivered")] // whichever decides
    [InlineData("permit tcp any any:80", 0, 0, 0, "perhaps")] // the end of the list may not come
    [InlineData("deny tcp any any:80, deny ip any any", 0, 0, 0, "r1 in Gi0, rule 20 of FILTER: deny ip any any")]
    [InlineData("deny tcp any any", 0, 0, 0, "r1 in Gi0, implicit deny at the end of FILTER")]
    public void What_rests_on_a_protocol_or_port_that_nobody_told_is_a_doubt_and_no_denial(
        string rules, int protocol, int sourcePort, int destinationPort, string verdict)
    {
        Trace trace = Filter(rules).Trace(Left, Right, protocol, sourcePort, destinationPort);
        Assert.Equal(verdict, trace.Verdict());
        if (verdict != "perhaps") return;
        TraceEdge doubted = Assert.Single(trace.Edges, edge => edge.Confidence == RestsOn.InDoubt.Value);
        string why = "Whether r1 lets the packet in by Gi0 is not told: rule 10 of FILTER: ";
        Assert.StartsWith(why, doubted.Reason, StringComparison.Ordinal);
        Assert.EndsWith("Give the trace a protocol, a source port and a destination port.", doubted.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_that_lets_the_packet_pass_is_evidence()
    {
        NetworkBuilder network = Filter("deny udp any any, permit tcp any any:443");
        network["r1"].Rule("Gi1", FilterDirection.Out, "permit ip any any", "EDGE");
        Trace trace = network.Trace(Left, Right, Tcp, 40000, 443);
        Assert.Contains(trace.Edges[0].Evidence, fact => fact.Key == "rule 20 of FILTER: permit tcp any any port 443, in by Gi0");
        Assert.Single(trace.Edges[1].Evidence, fact => fact.Key == "rule 10 of EDGE: permit ip any any, out of Gi1");
    }

    [Fact]
    public void A_device_that_answers_no_more_denies_nothing_for_sure()
    {
        NetworkBuilder network = Filter("deny ip any any");
        network["r1"].Silent();
        string missing = Assert.IsType<Ending.Unknown>(network.Trace(Left, Right).Ending).Missing;
        Assert.StartsWith("Whether r1 drops the packet in by Gi0 is not told: rule 10 of FILTER: deny ip any any. r1 answers no more",
            missing, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("deny ip any any", "Unknown")]
    [InlineData("permit ip any any", "perhaps")]
    [InlineData("", "perhaps")] // its rows may be among those that were not read
    public void Filters_that_were_read_in_part_are_a_doubt(string rules, string verdict)
    {
        NetworkBuilder network = Filter(rules);
        NetworkDevice[] devices = [.. network.Build().Devices];
        var source = FactSource.Named("ShowAccessLists");
        var part = new TableReading(source, "", ReadingOutcome.Truncated, 1, NetworkBuilder.Noon, "cut") { Facts = FilterRule.Layout.Name };
        devices[0] = With(devices[0], devices[0].Snapshot with { Readings = [part] });
        Assert.Equal(verdict, NetworkSnapshot.Build(devices).Trace(Left, Right).Verdict());
    }

    [Fact]
    public void Rows_are_tried_by_their_sequence_and_not_by_their_place()
    {
        NetworkDevice[] devices = [.. Filter("permit ip any any, deny ip any any").Build().Devices];
        ImmutableArray<FilterRule> rows = [.. devices[0].Snapshot.FilterRules.Reverse()];
        devices[0] = With(devices[0], devices[0].Snapshot with { FilterRules = rows });
        Assert.Equal("delivered", NetworkSnapshot.Build(devices).Trace(Left, Right).Verdict());
    }

    private static NetworkDevice With(NetworkDevice device, DeviceSnapshot facts) => new(device.Id, device.ManagementAddress, facts);

    private static NetworkBuilder Filter(string rules)
    {
        NetworkBuilder network = Line();
        foreach (string rule in rules.Split(", ", StringSplitOptions.RemoveEmptyEntries))
            network["r1"].Rule("Gi0", FilterDirection.In, rule);
        return network;
    }
}
