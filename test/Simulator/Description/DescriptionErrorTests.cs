using System.Text.Json.Nodes;
using Towpath.Testing;

namespace Towpath.Simulator.Tests;

/// <summary>What is wrong with a file is said all at once, each problem with its place and the offending value.</summary>
public sealed class DescriptionErrorTests
{
    private static readonly string s_campus = File.ReadAllText(Path.Combine(Repository.Root, "src", "Simulator", "Campus", "campus.json"));

    public static TheoryData<string, string, string> Mistakes { get; } = new()
    {
        // place, JSON put there (empty: removed), message
        { "devices[0].name", "", "devices[0].name: is missing; give text" },
        { "devices[0].name", "7", "devices[0].name: 7 is no text" },
        { "devices[0].name", "\"CAMPUS Access\"",
            "devices[0].name: 'CAMPUS Access' is no name; take 1 to 63 characters without blank and colon" },
        { "hosts[1].name", "\"laptop-1\"", "hosts[1].name: 'laptop-1' is already the name of hosts[0]" },
        { "devices[0].kind", "\"hub\"", "devices[0].kind: 'hub' is none of switch, l3switch, router, wlc" },
        { "devices[0].mac", "\"00:c8:8b\"", "devices[0].mac: '00:c8:8b' is no MAC address such as 00:1b:21:0a:0b:0c" },
        { "devices[0].adress", "\"10.1.12.1\"", "devices[0].adress: is no key here; known are " },
        { "devices[0].interfaces[10].addresses[0]", "\"10.1.300.1/24\"",
            "devices[0].interfaces[10].addresses[0]: '10.1.300.1/24' is no address with prefix length such as 10.1.12.1/24" },
        { "devices[0].interfaces[10].addresses[0]", "\"10.1.20.100/24\"",
            "hosts[2].address: 10.1.20.100 is already given at devices[0].interfaces[10].addresses" },
        { "devices[0].interfaces[5].access", "99",
            "devices[0].interfaces[5]: GigabitEthernet1/0/3 is in VLAN 99, which CAMPUS-Access1 does not have; add it to its vlans" },
        { "devices[0].interfaces[5].trunk", "[20]",
            "devices[0].interfaces[5].trunk: an interface has only one of access, trunk and svi, not access and trunk" },
        { "devices[0].interfaces[1].name", "\"GigabitEthernet1/0/[48-1]\"",
            "devices[0].interfaces[1].name: 'GigabitEthernet1/0/[48-1]' is no range of 1 to 10000 interfaces" },
        { "devices[0].managementAddress", "\"10.1.12.99\"", "devices[0].managementAddress: 10.1.12.99 is no address of CAMPUS-Access1" },
        { "devices[0].gateway", "\"10.1.99.1\"", "devices[0].gateway: 10.1.99.1 is no other address in a subnet of CAMPUS-Access1" },
        { "devices[0].stpPriority", "100", "devices[0].stpPriority: 100 is no multiple of 4096" },
        { "devices[0].ospf", "{\"routerId\": \"10.1.12.1\"}", "devices[0].ospf: only a router or l3switch speaks OSPF" },
        { "devices[1].ospf.passive[0]", "\"Vlan99\"", "devices[1].ospf.passive: CAMPUS-Dist1 has no interface 'Vlan99'" },
        { "devices[1].ospf.routerId", "\"10.255.1.6\"", "devices[2].ospf.routerId: 10.255.1.6 is already given at devices[1].ospf" },
        { "devices[1].routes", "[{\"to\": \"10.9.0.0/16\"}]", "devices[1].routes[0].via: give either next hops or \"null\": true" },
        { "devices[1].mibs.routes", "[\"rib\"]", "devices[1].mibs.routes: 'rib' is none of inetCidrRoute, ipCidrRoute, ipRoute" },
        { "devices[3].wlans[0].interface", "\"guests\"", "devices[3].wlans[0].interface: 'guests' is no svi interface of Campus-WLC-5508" },
        { "accessPoints[0].controller", "\"CAMPUS-Dist1\"", "accessPoints[0].controller: 'CAMPUS-Dist1' is no device of kind wlc" },
        { "hosts[0].wlan", "9", "hosts[0].wlan: Campus-WLC-5508 has no WLAN 9" },
        { "hosts[2].gateway", "\"10.1.21.1\"", "hosts[2].gateway: 10.1.21.1 is no other address in 10.1.20.0/24" },
        { "links[1][0]", "\"desk-9:eth0\"", "links[1]: desk-9:eth0: there is nothing named 'desk-9'" },
        { "links[1][1]", "\"CAMPUS-Access1:GigabitEthernet1/0/26\"",
            "links[1]: CAMPUS-Access1:GigabitEthernet1/0/26 is already cabled by links[0]" },
        { "links[1][1]", "\"CAMPUS-Access1:Vlan12\"", "links[1]: CAMPUS-Access1:Vlan12: a virtual interface takes no cable" },
        { "links[1]", "\"desk-1\"", "links[1]: \"desk-1\" is no cable; write [\"DEVICE:INTERFACE\", \"DEVICE:INTERFACE\"]" },
        { "flows[0].to", "\"laptop-1\"", "flows[0].to: 'laptop-1' would talk to itself" },
        { "flows[0].sourcePort", "70000", "flows[0].sourcePort: 70000 is no whole number 0..65535" },
        { "managementStation", "\"laptop-1\"", "managementStation: there is no wired host 'laptop-1'" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_named_with_its_place(string place, string json, string message)
    {
        JsonNode file = JsonNode.Parse(s_campus)!;
        Put(file, place, json.Length == 0 ? null : JsonNode.Parse(json));
        NetworkDescriptionException refused =
            Assert.Throws<NetworkDescriptionException>(() => NetworkDescription.Parse(file.ToJsonString()));
        Assert.Contains(refused.Problems, problem => problem.StartsWith(message, StringComparison.Ordinal));
    }

    [Fact]
    public void All_mistakes_are_named_at_once()
    {
        NetworkDescriptionException refused = Assert.Throws<NetworkDescriptionException>(() => NetworkDescription.Parse(
            """{ "name": 1, "devices": [ { "kind": "router", "mac": "x", "managementAddress": "10.0.0.1", "interfaces": [ {} ] } ], "hosts": {}, "flow": [] }"""));
        Assert.Equal(
            [
                "name: 1 is no text",
                "devices[0].mac: 'x' is no MAC address such as 00:1b:21:0a:0b:0c",
                "devices[0].name: is missing; give text",
                "devices[0].interfaces[0].name: is missing; give text",
                "hosts: {} is no list",
                "flow: is no key here; known are accessPoints, devices, flows, hosts, links, managementStation, name, note",
            ],
            refused.Problems.AsEnumerable());
        Assert.StartsWith("The network description has 6 problems:\nname: 1 is no text\n", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("")]
    [InlineData("""{"name": "a", "name": "b"}""")]
    public void What_is_no_JSON_object_is_refused(string json) =>
        Assert.Single(Assert.Throws<NetworkDescriptionException>(() => NetworkDescription.Parse(json)).Problems);

    [Fact]
    public void Ranges_are_expanded_in_order_and_later_entries_change_an_interface_in_its_place()
    {
        NetworkDescription network = NetworkDescription.Parse(
            """
            { "name": "one", // comments are welcome
              "devices": [ { "name": "sw", "kind": "switch", "mac": "00:1b:21:00:00:00", "managementAddress": "192.0.2.1", "vlans": [ { "id": 5 } ],
                "interfaces": [
                  { "name": "Vlan5", "ifIndex": 5, "svi": 5, "addresses": ["192.0.2.1/24"] },
                  { "name": "GigabitEthernet1/0/[1-3]", "ifIndex": 10101, "access": 1 },
                  { "name": "GigabitEthernet1/0/2", "trunk": [5, 1], "native": 5, "description": "up" },
                  { "name": "TenGigabitEthernet1/1/1" },
                ] } ] }
            """);
        InterfaceDescription[] interfaces = [.. network.Devices[0].Interfaces];
        Assert.Equal(["Vl5 5 0", "Gi1/0/1 10101 1", "Gi1/0/2 10102 2", "Gi1/0/3 10103 3", "Te1/1/1 10104 4"],
            interfaces.Select(i => $"{i.ShortName} {i.Index} {i.PhysicalNumber}"));
        Assert.Equal([1, 5], interfaces[2].Trunk.AsEnumerable());
        Assert.Equal(0, interfaces[2].Access);
        Assert.Equal(5, interfaces[2].Untagged);
        Assert.Equal("00:1b:21:00:00:02", interfaces[2].Mac.ToString());
        Assert.Equal(10_000, interfaces[4].SpeedMbps);
        Assert.Equal("VLAN0005", network.Devices[0].Vlans[1].Name);
    }

    /// <summary>Puts a value at a place such as <c>devices[0].interfaces[5].access</c>; null removes what is there.</summary>
    private static void Put(JsonNode file, string place, JsonNode? value)
    {
        string[] steps = place.Replace("[", ".[", StringComparison.Ordinal).Split('.');
        JsonNode at = file;
        foreach (string step in steps[..^1]) at = step[0] == '[' ? at[int.Parse(step[1..^1], null)]! : at[step]!;
        if (steps[^1][0] == '[') at[int.Parse(steps[^1][1..^1], null)] = value;
        else if (value is null) at.AsObject().Remove(steps[^1]);
        else at[steps[^1]] = value;
    }
}
