using System.Text.Json;
using System.Text.Json.Nodes;

namespace Towpath.Campus.Tests;

/// <summary>Each edit of the description changes the path, and the trace changes as the walker says.</summary>
public sealed class CampusEditTests
{
    [Fact]
    public Task A_host_that_moved_is_found_at_its_new_port() => AfterAsync("desk-1", "branch-pc-1", campus =>
    {
        Cable(campus, "desk-1:eth0", "CAMPUS-Dist2:Ethernet20");
        Interfaces(campus, "CAMPUS-Dist2").Add(Node("""{ "name": "Ethernet20", "access": 20, "speed": 1000 }"""));
    });

    [Fact]
    public Task A_cable_that_moved_is_followed_at_its_new_port() => AfterAsync("desk-1", "server-1", campus =>
    {
        Cable(campus, "CAMPUS-Access1:GigabitEthernet1/0/1", "CAMPUS-Dist1:GigabitEthernet5/6");
        Interfaces(campus, "CAMPUS-Dist1").Add(Node("""{ "name": "GigabitEthernet5/6", "trunk": [1, 12, 14, 20, 30] }"""));
    });

    [Fact]
    public Task A_host_in_another_vlan_takes_that_vlans_gateway() => AfterAsync("desk-2", "branch-pc-2", campus =>
    {
        Interface(campus, "CAMPUS-Access1", "GigabitEthernet1/0/4")["access"] = 30;
        JsonNode host = Named(campus, "hosts", "desk-2");
        (host["address"], host["gateway"]) = ("10.1.30.101/24", "10.1.30.1");
    });

    [Fact]
    public Task A_route_that_was_withdrawn_is_not_followed() => AfterAsync("laptop-1", "branch-pc-1", campus =>
        Device(campus, "CAMPUS-Router2")["ospf"]!["exclude"] = new JsonArray("GigabitEthernet0/0/3"));

    [Fact]
    public Task A_null_route_ends_the_path() => AfterAsync("laptop-1", "branch-pc-1", campus =>
        Device(campus, "CAMPUS-Core2")["routes"] = new JsonArray(Node("""{ "to": "10.2.1.0/24", "null": true }""")));

    [Fact]
    public Task An_access_point_on_another_switch_is_followed_there() => AfterAsync("laptop-1", "branch-pc-1", campus =>
    {
        Cable(campus, "AP7081.059f.19ca:GigabitEthernet0", "CAMPUS-Dist2:Ethernet21");
        Interfaces(campus, "CAMPUS-Dist2").Add(Node("""{ "name": "Ethernet21", "access": 14, "speed": 1000 }"""));
    });

    [Fact]
    public Task A_second_wan_is_a_second_way() => AfterAsync("laptop-1", "branch-pc-1", campus =>
    {
        campus["devices"]!.AsArray().Add(Node("""
            {
              "name": "WAN2", "kind": "router", "hidden": true, "mac": "00:19:e2:91:00:00", "ospf": { "routerId": "10.3.255.2" },
              "interfaces": [ { "name": "ge-0/0/0", "addresses": ["10.3.3.2/30"] }, { "name": "ge-0/0/1", "addresses": ["10.2.3.1/30"] } ]
            }
            """));
        Interfaces(campus, "CAMPUS-Router2").Add(Node("""{ "name": "GigabitEthernet0/0/0", "addresses": ["10.3.3.1/30"] }"""));
        Interfaces(campus, "Branch-Router2").Add(Node("""{ "name": "GigabitEthernet0/0", "shutdown": false, "addresses": ["10.2.3.2/30"] }"""));
        campus["links"]!.AsArray().Add(new JsonArray("CAMPUS-Router2:GigabitEthernet0/0/0", "WAN2:ge-0/0/0"));
        campus["links"]!.AsArray().Add(new JsonArray("WAN2:ge-0/0/1", "Branch-Router2:GigabitEthernet0/0"));
    }, Comparison.DiffersButForWaysThroughTheUnknown);

    [Fact]
    public Task A_device_that_is_hidden_becomes_unknown() => AfterAsync("laptop-1", "branch-pc-1",
        campus => Device(campus, "CAMPUS-Core2")["hidden"] = true,
        Comparison.DiffersBeyondWhatUnknownStandsFor);

    [Fact]
    public Task A_metric_that_differs_ends_the_equal_cost() => AfterAsync("desk-1", "branch-pc-1", campus =>
        Interface(campus, "CAMPUS-Dist1", "TenGigabitEthernet3/1")["ospfCost"] = 500);

    [Fact]
    public async Task Without_flow_records_the_highest_next_hop_is_shown()
    {
        string edited = Edit(campus =>
        {
            foreach (JsonNode? device in campus["devices"]!.AsArray()) device!.AsObject().Remove("topTalkers");
        });
        var walker = new Walker(edited);
        CampusLab before = await CampusLab.CollectAsync(CampusFile.Json), after = await CampusLab.CollectAsync(edited);
        int changed = 0;
        foreach (var (from, to, _) in CampusProofTests.Conversations(walker))
        {
            Assert.Null(Comparison.Differs(walker, after, from, to));
            var trace = after.Trace(from, to);
            Assert.DoesNotContain(trace.Edges, edge => edge.NamedByFlowRecord || edge.Label == "NetFlow");
            if (TraceText.Shown(before.Trace(from, to), before.Network) != TraceText.Shown(trace, after.Network)) changed++;
        }
        Assert.True(changed > 0, "every conversation took the branch of the highest next hop anyway");
    }

    private static async Task AfterAsync(string from, string to, Action<JsonNode> edit,
        Func<Walker, CampusLab, Node, Node, string?>? compare = null)
    {
        compare ??= Comparison.Differs;
        string edited = Edit(edit);
        Walker before = new(CampusFile.Json), after = new(edited);
        Assert.NotEqual(Paths(before, from, to), Paths(after, from, to));
        CampusLab lab = await CampusLab.CollectAsync(edited);
        string[] wrong = [.. from one in after.Plan.Hosts
            from other in after.Plan.Hosts
            where one != other
            let difference = compare(after, lab, one, other)
            where difference is not null
            select difference];
        Assert.True(wrong.Length == 0, $"{wrong.Length} pairs differ:\n\n{string.Join("\n\n", wrong.Take(4))}");
    }

    private static string Paths(Walker walker, string from, string to) =>
        string.Join("\n\n", walker.All(walker.Plan.Nodes[from], walker.Plan.Nodes[to]).Select(PathText.Of).Order(StringComparer.Ordinal));

    private static string Edit(Action<JsonNode> edit)
    {
        JsonNode campus = JsonNode.Parse(CampusFile.Json,
            documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true })!;
        edit(campus);
        return campus.ToJsonString();
    }

    private static JsonNode Node(string json) => JsonNode.Parse(json)!;

    private static JsonNode Named(JsonNode campus, string list, string name) =>
        campus[list]!.AsArray().Single(entry => (string)entry!["name"]! == name)!;

    private static JsonNode Device(JsonNode campus, string name) => Named(campus, "devices", name);

    private static JsonArray Interfaces(JsonNode campus, string device) => Device(campus, device)["interfaces"]!.AsArray();

    private static JsonNode Interface(JsonNode campus, string device, string name) =>
        Interfaces(campus, device).Last(entry => (string)entry!["name"]! == name)!;

    // Plugs one end of a cable in somewhere else.
    private static void Cable(JsonNode campus, string end, string newFarEnd)
    {
        JsonNode cable = campus["links"]!.AsArray().Single(link => link!.AsArray().Any(one => (string)one! == end))!;
        cable[(string)cable[0]! == end ? 1 : 0] = newFarEnd;
    }
}
