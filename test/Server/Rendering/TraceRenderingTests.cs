using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Towpath.Contracts;
using Towpath.FlowAnalysis;
using Towpath.Inventory;
using Towpath.Network;
using Towpath.PathTrace;
using Towpath.Testing;

namespace Towpath.Server.Tests;

/// <summary>A trace in the API's words, compared with what real controllers wrote.</summary>
public sealed class TraceRenderingTests
{
    private static readonly DateTimeOffset s_time = DateTimeOffset.FromUnixTimeMilliseconds(1498584671000);

    [SharedFact]
    public void A_trace_reads_as_a_real_controller_wrote_it()
    {
        JsonNode captured = JsonNode.Parse(File.ReadAllText(Shared.File("samples", "flow-analysis",
            "02c-apicem-2017-06-wireless-to-branch-unknown.json")))!["response"]!;
        JsonNode rendered = Render(Campus());

        Assert.Equal(Normal(captured["networkElementsInfo"]!), Normal(rendered["networkElementsInfo"]!));
        Assert.Equal(captured["lastUpdate"]!.GetValue<string>(), rendered["lastUpdate"]!.GetValue<string>());
        Assert.Equal("""{"aclTraceCalculation":"SUCCESS","aclEvaluated":false}""", rendered["detailedStatus"]!.ToJsonString()); // ours says beside it that no list was read
        rendered["detailedStatus"]!.AsObject().Remove("aclEvaluated");
        Assert.Equal(captured["detailedStatus"]!.ToJsonString(), rendered["detailedStatus"]!.ToJsonString());
        Assert.Empty(captured["request"]!.AsObject().Select(field => field.Key)
            .Except(rendered["request"]!.AsObject().Select(field => field.Key)));
        Assert.False(rendered.AsObject().ContainsKey("networkElements"));
    }

    [SharedFact]
    public void A_trace_under_way_reads_as_a_real_controller_wrote_it()
    {
        JsonNode captured = JsonNode.Parse(File.ReadAllText(Shared.File("samples", "flow-analysis",
            "04-apicem-2020-11-inprogress-icmp.json")))!["response"]!;
        var request = new FlowRequest(Ipv4Address.Parse("10.1.2.1"), Ipv4Address.Parse("10.1.4.2"), "0", "0", "ICMP", false, false,
            [Inclusions.InterfaceStatistics]);
        var record = new FlowAnalysisRecord(FlowAnalysisId.Parse("78f3e415-dc7e-46ae-9da5-b5dfd9850b46"), default, request, "admin",
            DateTimeOffset.FromUnixTimeMilliseconds(1606298639782));
        JsonNode rendered = Json(TraceRendering.Render(new FlowAnalysisAnswer(record, null, null), s_time));
        rendered["request"]!.AsObject().Remove("controlPath"); // a later release's field
        rendered["detailedStatus"]!.AsObject().Remove("aclEvaluated"); // ours
        rendered["lastUpdate"] = captured["lastUpdate"]!.DeepClone(); // the moment of the capture
        Assert.True(JsonNode.DeepEquals(captured, rendered), rendered.ToJsonString());
    }

    [Fact]
    public void Nothing_in_an_answer_is_null() => Assert.DoesNotContain(":null", Render(Campus()).ToJsonString());

    [Fact]
    public void What_is_less_than_certain_says_so_where_it_is()
    {
        var trace = new HandBuiltTrace().Host("10.1.15.117", "Switched");
        trace.Confidence = 0.6;
        trace.Device("A", DeviceFamily.Switch, "10.0.0.1", "Gi1", "Gi2", DeviceRole.Access, "Switched");
        trace.Confidence = 0.95; // seen from one side, as hosts are
        trace.Device("B", DeviceFamily.Switch, "10.0.0.2", "Gi1", "Gi2", DeviceRole.Access, "Switched");
        trace.Confidence = 1;
        trace.Host("10.2.1.22", null);
        JsonArray elements = Render(trace.Build())["networkElementsInfo"]!.AsArray();
        Assert.Equal("""[{"percent":60,"reason":"a reason"}]""", elements[1]!["accuracyList"]!.ToJsonString());
        Assert.False(elements[0]!.AsObject().ContainsKey("accuracyList"));
        Assert.False(elements[2]!.AsObject().ContainsKey("accuracyList"));
    }

    [Fact]
    public void A_packet_that_is_dropped_shows_how_far_it_comes_and_why_it_ends()
    {
        var trace = new HandBuiltTrace().Host("10.1.15.117", "Switched")
            .Device("Core", DeviceFamily.Router, "10.0.0.1", "Gi1", "", DeviceRole.Core, "");
        TracedFlow traced = trace.Build();
        traced = trace.Build(new Ending.NullRouted(traced.Trace.Nodes[1].Device!.Value, Prefix.Parse("10.2.0.0/16")));
        string? reason = TraceFailure.Of(traced.Trace)?.Reason;
        Assert.Equal("Core drops everything to 10.2.0.0/16: a route to null", reason);
        JsonNode rendered = Render(traced, FlowAnalysisStatus.Failed);
        Assert.Equal(2, rendered["networkElementsInfo"]!.AsArray().Count);
        Assert.Equal("NullRouted", rendered["pathGraph"]!["ending"]!["kind"]!.GetValue<string>());
        Assert.Equal(reason, rendered["pathGraph"]!["ending"]!["reason"]!.GetValue<string>());
        Assert.False(rendered["networkElementsInfo"]![1]!.AsObject().ContainsKey("linkInformationSource"));
    }

    [Fact]
    public void Where_access_lists_were_asked_for_the_answer_is_that_none_was_read()
    {
        JsonNode status = Render(Campus(), inclusions: [Inclusions.AclTrace])["detailedStatus"]!;
        Assert.Equal("FAILED", status["aclTraceCalculation"]!.GetValue<string>());
        Assert.NotEmpty(status["aclTraceCalculationFailureReason"]!.GetValue<string>());
        Assert.False(status["aclEvaluated"]!.GetValue<bool>());
    }

    [Fact]
    public void A_packet_that_a_filter_drops_ends_with_the_device_the_interface_and_the_rule()
    {
        var trace = new HandBuiltTrace().Host("10.1.15.117", "Switched")
            .Device("Core", DeviceFamily.Router, "10.0.0.1", "Gi1", "", DeviceRole.Core, "");
        DeviceId core = trace.Build().Trace.Nodes[1].Device!.Value;
        var denied = new Ending.Denied(core, new IfIndex(1), "Gi1", FilterDirection.In, "rule 10 of WEB: deny ip any any");
        TracedFlow traced = trace.Build(denied);
        JsonNode rendered = Render(traced, FlowAnalysisStatus.Failed, [Inclusions.AclTrace]), ending = rendered["pathGraph"]!["ending"]!;
        Assert.Equal(("Denied", core.ToString(), "Gi1", "A filter of Core drops the packet in by Gi1: rule 10 of WEB: deny ip any any"),
            (ending["kind"]!.GetValue<string>(), ending["deviceId"]!.GetValue<string>(), ending["interface"]!.GetValue<string>(),
            ending["reason"]!.GetValue<string>()));
        Assert.Equal("""{"aclTraceCalculation":"SUCCESS","aclEvaluated":true}""", rendered["detailedStatus"]!.ToJsonString());
    }

    [Fact]
    public void The_rules_that_decided_stand_at_the_interfaces_that_have_them()
    {
        TracedFlow traced = new HandBuiltTrace().Host("10.1.15.117", "Switched")
            .Device("Core", DeviceFamily.Router, "10.0.0.1", "Gi1+Vlan10", "Gi2", DeviceRole.Core, "Switched")
            .Host("10.2.1.22", "").Build();
        Trace trace = traced.Trace;
        (DeviceId core, PortUse ingress, PortUse egress) = (trace.Nodes[1].Device!.Value, trace.Nodes[1].Ingress!, trace.Edges[1].Egress!);
        var rule = new FilterRule(ingress.Virtual[0].Interface, FilterDirection.In, "WEB", 20, Permits: true)
        {
            Protocol = 6, Source = Prefix.Parse("10.1.0.0/16"), DestinationPorts = new PortRange(8000, 8080),
        };
        FilterMatch inward = new(rule.Interface, FilterDirection.In, "WEB", true, rule);
        FilterMatch outward = new(egress.Interface, FilterDirection.Out, "EDGE", false, null);
        trace = trace with { Edges = [Because(trace.Edges[0], inward), Because(trace.Edges[1], outward)] };

        JsonNode element = Render(traced with { Trace = trace })["networkElementsInfo"]![1]!;

        AssertIs("""
            {"aclName": "WEB", "result": "PERMIT", "matchingAces": [
              {"ace": "rule 20 of WEB: permit tcp 10.1.0.0/16 any port 8000-8080", "result": "PERMIT",
               "matchingPorts": [{"protocol": "tcp", "ports": [{"destPorts": ["8000-8080"]}]}]}]}
            """, element["ingressInterface"]!["virtualInterface"]![0]!["aclAnalysis"]);
        AssertIs("""
            {"aclName": "EDGE", "result": "DENY", "matchingAces": [{"ace": "implicit deny at the end of EDGE", "result": "DENY"}]}
            """, element["egressInterface"]!["physicalInterface"]!["aclAnalysis"]);
        Assert.Null(element["ingressInterface"]!["physicalInterface"]!["aclAnalysis"]);

        static void AssertIs(string expected, JsonNode? found) =>
            Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), found), $"{found}");

        TraceEdge Because(TraceEdge edge, FilterMatch match) => edge with
        {
            Evidence = [new Evidence(core, FactSource.None, match.ToString(), null, Evidence.FilterRule) { Match = match }],
        };
    }

    [Fact]
    public void A_packet_that_is_dropped_on_the_way_out_shows_the_interface_and_the_rule()
    {
        var trace = new HandBuiltTrace().Host("10.1.15.117", "Switched")
            .Device("Core", DeviceFamily.Router, "10.0.0.1", "Gi1", "", DeviceRole.Core, "");
        DeviceId core = trace.Build().Trace.Nodes[1].Device!.Value;
        var rule = new FilterRule(new IfIndex(2), FilterDirection.Out, "WEB", 10, Permits: false);
        var denied = new Ending.Denied(core, rule.Interface, "Gi2", FilterDirection.Out, rule.ToString());

        Assert.Null(Last(denied)["egressInterface"]); // as it was stored before rules were values
        var match = new FilterMatch(rule.Interface, rule.Direction, rule.List, Permits: false, rule);
        JsonNode egress = Last(denied with { Match = match })["egressInterface"]!;

        Assert.Equal("Gi2", (string)egress["physicalInterface"]!["name"]!);
        JsonNode acl = egress["physicalInterface"]!["aclAnalysis"]!;
        Assert.Equal(("WEB", "DENY", "rule 10 of WEB: deny ip any any", "ip"), ((string)acl["aclName"]!, (string)acl["result"]!,
            (string)acl["matchingAces"]![0]!["ace"]!, (string)acl["matchingAces"]![0]!["matchingPorts"]![0]!["protocol"]!));

        JsonNode Last(Ending ending) => Render(trace.Build(ending), FlowAnalysisStatus.Failed)["networkElementsInfo"]![1]!;
    }

    [Fact]
    public void A_packet_that_leaves_for_another_network_ends_with_the_device_the_interface_and_the_next_hop()
    {
        var trace = new HandBuiltTrace().Host("10.1.15.117", "Switched");
        trace.Confidence = 0.5;
        trace.Device("Edge", DeviceFamily.Router, "10.0.0.1", "Gi1", "Gi2", DeviceRole.BorderRouter, "STATIC").Unknown("");
        TracedFlow traced = trace.Build();
        (DeviceId edge, IfIndex egress) = (traced.Trace.Nodes[1].Device!.Value, traced.Trace.Edges[1].Egress!.Interface);
        traced = trace.Build(new Ending.Left(edge, egress, Ipv4Address.Parse("192.0.2.1")));
        Assert.Null(TraceFailure.Of(traced.Trace));
        JsonNode ending = Render(traced)["pathGraph"]!["ending"]!;
        Assert.Equal(("Left", edge.ToString(), "Gi2", "192.0.2.1", 0.5, 2),
            ((string)ending["kind"]!, (string)ending["deviceId"]!, (string)ending["interface"]!, (string)ending["nextHop"]!,
                (double)ending["confidence"]!, (int)ending["node"]!));
        Assert.Equal("Edge sends the packet out of Gi2 to 192.0.2.1: it leaves what is managed toward another network",
            (string)ending["reason"]!);
    }

    [Fact]
    public void Guesses_doubts_and_policies_that_nobody_evaluates_are_marked()
    {
        TracedFlow campus = Campus();
        Trace trace = campus.Trace;
        TraceEdge guess = trace.Edges[8] with { IsCandidate = true,
            Evidence = [new Evidence(null, Network.Route.IpRouteTable, "x", null, "y") { Doubt = "cut" }] };
        trace = trace with { Edges = trace.Edges.SetItem(8, guess),
            Nodes = trace.Nodes.SetItem(7, trace.Nodes[7] with { PolicyKind = "Cisco ASA" }) };
        JsonNode rendered = Render(campus with { Trace = trace });
        Assert.True(rendered["pathGraph"]!["edges"]![8]!["candidate"]!.GetValue<bool>());
        Assert.Equal("cut", rendered["pathGraph"]!["edges"]![8]!["evidence"]![0]!["doubt"]!.GetValue<string>());
        Assert.False(rendered["pathGraph"]!["edges"]![7]!.AsObject().ContainsKey("candidate"));
        Assert.False(rendered["pathGraph"]!["nodes"]![7]!["policyEvaluated"]!.GetValue<bool>());
        Assert.False(rendered["pathGraph"]!["nodes"]![6]!.AsObject().ContainsKey("policyEvaluated"));
        JsonNode doubt = Assert.Single(rendered["networkElementsInfo"]![7]!["accuracyList"]!.AsArray())!;
        Assert.Equal(90, doubt["percent"]!.GetValue<int>());
        Assert.StartsWith("policy not evaluated: CAMPUS-Router2 (Cisco ASA)", doubt["reason"]!.GetValue<string>(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Statistics_are_shown_where_they_were_asked_for_each_with_how_it_went()
    {
        TracedFlow traced = Campus();
        ImmutableArray<string> all = Inclusions.All;
        JsonArray waiting = Render(traced, inclusions: all)["networkElementsInfo"]!.AsArray();
        Assert.Equal("INPROGRESS", waiting[2]!["deviceStatsCollection"]!.GetValue<string>());
        Assert.Equal("INPROGRESS", waiting[2]!["ingressInterface"]!["physicalInterface"]!["interfaceStatsCollection"]!.GetValue<string>());
        Assert.Equal("FAILED", waiting[2]!["perfMonCollection"]!.GetValue<string>());
        Assert.Equal("FAILED", waiting[2]!["ingressInterface"]!["physicalInterface"]!["qosStatsCollection"]!.GetValue<string>());
        Assert.False(waiting[0]!.AsObject().ContainsKey("deviceStatsCollection")); // a host

        DeviceId access = traced.Trace.Nodes[2].Device!.Value;
        IfIndex ingress = traced.Trace.Nodes[2].Ingress!.Interface;
        var counted = new Collection.InterfaceStatistics { AdminUp = true, OperUp = true, InputPackets = 5, InputUtilization = 81.5,
            OutputErrors = 3, InputDiscards = 2, RefreshedAt = s_time };
        var statistics = new PathStatistics([
            new ElementReading(access, new Collection.DeviceStatistics(new(7, null, null, s_time), new(400, 100, s_time), null),
                [new Collection.InterfaceReading(ingress, counted, null)]),
        ]);
        JsonArray read = Render(traced, inclusions: all, statistics: statistics)["networkElementsInfo"]!.AsArray();
        Assert.Equal("SUCCESS", read[2]!["deviceStatsCollection"]!.GetValue<string>());
        long at = s_time.ToUnixTimeMilliseconds();
        Assert.Equal(
            $$$"""{"cpuStatistics":{"fiveSecsUsageInPercentage":7,"refreshedAt":{{{at}}}}"""
                + $$$""","memoryStatistics":{"memoryUsage":100,"totalMemory":400,"refreshedAt":{{{at}}}}}""",
            read[2]!["deviceStatistics"]!.ToJsonString());
        JsonNode port = read[2]!["ingressInterface"]!["physicalInterface"]!;
        Assert.Equal("SUCCESS", port["interfaceStatsCollection"]!.GetValue<string>());
        Assert.Equal("up", port["interfaceStatistics"]!["operationalStatus"]!.GetValue<string>());
        Assert.False(port["interfaceStatistics"]!.AsObject().ContainsKey("inputQueueCount"));
        Assert.False(port["interfaceStatistics"]!.AsObject().ContainsKey("inputErrors"));
        Assert.Equal((81.5, 3L, 2L), ((double)port["interfaceStatistics"]!["inputUtilizationInPercentage"]!,
            (long)port["interfaceStatistics"]!["outputErrors"]!, (long)port["interfaceStatistics"]!["inputDiscards"]!));
        Assert.Equal("FAILED", read[3]!["deviceStatsCollection"]!.GetValue<string>()); // it was not among those asked
        Assert.NotEmpty(read[3]!["deviceStatsCollectionFailureReason"]!.GetValue<string>());
        Assert.False(Render(traced)["networkElementsInfo"]![2]!.AsObject().ContainsKey("deviceStatsCollection")); // not asked for
    }

    [SharedFact]
    public void Every_rendering_is_valid_against_the_description()
    {
        var contract = OpenApiContract.Catalyst();
        foreach (JsonNode rendered in new[] { Render(Campus()), Render(Campus(), inclusions: Inclusions.All) })
        {
            var body = new JsonObject { ["response"] = rendered, ["version"] = "1.0" };
            Assert.Empty(contract.Problems("GET", "/dna/intent/api/v1/flow-analysis/{flowAnalysisId}", 200, body));
        }
    }

    [Fact]
    public void Members_of_bundles_VRFs_and_tunnels_between_routers_stand_in_the_graph_and_where_the_list_has_a_place_for_them()
    {
        TracedFlow campus = Campus();
        ImmutableArray<TraceEdge> edges = campus.Trace.Edges;
        PortUse egress = edges[5].Egress! with { Members = [new WirePort(new IfIndex(4), "Te1"), new WirePort(new IfIndex(5), "Te2")],
            Vrf = new VrfName("red") };
        TraceEdge edge = edges[5] with
        {
            Egress = egress,
            Wires = [new TraceWire(egress.Members[0], new WirePort(new IfIndex(9), "Eth9"))],
            Entered = [new Tunnel("GRE", Ipv4Address.Parse("10.0.0.1"), Ipv4Address.Parse("10.0.0.2"))],
        };
        JsonNode rendered = Render(campus with { Trace = campus.Trace with { Edges = edges.SetItem(5, edge) } });
        JsonNode element = rendered["networkElementsInfo"]![5]!, step = rendered["pathGraph"]!["edges"]![5]!;
        Assert.Equal("TenGigabitEthernet3/1", element["egressInterface"]!["physicalInterface"]!["name"]!.GetValue<string>());
        Assert.Equal("red", element["egressInterface"]!["physicalInterface"]!["vrfName"]!.GetValue<string>());
        Assert.Equal(["GRE Tunnel"], element["tunnels"]!.AsArray().Select(tunnel => tunnel!.GetValue<string>()));
        Assert.Equal("""["Te1","Te2"]""", step["egress"]!["members"]!.ToJsonString());
        Assert.Equal("red", step["egress"]!["vrf"]!.GetValue<string>());
        Assert.Equal("""[{"egress":"Te1","ingress":"Eth9"}]""", step["wires"]!.ToJsonString());
        Assert.Equal("""[{"kind":"GRE","outerSource":"10.0.0.1","outerDestination":"10.0.0.2"}]""", step["entered"]!.ToJsonString());
    }

    /// <summary>The path of capture 02c.</summary>
    private static TracedFlow Campus()
    {
        var trace = new HandBuiltTrace();
        trace.Host("10.1.15.117", "Switched", wireless: true);
        trace.InTunnel = true;
        trace.AccessPoint("AP7081.059f.19ca", "10.1.14.3", "Switched")
            .Device("CAMPUS-Access1", DeviceFamily.Switch, "10.1.12.1", "GigabitEthernet1/0/26", "GigabitEthernet1/0/1", DeviceRole.Access,
                "Switched")
            .Device("CAMPUS-Dist1", DeviceFamily.Switch, "10.255.1.5", "GigabitEthernet5/5", "GigabitEthernet5/38", DeviceRole.Core,
                "Switched")
            .Device("Campus-WLC-5508", DeviceFamily.WirelessController, "10.1.14.2", "GigabitEthernet0/0/1+clientinterface",
                "GigabitEthernet0/0/1", DeviceRole.Access, "Switched");
        trace.InTunnel = false;
        return trace
            .Device("CAMPUS-Dist1", DeviceFamily.Switch, "10.255.1.5", "GigabitEthernet5/38+Vlan600", "TenGigabitEthernet3/1",
                DeviceRole.Core, "ECMP")
            .Device("CAMPUS-Core2", DeviceFamily.Switch, "10.1.10.1", "TenGigabitEthernet1/5", "GigabitEthernet1/3", DeviceRole.Core,
                "ECMP")
            .Device("CAMPUS-Router2", DeviceFamily.Router, "10.1.4.2", "GigabitEthernet0/0/1", "GigabitEthernet0/0/3", DeviceRole.Core,
                "OSPF")
            .Unknown("NetFlow")
            .Device("Branch-Router2", DeviceFamily.Router, "10.2.2.2", "GigabitEthernet0/2", "GigabitEthernet0/2", DeviceRole.BorderRouter,
                "CONNECTED")
            .Device("Branch-Access1", DeviceFamily.Switch, "10.2.1.17", "GigabitEthernet1/0/1", "GigabitEthernet1/0/47", DeviceRole.Access,
                "Switched")
            .Host("10.2.1.22", null)
            .Build();
    }

    private static JsonNode Render(
        TracedFlow traced, FlowAnalysisStatus status = FlowAnalysisStatus.Completed, ImmutableArray<string> inclusions = default,
        PathStatistics? statistics = null)
    {
        var request = new FlowRequest(Ipv4Address.Parse("10.1.15.117"), Ipv4Address.Parse("10.2.1.22"), null, null, null, false, false,
            inclusions.IsDefault ? [] : inclusions);
        var record = new FlowAnalysisRecord(default, default, request, "admin", s_time.AddSeconds(-10)) { Status = status,
            UpdatedAt = s_time };
        return Json(TraceRendering.Render(new FlowAnalysisAnswer(record, traced, statistics), s_time.AddSeconds(1)));
    }

    private static JsonNode Json(FlowAnalysisResult result) => JsonSerializer.SerializeToNode(result, TowpathJson.Options)!;

    /// <summary>Fields in order of name; each id replaced by the number of its first appearance, so that equal ids stay equal.</summary>
    private static string Normal(JsonNode elements)
    {
        var ids = new Dictionary<string, int>();
        return Sorted(elements)!.ToJsonString(new JsonSerializerOptions { WriteIndented = true });

        JsonNode? Sorted(JsonNode? node) => node switch
        {
            JsonObject fields => new JsonObject(fields.OrderBy(field => field.Key, StringComparer.Ordinal).Select(field =>
                KeyValuePair.Create(field.Key,
                    field.Key == "id" && field.Value!.GetValue<string>() != "UNKNOWN" ? Number(field.Value) : Sorted(field.Value)))),
            JsonArray items => new JsonArray([.. items.Select(Sorted)]),
            _ => node?.DeepClone(),
        };

        JsonNode? Number(JsonNode id)
        {
            if (!ids.TryGetValue(id.GetValue<string>(), out int number)) ids.Add(id.GetValue<string>(), number = ids.Count);
            return JsonValue.Create(number);
        }
    }
}
