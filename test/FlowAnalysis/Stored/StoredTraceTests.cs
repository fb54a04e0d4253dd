using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Towpath.Collection;
using Towpath.Network;
using Towpath.PathTrace;
using Towpath.Tasks;
using Towpath.Testing;

namespace Towpath.FlowAnalysis.Tests;

/// <summary>What is stored reads back as it was.</summary>
public sealed class StoredTraceTests
{
    private static readonly DeviceId s_device = new(Guid.Parse("11111111-1111-4111-8111-111111111111"));
    private static readonly DateTimeOffset s_time = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public static TheoryData<string> Endings => [.. AllEndings.Keys];

    private static Dictionary<string, Ending> AllEndings { get; } = new Ending[]
    {
        new Ending.Delivered(), new Ending.SourceNotFound("nobody"), new Ending.NoRoute(s_device, Ipv4Address.Parse("192.0.2.9")),
        new Ending.NullRouted(s_device, Prefix.Parse("192.0.2.0/24")), new Ending.Loop(s_device), new Ending.Blocked(s_device, "blocking"),
        new Ending.Left(s_device, new IfIndex(3), Ipv4Address.Parse("192.0.2.7")), new Ending.Left(s_device, new IfIndex(3), default),
        new Ending.Unknown(s_device, "two ways") { Candidates = 2 }, new Ending.Unknown(s_device, "a table"),
        new Ending.Unknown(null, "everything"), new Ending.TooLong("64 hops"),
        new Ending.Denied(s_device, new IfIndex(7), "Gi7", FilterDirection.Out, "rule 10 of WEB: deny ip any any"),
        new Ending.Denied(s_device, new IfIndex(7), "Gi7", FilterDirection.In, Rule.ToString()) { Match = Match(Rule) },
        new Ending.Denied(s_device, new IfIndex(7), "Gi7", FilterDirection.In, "implicit deny at the end of WEB") { Match = Match(null) },
    }.ToDictionary(ending => ending.ToString());

    /// <summary>With a value in every field, and a port 0, which is no default.</summary>
    private static FilterRule Rule => new(new IfIndex(7), FilterDirection.In, "WEB", 10, Permits: false)
    {
        Protocol = 17,
        Source = Prefix.Parse("192.0.2.0/24"),
        SourcePorts = default,
        Destination = Prefix.Parse("198.51.100.0/24"),
        DestinationPorts = new PortRange(53, 80),
    };

    private static FilterMatch Match(FilterRule? rule) => new(new IfIndex(7), FilterDirection.In, "WEB", Permits: false, rule);

    [Theory]
    [MemberData(nameof(Endings))]
    public void Every_ending_reads_back(string ending)
    {
        TracedFlow read = StoredTrace.Decode(StoredTrace.Encode(Traced(AllEndings[ending])));
        Assert.Equal(AllEndings[ending], read.Trace.Ending);
        Assert.Equal(AllEndings[ending], read.Trace.Endings[1]);
    }

    [Fact]
    public void There_is_a_stored_form_and_a_sentence_for_every_ending_there_is()
    {
        var cases = typeof(Ending).GetNestedTypes().Select(type => type.Name).Order();
        Assert.Equal(cases, AllEndings.Values.Select(ending => ending.GetType().Name).Distinct().Order());
        foreach (Ending ending in AllEndings.Values)
        {
            Trace trace = Traced(ending).Trace;
            Assert.Equal(ending is Ending.Delivered or Ending.Left or Ending.Unknown { Candidates: > 0 }, TraceFailure.Of(trace) is null);
            Assert.Equal(ending is Ending.Delivered, TraceFailure.Describe(trace, ending) is null);
        }
    }

    [Fact]
    public void A_whole_trace_reads_back()
    {
        TracedFlow traced = Traced(new Ending.Delivered());
        byte[] stored = StoredTrace.Encode(traced);
        TracedFlow read = StoredTrace.Decode(stored);
        Assert.Equal(stored, StoredTrace.Encode(read));
        Assert.Equal(traced.Trace.Flow, read.Trace.Flow);
        Assert.Equal(traced.Trace.Nodes[0] with { Tunnels = [], Evidence = [] }, read.Trace.Nodes[0] with { Tunnels = [], Evidence = [] });
        Assert.Equal(traced.Trace.Nodes[1].Tunnels.AsEnumerable(), read.Trace.Nodes[1].Tunnels);
        Assert.Equal(traced.Trace.Nodes[1].Evidence.AsEnumerable(), read.Trace.Nodes[1].Evidence);
        Assert.Equal(traced.Trace.Nodes[1].Ingress!.Virtual.AsEnumerable(), read.Trace.Nodes[1].Ingress!.Virtual);
        Assert.Equal(traced.Trace.Edges[0] with { Egress = null, Evidence = [] },
            read.Trace.Edges[0] with { Egress = null, Evidence = [] });
        Assert.Equal(traced.Trace.Shown.AsEnumerable(), read.Trace.Shown);
        Assert.Equal(traced.Labels.AsEnumerable(), read.Labels);
    }

    [Fact]
    public void Statistics_and_questions_read_back()
    {
        var statistics = new PathStatistics([new ElementReading(
            s_device, new DeviceStatistics(new CpuStatistics(1.5, null, 0, s_time), null, "no memory use"),
            [new InterfaceReading(new IfIndex(7), new InterfaceStatistics
            {
                AdminUp = true, OperUp = false, InputPackets = 0, OutputPackets = 5, InputDiscards = 0, RefreshedAt = s_time,
            }, null),
             new InterfaceReading(new IfIndex(8), null, "silent")])]);
        PathStatistics read = StoredTrace.DecodeStatistics(StoredTrace.Encode(statistics));
        Assert.Equal(statistics.Of(s_device)!.Load, read.Of(s_device)!.Load);
        Assert.Equal(statistics.Of(s_device)!.Interfaces.AsEnumerable(), read.Of(s_device)!.Interfaces);

        var question = new StatisticsQuestion(FlowAnalysisId.New(s_time), s_time, [new DeviceQuestion(s_device, true, [new IfIndex(7)])]);
        string stored = StoredTrace.Encode(question);
        // as older releases wrote it
        Assert.Contains($"\"flowAnalysis\":\"{question.FlowAnalysis.Value}\"", stored, StringComparison.Ordinal);
        StatisticsQuestion asked = StoredTrace.DecodeQuestion(stored);
        Assert.Equal((question.FlowAnalysis, question.TracedAt), (asked.FlowAnalysis, asked.TracedAt));
        Assert.Equal(question.Devices[0].Interfaces.AsEnumerable(), asked.Devices[0].Interfaces);
    }

    [Fact]
    public void Bundles_VRFs_tunnels_and_router_ids_read_back()
    {
        TracedFlow traced = Traced(new Ending.Delivered());
        Trace trace = traced.Trace;
        PortUse port = trace.Nodes[1].Ingress! with { Members = [new WirePort(new IfIndex(4), "Te1"), new WirePort(new IfIndex(5), "Te2")],
            Vrf = new VrfName("red") };
        TraceEdge edge = trace.Edges[0] with
        {
            Wires = [new TraceWire(port.Members[0], new WirePort(new IfIndex(9), "Eth9"))],
            Entered = [new Tunnel("GRE", Ipv4Address.Parse("192.0.2.4"), Ipv4Address.Parse("192.0.2.5"))],
        };
        trace = trace with { Nodes =
            [trace.Nodes[0] with { RouterId = Ipv4Address.Parse("0.0.0.8") }, trace.Nodes[1] with { Ingress = port }], Edges = [edge] };
        Trace read = StoredTrace.Decode(StoredTrace.Encode(traced with { Trace = trace })).Trace;
        Assert.Equal(port.Members.AsEnumerable(), read.Nodes[1].Ingress!.Members);
        Assert.Equal(new VrfName("red"), read.Nodes[1].Ingress!.Vrf);
        Assert.Equal(edge.Wires.AsEnumerable(), read.Edges[0].Wires);
        Assert.Equal(edge.Entered.AsEnumerable(), read.Edges[0].Entered);
        Assert.Equal("0.0.0.8", read.Nodes[0].RouterId.ToString());
    }

    [Fact]
    public void The_rules_that_filters_decided_by_read_back()
    {
        TracedFlow traced = Traced(new Ending.Delivered());
        Trace trace = traced.Trace;
        FilterRule open = new(new IfIndex(7), FilterDirection.Out, "ANY", 1, Permits: true);
        FilterMatch passed = new(open.Interface, open.Direction, open.List, Permits: true, open);
        Evidence[] facts = [.. ((FilterMatch?[])[Match(Rule), Match(null), passed, null])
            .Select(match => trace.Edges[0].Evidence[0] with { Match = match })];
        trace = trace with { Edges = [trace.Edges[0] with { Evidence = [.. facts] }] };
        Trace read = StoredTrace.Decode(StoredTrace.Encode(traced with { Trace = trace })).Trace;
        Assert.Equal(facts, read.Edges[0].Evidence);
    }

    [Fact]
    public void Doubts_guesses_and_policies_read_back()
    {
        TracedFlow traced = Traced(new Ending.Left(s_device, new IfIndex(3), default));
        Trace trace = traced.Trace;
        Evidence fact = trace.Edges[0].Evidence[0] with { Doubt = "cut" };
        trace = trace with
        {
            Nodes = [trace.Nodes[0], trace.Nodes[1] with { PolicyKind = "Cisco ASA" }],
            Edges = [trace.Edges[0] with { IsCandidate = true, Evidence = [fact] }],
        };
        Trace read = StoredTrace.Decode(StoredTrace.Encode(traced with { Trace = trace })).Trace;
        Assert.True(read.Edges[0].IsCandidate);
        Assert.Equal(fact, read.Edges[0].Evidence[0]);
        Assert.StartsWith("policy not evaluated: switch (Cisco ASA)", read.Nodes[1].PolicyNotEvaluated, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_read_for_the_answer_reads_back_without_the_way_to_ask_for_it()
    {
        TracedFlow traced = Traced(new Ending.Delivered());
        Evidence fact = traced.Trace.Edges[0].Evidence[0];
        Evidence[] facts = [fact with { IsReadNow = true, HasChanged = true }, fact with { NotReadNow = "no answer within 3 s" }];
        Trace trace = traced.Trace with
        {
            Edges = [traced.Trace.Edges[0] with { Evidence = [.. facts.Select(one => one with { Row = RowKey.Device })] }],
        };
        byte[] stored = StoredTrace.Encode(traced with { Trace = trace });
        Assert.Equal(facts, StoredTrace.Decode(stored).Trace.Edges[0].Evidence);
    }

    [Fact]
    public void What_an_earlier_release_stored_has_none_of_what_it_did_not_know()
    {
        string stored = Text(Traced(new Ending.Delivered()));
        string earlier = stored;
        Assert.DoesNotContain("isCandidate", stored, StringComparison.Ordinal);
        Assert.DoesNotContain("policy", stored, StringComparison.Ordinal);
        foreach (string later in (string[])["members", "wires", "entered"])
            earlier = earlier.Replace($",\"{later}\":[]", "", StringComparison.Ordinal)
                .Replace($"\"{later}\":[],", "", StringComparison.Ordinal);
        Assert.NotEqual(stored, earlier);
        Trace read = StoredTrace.Decode(Encoding.UTF8.GetBytes(earlier)).Trace;
        Assert.Empty(read.Nodes[1].Ingress!.Members);
        Assert.Empty(read.Edges[0].Wires);
        Assert.Empty(read.Edges[0].Entered);
    }

    [Theory]
    [MemberData(nameof(Endings))]
    public void What_earlier_releases_stored_as_text_packed_or_not_reads_the_same(string ending)
    {
        TracedFlow traced = Traced(AllEndings[ending]);
        byte[] text = Encoding.UTF8.GetBytes(Text(traced));
        Assert.Equal(StoredTrace.Encode(traced), StoredTrace.Encode(StoredTrace.Decode(text)));
        Assert.Equal(StoredTrace.Encode(traced), StoredTrace.Encode(StoredTrace.Decode(Packed.Of(text))));
    }

    [Fact]
    public void The_stored_form_stays_as_it_is()
    {
        var denied = new Ending.Denied(s_device, new IfIndex(7), "Gi7", FilterDirection.In, Rule.ToString()) { Match = Match(Rule) };
        Golden.Match("stored-trace.txt", Convert.ToHexStringLower(StoredTrace.Encode(Traced(denied))));
    }

    [Fact]
    public void A_fact_that_much_rests_on_is_stored_once()
    {
        TracedFlow traced = Traced(new Ending.Delivered());
        TraceEdge edge = traced.Trace.Edges[0];
        int once = StoredTrace.Encode(traced).Length;
        TraceEdge often = edge with { Evidence = [.. Enumerable.Repeat(edge.Evidence[0], 50)] };
        Assert.Equal(once + 49, StoredTrace.Encode(traced with { Trace = traced.Trace with { Edges = [often] } }).Length);
    }

    [Fact]
    public void Every_cut_and_every_other_octet_is_refused_as_damaged_or_read_as_another_answer()
    {
        Ending denied = AllEndings.Values.First(ending => ending is Ending.Denied { Match.Rule: not null });
        byte[] stored = StoredTrace.Encode(Traced(denied));
        for (int length = 0; length < stored.Length; length++)
            Assert.Throws<JsonException>(() => StoredTrace.Decode(stored[..length]));
        Assert.Throws<JsonException>(() => StoredTrace.Decode([.. stored, 0]));
        Assert.Throws<JsonException>(() => StoredTrace.Decode([stored[0], 99, .. stored[2..]])); // a later version
        for (int at = 2; at < stored.Length; at++)
        {
            foreach (byte other in (ReadOnlySpan<byte>)[0, 1, 0x7f, 0xff])
            {
                byte[] changed = [.. stored];
                changed[at] = other;
                Exception? problem = Xunit.Record.Exception(() => StoredTrace.Decode(changed));
                Assert.True(problem is null or JsonException, $"octet {at}: {problem}");
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{\"trace\":{\"ending\":{\"kind\":\"Vanished\"}}}")]
    [InlineData("{\"labels\":[{\"device\":\"no id\"}]}")]
    public void A_damaged_answer_is_refused_as_such(string stored) =>
        Assert.Throws<JsonException>(() => StoredTrace.Decode(Encoding.UTF8.GetBytes(stored)));

    [Fact]
    public void A_packed_answer_that_was_cut_or_changed_is_refused_as_damaged()
    {
        byte[] stored = Packed.Of(Encoding.UTF8.GetBytes(Text(Traced(new Ending.Delivered()))));
        Assert.Throws<JsonException>(() => StoredTrace.Decode(stored[..^1]));
        Assert.Throws<JsonException>(() => StoredTrace.Decode(stored[..5]));
        Assert.Throws<JsonException>(() => StoredTrace.Decode([.. stored[..4], 0x7f, .. stored[5..]])); // it says that it has 2 GB
        stored[1] ^= 1;
        Assert.Throws<JsonException>(() => StoredTrace.Decode(stored));
    }

    [Fact]
    public void An_answer_takes_less_room_than_its_text()
    {
        TracedFlow traced = Traced(new Ending.Delivered());
        (int stored, int text) = (StoredTrace.Encode(traced).Length, Text(traced).Length);
        Assert.True(stored < text / 3, $"{stored} of {text}");
    }

    [Fact]
    public void A_device_is_asked_once_for_each_port_that_the_packet_crosses_physical_or_virtual()
    {
        TracedFlow traced = Traced(new Ending.Delivered());
        FlowAnalysisRecord record = Record([Inclusions.InterfaceStatistics]);
        StatisticsQuestion question = StatisticsQuestion.Of(record, traced, s_time)!;
        DeviceQuestion device = Assert.Single(question.Devices);
        Assert.False(device.Load);
        Assert.Equal([3, 600], device.Interfaces.Select(index => index.Value));
        Assert.Empty(Assert.Single(StatisticsQuestion.Of(Record([Inclusions.DeviceStatistics]), traced, s_time)!.Devices).Interfaces);
        Assert.Null(StatisticsQuestion.Of(Record([Inclusions.QosStatistics]), traced, s_time));
    }

    /// <summary>As earlier releases stored it.</summary>
    private static string Text(TracedFlow traced) => JsonSerializer.Serialize(traced, StoredTrace.Of<TracedFlow>());

    private static FlowAnalysisRecord Record(ImmutableArray<string> inclusions) => new(
        FlowAnalysisId.New(s_time), TaskId.New(s_time),
        new FlowRequest(Ipv4Address.Parse("192.0.2.1"), Ipv4Address.Parse("192.0.2.2"), null, null, null, false, false, inclusions),
        "admin", s_time);

    private static TracedFlow Traced(Ending ending)
    {
        var host = new TraceNode(NodeKind.Host, null, null, Ipv4Address.Parse("192.0.2.1"), default, null, [], []) { IsWireless = true };
        var port = new PortUse(new IfIndex(3), "GigabitEthernet1/0/3", new VlanId(600), [new VirtualPort(new IfIndex(600), "Vlan600")]);
        var device = new TraceNode(NodeKind.Device, s_device, "switch", Ipv4Address.Parse("192.0.2.3"), default, port,
            [new Tunnel("CAPWAP", Ipv4Address.Parse("192.0.2.4"), Ipv4Address.Parse("192.0.2.5"))],
            [new Evidence(s_device, FdbEntry.Dot1dTpFdbTable, "600 00:1b:21:0a:0b:0c", s_time, "learned")]);
        var edge = new TraceEdge(0, 1, null, "Switched", 0.5, 0.9, "old", [new Evidence(null, FactSource.None, "x", null, "assumed")])
        {
            Prefix = Prefix.Parse("192.0.2.0/24"),
            NextHop = Ipv4Address.Parse("192.0.2.9"),
            NamedByFlowRecord = true,
        };
        var trace = new Trace(new Flow(host.Address, device.Address, 6, 0, 443), [host, device], [edge], [0], ending,
            ImmutableDictionary<int, Ending>.Empty.Add(1, ending));
        return new TracedFlow(trace, [new DeviceLabel(s_device, "Switches and Hubs", "ACCESS")]);
    }
}
