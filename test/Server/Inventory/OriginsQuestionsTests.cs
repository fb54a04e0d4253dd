using System.Text.Json.Nodes;
using Towpath.Testing;

namespace Towpath.Server.Tests;

/// <summary>The smaller questions of the origin's API, as its clients ask them.</summary>
[Collection(CampusInventory.Name)]
public sealed class OriginsQuestionsTests(CampusServer server)
{
    private const string Catalyst = CampusServer.Catalyst;

    [SharedFact]
    public async Task A_switchs_vlans_have_their_interfaces_and_subnets()
    {
        string device = Text(await server.DeviceAsync("CAMPUS-Dist1"), "id");
        JsonArray vlans = (await server.GetBothAsync("/network-device/{id}/vlan", $"/network-device/{device}/vlan")).AsArray();

        JsonNode routed = Assert.Single(vlans, vlan => (string?)vlan!["interfaceName"] == "Vlan600")!;
        Assert.Equal(("10.1.15.1", 24, "10.1.15.0", 256, "24", 600),
            (Text(routed, "ipAddress"), routed["mask"]!.GetValue<int>(), Text(routed, "networkAddress"),
                routed["numberOfIPs"]!.GetValue<int>(), Text(routed, "prefix"), routed["vlanNumber"]!.GetValue<int>()));
        int[] numbers = [.. vlans.Select(vlan => vlan!["vlanNumber"]!.GetValue<int>())];
        Assert.Equal(numbers.Order(), numbers);
        Assert.All((await OkAsync($"{Catalyst}/network-device/{device}/vlan?interfaceType=SVI")).AsArray(),
            vlan => Assert.StartsWith("Vlan", Text(vlan!, "interfaceName"), StringComparison.Ordinal));
        ErrorTests.AssertIsError(await server.GetAsync($"{Catalyst}/network-device/{Guid.NewGuid()}/vlan"), 404);
    }

    [Fact]
    public async Task A_ports_neighbor_is_the_far_end_of_its_link_and_sees_it_as_its_own()
    {
        string near = Text(await server.DeviceAsync("CAMPUS-Dist1"), "id");
        string far = Text(await server.DeviceAsync("CAMPUS-Access1"), "id");
        JsonNode neighbor = await NeighborAsync(near, "GigabitEthernet5/5");
        Assert.Equal("CAMPUS-Access1", Text(neighbor, "neighborDevice"));
        JsonNode back = await NeighborAsync(far, Text(neighbor, "neighborPort"));
        Assert.Equal(("CAMPUS-Dist1", "GigabitEthernet5/5"), (Text(back, "neighborDevice"), Text(back, "neighborPort")));

        string port = await PortAsync(near, "GigabitEthernet5/5"), svi = await PortAsync(near, "Vlan600");
        ErrorTests.AssertIsError(await server.GetAsync($"{Catalyst}/network-device/{far}/interface/{port}/neighbor"), 404);
        ErrorTests.AssertIsError(await server.GetAsync($"{Catalyst}/network-device/{near}/interface/{svi}/neighbor"), 404);
    }

    [SharedFact]
    public async Task The_network_of_a_vlan_and_of_a_routing_protocol_is_a_graph_without_loose_ends()
    {
        JsonNode vlan = await server.GetBothAsync("/topology/l2/{vlanID}", "/topology/l2/Vlan600");
        JsonNode ospf = await server.GetBothAsync("/topology/l3/{topologyType}", "/topology/l3/OSPF");
        foreach (JsonNode graph in (JsonNode[])[vlan, ospf])
        {
            HashSet<string> nodes = [.. graph["nodes"]!.AsArray().Select(node => Text(node!, "id"))];
            Assert.NotEmpty(nodes);
            Assert.All(graph["links"]!.AsArray(), link => Assert.True(
                nodes.Contains(Text(link!, "source")) && nodes.Contains(Text(link!, "target")), link!.ToJsonString()));
        }
        Assert.Contains(vlan["nodes"]!.AsArray(), node => Text(node!, "label") == "CAMPUS-Dist1");
        Assert.DoesNotContain(ospf["nodes"]!.AsArray(), node => Text(node!, "nodeType") == "HOST");
        ErrorTests.AssertIsError(await server.GetAsync($"{Catalyst}/topology/l2/Vlan5000"), 400);
        ErrorTests.AssertIsError(await server.GetAsync($"{Catalyst}/topology/l3/weather"), 400);
        Assert.Empty((await OkAsync($"{Catalyst}/topology/l3/vrf/none"))["nodes"]!.AsArray());
    }

    [SharedFact]
    public async Task All_devices_are_in_the_one_site()
    {
        JsonNode site = Assert.Single((await server.GetBothAsync("/site", "/site?name=Global")).AsArray())!;
        Assert.Equal("1", (await server.GetBothAsync("/site/count", "/site/count")).GetValue<string>());
        JsonNode tree = await server.GetBothAsync("/topology/site-topology", "/topology/site-topology");
        Assert.Equal(Text(site, "id"), Text(Assert.Single(tree["sites"]!.AsArray())!, "id"));
        Answer members = await server.GetAsync($"{Catalyst}/membership/{site["id"]}");
        Assert.Equal((await OkAsync($"{Catalyst}/network-device/count")).GetValue<int>(),
            members.Json["device"]![0]!["response"]!.AsArray().Count);
        foreach (string wanted in (string[])["deviceFamily=unified%20ap", "serialNumber=FCW1826N6GZ"])
        {
            JsonNode member = Assert.Single((await server.GetAsync($"{Catalyst}/membership/{site["id"]}?{wanted}"))
                .Json["device"]![0]!["response"]!.AsArray())!;
            Assert.Equal("AP7081.059f.19ca", Text(member, "hostname"));
        }
        Assert.Empty((await OkAsync($"{Catalyst}/site?name=Elsewhere")).AsArray());
        ErrorTests.AssertIsError(await server.GetAsync($"{Catalyst}/membership/{Guid.NewGuid()}"), 404);
    }

    [Fact]
    public async Task A_task_is_an_execution_too()
    {
        JsonObject ended = await server.EndAsync(server.PostAsync($"{Catalyst}/snmp-property",
            new[] { new { systemPropertyName = "snmp-retry", intValue = 2 } })); // as it is
        Answer execution = await server.GetAsync($"{Catalyst}/dnacaap/management/execution-status/{ended["id"]}");
        Assert.Equal((200, "SUCCESS", Text(ended, "id")),
            (execution.Status, Text(execution.Json, "status"), Text(execution.Json, "bapiExecutionId")));
        Assert.Equal(ended["endTime"]!.GetValue<long>(), execution.Json["endTimeEpoch"]!.GetValue<long>());
        ErrorTests.AssertIsError(await server.GetAsync($"{Catalyst}/dnacaap/management/execution-status/nothing"), 404);
    }

    [Fact]
    public async Task Activities_are_the_tasks_that_are_no_part_of_another_with_their_parts()
    {
        string device = Text(await server.DeviceAsync("CAMPUS-Core2"), "id");
        JsonObject sync = await server.EndAsync(server.PutAsync($"{Catalyst}/network-device/sync", new[] { device }));
        JsonNode activity = await OkAsync($"{Catalyst}/activities/{sync["id"]}");
        Assert.Equal((Text(sync, "serviceType"), "SUCCESS", false),
            (Text(activity, "type"), Text(activity, "status"), activity["recurring"]!.GetValue<bool>()));
        string[] parts = [.. (await OkAsync($"{Catalyst}/activities/{sync["id"]}/tasks")).AsArray().Select(task => Text(task!, "id"))];
        Assert.Equal(2, parts.Length);

        JsonArray all = (await OkAsync($"{Catalyst}/activities?sortBy=startTime&order=desc&status=SUCCESS")).AsArray();
        string[] ids = [.. all.Select(one => Text(one!, "id"))];
        Assert.Contains(Text(sync, "id"), ids);
        Assert.DoesNotContain(parts.Single(part => part != Text(sync, "id")), ids);
        Assert.Empty((await OkAsync($"{Catalyst}/activities?recurring=true")).AsArray());
        Assert.Empty((await OkAsync($"{Catalyst}/activities/{sync["id"]}/triggeredJobs?order=asc&limit=1")).AsArray());
        Assert.Equal(0, (await OkAsync($"{Catalyst}/activities/{sync["id"]}/triggeredJobs/count"))["count"]!.GetValue<int>());
        ErrorTests.AssertIsError(await server.GetAsync($"{Catalyst}/activities/{Guid.NewGuid()}/triggeredJobs/count"), 404);
        Assert.Equal(0, (await OkAsync($"{Catalyst}/activities/count?recurring=true"))["count"]!.GetValue<int>());
        string child = parts.Single(part => part != Text(sync, "id"));
        ErrorTests.AssertIsError(await server.GetAsync($"{Catalyst}/activities/{child}"), 404);
    }

    [Fact]
    public async Task A_device_that_is_changed_is_read_with_the_new_credential_and_stays_the_same()
    {
        string id = Text(await server.DeviceAsync("CAMPUS-Core2"), "id");
        JsonObject changed = await server.EndAsync(server.PutAsync($"{Catalyst}/network-device",
            new { ipAddress = new[] { "10.1.10.1" }, snmpVersion = "v2", snmpROCommunity = "public", snmpRetry = 2, snmpTimeout = 5 }));
        Assert.Equal(id, Text(changed, "progress"));
        Answer unknown = await server.PutAsync($"{Catalyst}/network-device",
            new { ipAddress = new[] { "10.9.9.9" }, snmpVersion = "v2", snmpROCommunity = "public" });
        ErrorTests.AssertIsError(unknown, 400);
        Assert.Contains("No device is managed at 10.9.9.9", unknown.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interface_has_all_its_addresses()
    {
        string device = Text(await server.DeviceAsync("CAMPUS-Dist1"), "id");
        JsonNode svi = await OkAsync($"{Catalyst}/interface/network-device/{device}/interface-name?name=Vlan600");
        JsonNode address = Assert.Single(svi["addresses"]!.AsArray())!;
        Assert.Equal(("IPV4_PRIMARY", Text(svi, "ipv4Address"), Text(svi, "ipv4Mask")), (Text(address, "type"),
            Text(address["address"]!["ipAddress"]!, "address"), Text(address["address"]!["ipMask"]!, "address")));
    }

    [Fact]
    public async Task A_device_is_told_in_detail_by_each_of_its_names_and_has_no_health_that_nobody_measured()
    {
        JsonNode device = await server.DeviceAsync("CAMPUS-Dist1");
        foreach (string question in (string[])
            [$"identifier=uuid&searchBy={device["id"]}", "identifier=nwDeviceName&searchBy=campus-dist1",
                $"identifier=macAddress&searchBy={device["macAddress"]}&timestamp=1"])
        {
            JsonNode detail = await OkAsync($"{Catalyst}/device-detail?{question}");
            Assert.Equal((Text(device, "id"), Text(device, "managementIpAddress"), "REACHABLE"),
                (Text(detail, "nwDeviceId"), Text(detail, "managementIpAddr"), Text(detail, "communicationState")));
            Assert.Null(detail["overallHealth"]);
        }
        ErrorTests.AssertIsError(await server.GetAsync($"{Catalyst}/device-detail?identifier=nwDeviceName&searchBy=nobody"), 404);
        Answer refused = await server.GetAsync($"{Catalyst}/device-detail?identifier=colour");
        ErrorTests.AssertIsError(refused, 400);
        Assert.Contains("searchBy is required", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_is_told_in_detail_with_what_it_is_at()
    {
        JsonNode host = (await OkAsync($"{Catalyst}/host?hostIp=10.1.15.117"))[0]!;
        Answer answer = await server.GetAsync($"{Catalyst}/client-detail?macAddress={host["hostMac"]}");
        Assert.True(answer.Status == 200, answer.Text);
        JsonNode detail = answer.Json["detail"]!;
        Assert.Equal(("10.1.15.117", "WIRELESS", "CONNECTED", Text(host, "connectedNetworkDeviceId")),
            (Text(detail, "hostIpV4"), Text(detail, "hostType"), Text(detail, "connectionStatus"),
                Text(detail["connectedDevice"]![0]!, "id")));
        Assert.Equal(2, answer.Json["topology"]!["nodes"]!.AsArray().Count);
        ErrorTests.AssertIsError(await server.GetAsync($"{Catalyst}/client-detail?macAddress=00:00:5e:00:53:01"), 404);
        ErrorTests.AssertIsError(await server.GetAsync($"{Catalyst}/client-detail?macAddress=me"), 400);
    }

    [Fact]
    public async Task Which_devices_answer_is_told_one_by_one_and_together()
    {
        JsonArray all = (await OkAsync($"{Families.ApicEm}/reachability-info")).AsArray();
        Assert.Equal(CampusServer.Addresses.Order(), all.Select(item => Text(item!, "mgmtIp")).Order());
        Assert.Equal(all.Count, (await OkAsync($"{Families.ApicEm}/reachability-info/count")).GetValue<int>());
        JsonNode third = Assert.Single((await OkAsync($"{Families.ApicEm}/reachability-info/3/1")).AsArray())!;
        Assert.True(JsonNode.DeepEquals(all[2], third));
        Assert.True(JsonNode.DeepEquals(third, await OkAsync($"{Families.ApicEm}/reachability-info/{third["id"]}")));
        Assert.True(JsonNode.DeepEquals(third, await OkAsync($"{Families.ApicEm}/reachability-info/ip-address/{third["mgmtIp"]}")));
        Assert.Equal(("Reachable", "SNMP"), (Text(third, "reachabilityStatus"), Text(third, "protocolUsed")));
        Assert.DoesNotContain("public", third.ToJsonString(), StringComparison.Ordinal);
        ErrorTests.AssertIsError(await server.GetAsync($"{Families.ApicEm}/reachability-info/ip-address/10.9.9.9"), 404);
    }

    private async Task<JsonNode> NeighborAsync(string device, string port) =>
        await OkAsync($"{Catalyst}/network-device/{device}/interface/{await PortAsync(device, port)}/neighbor");

    private async Task<string> PortAsync(string device, string name) =>
        Text(await OkAsync($"{Catalyst}/interface/network-device/{device}/interface-name?name={name}"), "id");

    private async Task<JsonNode> OkAsync(string path)
    {
        Answer answer = await server.GetAsync(path);
        Assert.True(answer.Status == 200, answer.Text);
        return answer.Response;
    }

    private static string Text(JsonNode node, string field) => node[field]!.GetValue<string>();
}
