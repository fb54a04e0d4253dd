using System.Text.Json.Nodes;
using Towpath.Network;
using Towpath.Testing;

namespace Towpath.PathTrace.Tests;

/// <summary>The documented trace, from a campus that is really collected: nothing in the tracer knows it.</summary>
[Trait("Mutation", "slow")]
public sealed class CampusTests(CollectedCampus campus) : IClassFixture<CollectedCampus>
{
    [Fact]
    public void The_documented_trace_has_its_twelve_elements()
    {
        Trace trace = campus.Network.Trace("10.1.15.117", "10.2.1.22");
        Assert.Equal(
            [
                "None: 10.1.15.117", "AP7081.059f.19ca: 10.1.14.3", "CAMPUS-Access1: 10.1.12.1", "CAMPUS-Dist1: 10.255.1.5",
                "Campus-WLC-5508: 10.1.14.2", "CAMPUS-Dist1: 10.255.1.5",
                "CAMPUS-Core2: 10.1.10.1", "CAMPUS-Router2: 10.1.4.2", "UNKNOWN: UNKNOWN", "Branch-Router2: 10.2.2.2",
                "Branch-Access1: 10.2.1.17", "None: 10.2.1.22",
            ],
            trace.ShownNodes.Select(node => node.Kind == NodeKind.Unknown ? "UNKNOWN: UNKNOWN" : $"{node.Name ?? "None"}: {node.Address}"));
        trace.Is("campus");
    }

    /// <summary>
    /// The capture shows one port in and out of Branch-Router2, which no cable allows: there the campus has a WAN port of its own.
    /// </summary>
    [SharedFact]
    public void Its_interfaces_labels_and_tunnels_are_those_of_the_capture()
    {
        JsonArray captured =
            JsonNode.Parse(File.ReadAllText(Shared.File("samples", "flow-analysis",
            "02c-apicem-2017-06-wireless-to-branch-unknown.json")))!["response"]!["networkElementsInfo"]!.AsArray();
        Trace trace = campus.Network.Trace("10.1.15.117", "10.2.1.22");
        TraceNode[] nodes = [.. trace.ShownNodes];
        Assert.Equal(captured.Count, nodes.Length);
        for (int i = 0; i < nodes.Length; i++)
        {
            JsonNode element = captured[i]!;
            TraceEdge? edge = i < trace.Shown.Length ? trace.Edges[trace.Shown[i]] : null;
            Assert.Equal((string?)element["linkInformationSource"], edge?.Label);
            Assert.Equal(element["tunnels"]?.AsArray().Select(tunnel => (string?)tunnel) ?? [],
                nodes[i].Tunnels.Select(tunnel => (string?)tunnel.Kind));
            if ((string?)element["name"] != "Branch-Router2") Assert.Equal(PortOf(element["ingressInterface"]), PortOf(nodes[i].Ingress));
            Assert.Equal(PortOf(element["egressInterface"]), PortOf(edge?.Egress));
        }

        static string PortOf(object? port) => port switch
        {
            JsonNode json => string.Join(" + ",
                [(string?)json["physicalInterface"]!["name"],
                .. json["virtualInterface"]?.AsArray().Select(crossed => (string?)crossed!["name"]) ?? []]),
            PortUse use => string.Join(" + ", [use.Name, .. use.Virtual.Select(crossed => crossed.Name)]),
            _ => "",
        };
    }

    [Fact]
    public void Every_pair_of_hosts_is_traced_to_the_destination_on_every_branch_and_on_every_guess()
    {
        foreach (string source in campus.Hosts)
            foreach (string destination in campus.Hosts.Where(host => host != source))
            {
                Trace trace = campus.Network.Trace(source, destination);
                Assert.All(trace.Endings.Where(ending => ending.Value is not Ending.Unknown { Candidates: 2 }), ending =>
                {
                    Assert.True(ending.Value is Ending.Delivered, trace.ToText());
                    Assert.Equal(destination, trace.Nodes[ending.Key].Address.ToString());
                });
            }
    }

    [Fact]
    public void Every_devices_own_address_is_reached_from_every_other()
    {
        foreach (NetworkDevice from in campus.Network.Devices)
            foreach (NetworkDevice to in campus.Network.Devices.Where(to => to != from))
            {
                Trace trace = campus.Network.Trace(from.ManagementAddress.ToString(), to.ManagementAddress.ToString());
                // Of the two doors into the campus either may be the one that the provider takes.
                bool isGuess = trace.Ending is Ending.Unknown { Candidates: 2 } && trace.ShownNodes.Last().Kind == NodeKind.Unknown
                    && trace.Endings.All(ending => ending.Value == trace.Ending || ending.Value is Ending.Delivered
                        && trace.Nodes[ending.Key].Device == to.Id);
                Assert.True(isGuess || trace.Ending is Ending.Delivered && trace.ShownNodes.Last().Device == to.Id, trace.ToText());
            }
    }

    [Fact]
    public async Task A_core_that_nobody_manages_is_UNKNOWN_and_no_other_device_is_put_in_its_place()
    {
        NetworkSnapshot network = await Without("CAMPUS-Core2");
        Assert.Equal(
            ["", "AP7081.059f.19ca", "CAMPUS-Access1", "CAMPUS-Dist1", "Campus-WLC-5508", "CAMPUS-Dist1", "?", "CAMPUS-Router2", "?",
                "Branch-Router2", "Branch-Access1", ""],
            Names(network.Trace("10.1.15.117", "10.2.1.22")));
        Assert.Equal(
            ["", "Branch-Access1", "Branch-Router2", "?", "CAMPUS-Router1", "?", "CAMPUS-Dist1", "Campus-WLC-5508", "CAMPUS-Dist1",
                "CAMPUS-Access1", "AP7081.059f.19ca", ""],
            Names(network.Trace("10.2.1.22", "10.1.15.117")));
    }

    [Fact]
    public async Task A_switch_that_nobody_manages_stands_before_the_controller_as_UNKNOWN()
    {
        NetworkSnapshot network = await Without("CAMPUS-Dist1");
        Trace trace = network.Trace("10.1.15.117", "10.2.1.22");
        Assert.Equal(["", "AP7081.059f.19ca", "CAMPUS-Access1", "?", "Campus-WLC-5508"], Names(trace).Take(5));
        Assert.Equal("GigabitEthernet0/0/1", trace.ShownNodes.ElementAt(4).Ingress!.Name);
    }

    [Fact]
    public async Task An_access_switch_that_nobody_manages_and_that_is_silent_shows_by_the_addresses_behind_its_trunk()
    {
        NetworkSnapshot network = await Without("CAMPUS-Access1");
        Trace trace = network.Trace("10.1.20.100", "10.1.15.117");
        Assert.Equal(["", "?", "CAMPUS-Dist1", "Campus-WLC-5508", "CAMPUS-Dist1", "?", "AP7081.059f.19ca", ""], Names(trace));
        Assert.Equal(new VlanId(20), trace.ShownNodes.ElementAt(2).Ingress!.Vlan);
        Assert.Equal(["", "AP7081.059f.19ca", "?", "CAMPUS-Dist1", "Campus-WLC-5508", "CAMPUS-Dist1", "?", ""],
            Names(network.Trace("10.1.15.117", "10.1.20.100")));
        Assert.Equal(["", "?", ""], Names(network.Trace("10.1.20.100", "10.1.20.101")));
        Assert.Equal("CAPWAP Tunnel", trace.ShownNodes.ElementAt(5).Tunnels[0].Kind);
    }

    [Fact]
    public async Task A_silent_switch_below_a_router_shows_by_the_several_neighbors_of_its_port()
    {
        NetworkSnapshot network = await Without("Branch-Access1");
        Assert.Equal(["Branch-Router2", "?", ""], Names(network.Trace("10.1.15.117", "10.2.1.22")).TakeLast(3));
        Assert.Equal(["", "?", "Branch-Router2", "?", "CAMPUS-Router1"], Names(network.Trace("10.2.1.22", "10.1.15.117")).Take(5));
    }

    private static string[] Names(Trace trace) =>
        [.. trace.ShownNodes.Select(node => node.Kind == NodeKind.Unknown ? "?" : node.Name ?? "")];

    private static Task<NetworkSnapshot> Without(string device)
    {
        JsonNode description = JsonNode.Parse(CollectedCampus.Description)!;
        description["devices"]!.AsArray().Single(node => (string?)node!["name"] == device)!["hidden"] = true;
        return CollectedCampus.CollectAsync(description.ToJsonString());
    }
}
