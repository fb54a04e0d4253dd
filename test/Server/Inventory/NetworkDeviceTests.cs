using System.Text;
using System.Text.Json.Nodes;
using Towpath.Testing;

namespace Towpath.Server.Tests;

[Collection(CampusInventory.Name)]
public sealed class NetworkDeviceTests(CampusServer server)
{
    private const string Catalyst = CampusServer.Catalyst;

    [SharedFact]
    public async Task The_campus_has_the_names_families_and_roles_of_the_captures()
    {
        JsonNode devices = await server.GetBothAsync("/network-device", "/network-device");

        var text = new StringBuilder();
        foreach (JsonNode? device in devices.AsArray())
            text.AppendJoin(" | ",
                Of(device!, "hostname", "managementIpAddress", "family", "series", "type", "role", "roleSource", "platformId",
                "softwareType", "softwareVersion", "serialNumber", "macAddress", "collectionStatus", "associatedWlcIp")).Append('\n');
        Golden.Match("inventory/campus-devices.txt", text.ToString());

        JsonNode captured = JsonNode.Parse(File.ReadAllText(Shared.File("samples", "flow-analysis",
            "03-apicem-2017-09-wireless-to-branch-unknown.json")))!;
        JsonNode[] managed =
            [.. captured["response"]!["networkElementsInfo"]!.AsArray()
            .Where(element => element!["role"] is { } role && role.GetValue<string>() != "UNKNOWN").Select(element => element!)];
        Assert.Equal(9, managed.Length); // one of them twice
        foreach (JsonNode element in managed)
        {
            JsonNode found = Assert.Single(devices.AsArray(), device => Text(device!, "hostname") == Text(element, "name"))!;
            Assert.Equal((Text(element, "ip"), Text(element, "type"), Text(element, "role")),
                (Text(found, "managementIpAddress"), Text(found, "family"), Text(found, "role")));
        }
    }

    [SharedFact]
    public async Task Pages_hold_every_device_once_in_the_order_of_the_list()
    {
        string[] all = Names(await server.GetBothAsync("/network-device", "/network-device"));
        string[] paged = [
            .. Names(await server.GetBothAsync("/network-device", "/network-device?offset=1&limit=4")),
            .. Names(await server.GetBothAsync("/network-device", "/network-device?offset=5&limit=4")),
            .. Names(await server.GetBothAsync("/network-device/{startIndex}/{recordsToReturn}", "/network-device/9/500"))];

        Assert.Equal(11, all.Length);
        Assert.Equal(all, all.Order(StringComparer.OrdinalIgnoreCase));
        Assert.Equal(all, paged);
        Assert.Equal(11, (await server.GetBothAsync("/network-device/count", "/network-device/count")).GetValue<int>());
        Assert.Empty(Names(await server.GetBothAsync("/network-device", "/network-device?offset=12")));
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=501")]
    [InlineData("limit=ten")]
    [InlineData("offset=0")]
    [InlineData("offset=9223372036854775808")]
    [InlineData("notSyncedForMinutes=soon")]
    public async Task A_page_that_cannot_be_served_is_refused_not_cut(string query)
    {
        Answer refused = await server.GetAsync($"{Catalyst}/network-device?{query}");

        Assert.Equal(400, refused.Status);
        Assert.Equal("BAD_REQUEST", refused.Response["errorCode"]!.GetValue<string>());
    }

    [SharedTheory]
    [InlineData("hostname=CAMPUS-Core2", "CAMPUS-Core2")]
    [InlineData("hostname=campus-core.*", "CAMPUS-Core1,CAMPUS-Core2")]
    [InlineData("hostname=.*Core2&hostname=Branch.*", "Branch-Access1,Branch-Router2,CAMPUS-Core2")]
    [InlineData("hostname=CAMPUS.*&family=Routers", "CAMPUS-Router1,CAMPUS-Router2")]
    [InlineData("role=BORDER%20ROUTER&hostname=.*Router2", "Branch-Router2,CAMPUS-Router2")]
    [InlineData("associatedWlcIp=10.1.14.2", "AP7081.059f.19ca")]
    [InlineData("managementIpAddress=10.2..*", "Branch-Access1,Branch-Router2")]
    [InlineData("softwareVersion=15.1(2)SY4a", "CAMPUS-Core1,CAMPUS-Core2")]
    [InlineData("reachabilityStatus=Unreachable", "")]
    [InlineData("notSyncedForMinutes=100", "")]
    [InlineData("license.name=.*", "")]
    [InlineData("type=Cisco%20Catalyst%203850%20Switch", "CAMPUS-Access1")]
    [InlineData("series=Cisco%20Catalyst%206500%20Series%20Switches", "CAMPUS-Core1,CAMPUS-Core2")]
    [InlineData("type=Arista.*&type=.*Access%20Point", "AP7081.059f.19ca,CAMPUS-Dist2")]
    public async Task Values_of_one_key_are_alternatives_and_several_keys_must_all_match(string query, string expected)
    {
        string[] names = [.. expected.Split(',', StringSplitOptions.RemoveEmptyEntries)];

        Assert.Equal(names, Names(await server.GetBothAsync("/network-device", $"/network-device?{query}")));
        Assert.Equal(names.Length, (await server.GetBothAsync("/network-device/count", $"/network-device/count?{query}")).GetValue<int>());
    }

    [Theory]
    // 10.1.4.2 comes before 10.1.10.1.
    [InlineData("sortBy=managementIpAddress&hostname=.*Core2&hostname=.*-Router2", "CAMPUS-Router2,CAMPUS-Core2,Branch-Router2")]
    [InlineData("sortBy=ManagementIpAddress&family=Routers&order=dsc", "CAMPUS-Router1,Branch-Router2,CAMPUS-Router2")]
    [InlineData("order=desc&hostname=.*Router.*", "CAMPUS-Router2,CAMPUS-Router1,Branch-Router2")]
    [InlineData("sortBy=role&hostname=CAMPUS-.*2&hostname=CAMPUS-Access1&hostname=CAMPUS-Core1",
        "CAMPUS-Access1,CAMPUS-Router2,CAMPUS-Core1,CAMPUS-Core2,CAMPUS-Dist2")]
    [InlineData("sortBy=series&hostname=CAMPUS-Core.*", "CAMPUS-Core1,CAMPUS-Core2")]
    [InlineData("sortBy=managementIpAddress&family=Routers&offset=3&limit=1", "CAMPUS-Router1")]
    public async Task Devices_are_sorted_by_what_they_show_addresses_by_value(string query, string expected) =>
        Assert.Equal(expected, string.Join(',', Names((await server.GetAsync($"{Catalyst}/network-device?{query}")).Response)));

    [Fact]
    public async Task Times_and_counts_are_sorted_by_value_not_as_texts()
    {
        int[] counts = await NumbersAsync("interfaceCount");
        Assert.Equal(counts.Order(), counts);
        Assert.NotEqual(counts.Select(count => $"{count}").Order(StringComparer.Ordinal), counts.Select(count => $"{count}"));
        foreach (string key in (string[])["id", "upTime", "bootDateTime", "lastUpdated", "lastUpdateTime", "memorySize", "roleSource"])
        {
            string[] up = Names((await server.GetAsync($"{Catalyst}/network-device?sortBy={key}")).Response);
            Assert.Equal(11, up.Distinct().Count());
        }

        async Task<int[]> NumbersAsync(string key)
        {
            JsonArray devices = (await server.GetAsync($"{Catalyst}/network-device?sortBy={key}")).Response.AsArray();
            return [.. devices.Select(device => int.Parse(Text(device!, key), System.Globalization.CultureInfo.InvariantCulture))];
        }
    }

    [Fact]
    public async Task Ids_ignore_other_filters_and_an_unknown_one_keeps_its_place()
    {
        string core = Text(await server.DeviceAsync("CAMPUS-Core2"), "id");
        string branch = Text(await server.DeviceAsync("Branch-Access1"), "id");

        JsonArray found = (await server.GetAsync(
            $"{Catalyst}/network-device?id={core},{Guid.NewGuid()},{branch.ToUpperInvariant()}&family=Routers")).Response.AsArray();

        Assert.Equal(3, found.Count);
        Assert.Equal("CAMPUS-Core2", Text(found[0]!, "hostname"));
        Assert.Null(found[1]);
        Assert.Equal("Branch-Access1", Text(found[2]!, "hostname"));
    }

    [SharedFact]
    public async Task A_device_is_found_by_id_address_and_serial_number()
    {
        JsonNode core = await server.DeviceAsync("CAMPUS-Core2");

        Assert.True(JsonNode.DeepEquals(core, await server.GetBothAsync("/network-device/{id}", $"/network-device/{Text(core, "id")}")));
        Assert.True(JsonNode.DeepEquals(core,
            await server.GetBothAsync("/network-device/ip-address/{ipAddress}", "/network-device/ip-address/10.1.10.1")));
        Assert.True(JsonNode.DeepEquals(core,
            await server.GetBothAsync("/network-device/serial-number/{serialNumber}", "/network-device/serial-number/FOX1506H3XA")));
        Assert.Equal("CORE",
            Text(await server.GetBothAsync("/network-device/{id}/brief", $"/network-device/{Text(core, "id")}/brief"), "role"));
    }

    [SharedFact]
    public async Task A_device_says_of_each_table_how_it_was_read_and_what_mends_what_is_missing()
    {
        JsonNode device = await server.DeviceAsync("CAMPUS-Core2");
        string core = Text(device, "id");
        JsonNode[] tables = [.. (await server.GetAsync($"{Catalyst}/network-device/{core}/coverage")).Response.AsArray()
            .Select(table => table!)];

        JsonNode interfaces = Assert.Single(tables, table => Text(table, "table") == "ifTable");
        Assert.Equal("ANSWERED", Text(interfaces, "outcome"));
        Assert.Equal(Text(device, "interfaceCount"), $"{interfaces["rows"]}");
        Assert.Null(interfaces["cost"]);
        Assert.All(tables, table => Assert.Equal(table["cost"] is null, table["remedy"] is null));

        JsonNode groups = Assert.Single(tables, table => Text(table, "table") == "cHsrpGrpTable");
        Assert.Equal("NOT_SERVED", Text(groups, "outcome"));
        Assert.Contains("which forwards", Text(groups, "cost"), StringComparison.Ordinal);
        Assert.NotNull(groups["remedy"]);
        // Another generation of the route table answered, so the ones that did not cost nothing.
        Assert.All(tables.Where(table => Text(table, "table").EndsWith("RouteTable", StringComparison.Ordinal)),
            table => Assert.Null(table["cost"]));
    }

    [Fact]
    public async Task A_switch_that_shows_its_forwarding_databases_one_by_one_misses_none()
    {
        string id = Text(await server.DeviceAsync("CAMPUS-Dist1"), "id");
        JsonNode[] databases = [.. (await server.GetAsync($"{Catalyst}/network-device/{id}/coverage")).Response.AsArray()
            .Select(table => table!).Where(table => Text(table, "table") == "dot1dTpFdbTable")];

        Assert.Contains(databases, table => Text(table, "outcome") == "NOT_SERVED");
        Assert.Contains(databases, table => Text(table, "outcome") == "ANSWERED");
        Assert.All(databases, table => Assert.Null(table["cost"]));
    }

    [Theory]
    [InlineData("GET", "/network-device/00000000-0000-4000-8000-000000000000/coverage")]
    [InlineData("GET", "/network-device/00000000-0000-4000-8000-000000000000")]
    [InlineData("GET", "/network-device/not-an-id")]
    [InlineData("GET", "/network-device/ip-address/192.0.2.1")]
    [InlineData("GET", "/network-device/serial-number/NOBODYS")]
    [InlineData("GET", "/network-device/00000000-0000-4000-8000-000000000000/brief")]
    [InlineData("DELETE", "/network-device/00000000-0000-4000-8000-000000000000")]
    public async Task An_unknown_device_is_404_at_once(string method, string path)
    {
        Answer answer = await Answer.OfAsync(await server.Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), Catalyst + path)));

        Assert.Equal(404, answer.Status);
        Assert.Equal("NOT_FOUND", answer.Response["errorCode"]!.GetValue<string>());
    }

    [Fact]
    public async Task An_operator_overrides_a_role_and_gives_it_back()
    {
        string id = Text(await server.DeviceAsync("AP7081.059f.19ca"), "id");

        JsonObject task = await server.EndAsync(server.PutAsync($"{Catalyst}/network-device/brief",
            new { id, role = "core", roleSource = "MANUAL" }));
        JsonNode manual = await server.DeviceAsync("AP7081.059f.19ca");
        await server.EndAsync(server.PutAsync($"{Catalyst}/network-device/brief", new { id, role = "", roleSource = "AUTO" }));
        JsonNode auto = await server.DeviceAsync("AP7081.059f.19ca");

        Assert.Equal(("Inventory service", id), (Text(task, "serviceType"), Text(task, "progress")));
        Assert.Equal(("CORE", "MANUAL"), (Text(manual, "role"), Text(manual, "roleSource")));
        Assert.Equal(("ACCESS", "AUTO"), (Text(auto, "role"), Text(auto, "roleSource")));
        Assert.Equal(400, (await server.PutAsync($"{Catalyst}/network-device/brief", new { id, role = "EDGE" })).Status);
        Assert.Equal(404, (await server.PutAsync($"{Catalyst}/network-device/brief", new { id = Guid.NewGuid(), role = "CORE" })).Status);
    }

    [Fact]
    public async Task A_sync_has_one_child_for_each_device()
    {
        string[] ids = [Text(await server.DeviceAsync("CAMPUS-Core2"), "id"), Text(await server.DeviceAsync("Branch-Router2"), "id")];

        JsonObject root = await server.EndAsync(server.PutAsync($"{Catalyst}/network-device/sync?forceSync=true", ids));
        JsonArray tree = (await server.GetAsync($"{Catalyst}/task/{Text(root, "id")}/tree")).Response.AsArray();

        Assert.False(root["isError"]!.GetValue<bool>(), root.ToJsonString());
        Assert.Equal(ids.Order(), tree.Skip(1).Select(child => Text(child!, "progress")).Order());
        Assert.All(tree.Skip(1), child => Assert.Equal(Text(root, "id"), Text(child!, "parentId")));
        Assert.Equal(404, (await server.PutAsync($"{Catalyst}/network-device/sync", new[] { Guid.NewGuid() })).Status);
    }

    [Fact]
    public async Task A_silent_address_fails_its_task_and_says_what_to_try()
    {
        JsonObject task = await server.EndAsync(server.PostAsync($"{Catalyst}/network-device",
            new { ipAddress = new[] { "10.99.99.99" }, snmpVersion = "v2", snmpROCommunity = "s3cret", snmpRetry = 0, snmpTimeout = 1 }));

        Assert.True(task["isError"]!.GetValue<bool>());
        Assert.Equal(("Failed to add devices", "DEVICE_NOT_ADDED"), (Text(task, "progress"), Text(task, "errorCode")));
        Assert.Contains("10.99.99.99", Text(task, "failureReason"), StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", task.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deleted_device_is_gone_when_its_task_ends_and_can_be_added_again()
    {
        string id = Text(await server.DeviceAsync("CAMPUS-Router1"), "id");

        JsonObject deleted = await server.EndAsync(server.DeleteAsync($"{Catalyst}/network-device/{id}"));
        Assert.False(deleted["isError"]!.GetValue<bool>(), deleted.ToJsonString());
        Assert.Equal(404, (await server.GetAsync($"{Catalyst}/network-device/{id}")).Status);

        JsonObject added = await server.AddAsync("10.255.1.3");
        Assert.Equal(Text(await server.DeviceAsync("CAMPUS-Router1"), "id"), Text(added, "progress"));
    }

    [Fact]
    public async Task An_access_point_cannot_be_deleted_without_its_controller()
    {
        JsonObject task = await server.EndAsync(
            server.DeleteAsync($"{Catalyst}/network-device/{Text(await server.DeviceAsync("AP7081.059f.19ca"), "id")}"));

        Assert.True(task["isError"]!.GetValue<bool>());
        Assert.Contains("Campus-WLC-5508", Text(task, "failureReason"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"snmpVersion":"v2","snmpROCommunity":"public"}""", "ipAddress")]
    [InlineData("""{"ipAddress":["10.1.10.300"],"snmpROCommunity":"public"}""", "10.1.10.300")]
    [InlineData("""{"ipAddress":["224.0.0.1"],"snmpROCommunity":"public"}""", "224.0.0.1")]
    [InlineData("""{"ipAddress":["10.1.10.1"],"snmpVersion":"v2"}""", "snmpROCommunity")]
    [InlineData("""{"ipAddress":["10.1.10.1"],"snmpVersion":"v4"}""", "v4")]
    [InlineData("""{"ipAddress":["10.1.10.1"],"snmpVersion":"v3","snmpUserName":"u","snmpMode":"AUTHPRIV","snmpAuthProtocol":"ROT13","snmpAuthPassphrase":"12345678","snmpPrivProtocol":"DES","snmpPrivPassphrase":"12345678"}""", "ROT13")]
    [InlineData("""{"ipAddress":["10.1.10.1"],"snmpROCommunity":"public","snmpRetry":99}""", "snmpRetry")]
    [InlineData("""{"ipAddress":["10.1.10.1"],"snmpROCommunity":"public","snmpPort":65536}""", "snmpPort")]
    [InlineData("""{"ipAddress":["10.1.10.1"],"snmpROCommunity":"public","type":"MERAKI_DASHBOARD"}""", "MERAKI_DASHBOARD")]
    public async Task A_malformed_device_is_refused_with_the_offending_value(string body, string named)
    {
        Answer refused = await server.PostTextAsync($"{Catalyst}/network-device", body);

        Assert.Equal(400, refused.Status);
        Assert.Contains(named, Text(refused.Response, "message"), StringComparison.Ordinal);
    }

    private static string[] Names(JsonNode devices) => [.. devices.AsArray().Select(device => Text(device!, "hostname"))];

    private static string Text(JsonNode node, string name) => node[name]?.ToString() ?? "";

    private static IEnumerable<string> Of(JsonNode node, params string[] names) =>
        names.Select(name => Text(node, name)).Select(text => text.Length == 0 ? "-" : text);
}
