using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Towpath.Testing;

namespace Towpath.Commands.Tests;

/// <summary>Recorded networks against their reference: the eight of the shared material, and two routers by hand.</summary>
public sealed class VerifyTests : IDisposable
{
    private readonly Tool _tool = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("towpath-walks-");

    public void Dispose()
    {
        _tool.Dispose();
        _folder.Delete(recursive: true);
    }

    [Trait("Needs", "patience")]
    [SharedFact]
    public async Task The_eight_recorded_networks_agree_with_their_references()
    {
        Ended ended = await _tool.RunAsync("verify", Shared.File("samples", "snmp-networks"));

        Assert.True(ended.Code == 0, ended.Output + ended.Error);
        Assert.Equal("340 of 340 flows, 13 of 13 links and 178 of 178 hidden devices agree in 8 networks.", ended.Lines[^1]);
        Assert.Matches("nms003 +3 +78 +2 +-", ended.Output); // three switches that show their forwarding databases only
    }

    [Fact]
    public async Task A_reference_that_is_right_agrees_and_ends_with_0()
    {
        WriteThreeRouters();
        WriteReference("203.0.113.0/24", "198.51.100.2");

        Ended ended = await _tool.RunAsync("verify", _folder.FullName);

        Assert.True(ended.Code == 0, ended.Output + ended.Error);
        Assert.Equal("1 of 1 flows, 0 of 0 links and 1 of 1 hidden devices agree in 1 networks.", ended.Lines[^1]);
    }

    [Theory]
    [InlineData("203.0.113.0/25", "198.51.100.2", "r1 forwards by 203.0.113.0/24, not 203.0.113.0/25")]
    [InlineData("203.0.113.0/24", "198.51.100.3", "r1 has the next hops 198.51.100.2 (r2), not 198.51.100.3 (r2)")]
    public async Task A_disagreement_is_said_and_ends_with_1(string prefix, string nextHop, string reason)
    {
        WriteThreeRouters();
        WriteReference(prefix, nextHop);

        Ended ended = await _tool.RunAsync("verify", _folder.FullName);

        Assert.Equal(1, ended.Code);
        Assert.Contains(ended.Lines, line => line.EndsWith($" DELIVERED r1 -> 203.0.113.1: {reason}", StringComparison.Ordinal));
        Assert.StartsWith("0 of 1 flows, ", ended.Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_trace_that_goes_on_where_a_device_is_hidden_is_a_disagreement()
    {
        WriteThreeRouters();
        WriteReference("203.0.113.0/24", "198.51.100.2");
        WriteRouter("r2b", [("198.51.100.2", 1)], []); // claims the next hop when r2 is gone

        Ended ended = await _tool.RunAsync("verify", _folder.FullName);

        Assert.Equal(1, ended.Code);
        Assert.Contains(ended.Lines,
            line => line.EndsWith(" HIDDEN_DEVICE r1 -> 203.0.113.1 without r2: r2b in place of UNKNOWN", StringComparison.Ordinal));
        Assert.Equal("1 of 1 flows, 0 of 0 links and 0 of 1 hidden devices agree in 1 networks.", ended.Lines[^1]);
    }

    [Theory]
    [InlineData("r1", "r1.example.net", "r1")]
    [InlineData("R1.example.net", "r1", "r1.EXAMPLE.net")]
    public async Task A_name_agrees_with_and_without_its_domain(string source, string first, string sysName)
    {
        WriteThreeRouters(sysName);
        WriteReference("203.0.113.0/24", "198.51.100.2", source, first);

        Ended ended = await _tool.RunAsync("verify", _folder.FullName);

        Assert.True(ended.Code == 0, ended.Output + ended.Error);
        Assert.StartsWith("1 of 1 flows, 0 of 0 links and 1 of 1 hidden devices agree", ended.Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_with_different_domains_are_of_different_devices()
    {
        WriteThreeRouters("r1.example.net");
        WriteReference("203.0.113.0/24", "198.51.100.2", "r1.example.org");

        Ended ended = await _tool.RunAsync("verify", _folder.FullName);

        Assert.Equal(1, ended.Code);
        Assert.Contains("0 devices are called r1.example.org", ended.Output, StringComparison.Ordinal);
    }

    /// <summary>r1 sends by r2 and by r4 to r3. The reference lists r2 first and goes by r4.</summary>
    [Fact]
    public async Task A_reference_may_go_by_any_of_the_choices_that_it_lists()
    {
        WriteRouter("r1", [("198.51.100.1", 1), ("198.18.0.1", 2)], [], Cidr("203.0.113.0", "198.51.100.2", 1)
            + Cidr("203.0.113.0", "198.18.0.4", 2));
        WriteRouter("r2", [("198.51.100.2", 1), ("192.0.2.1", 2)], [("203.0.113.0", "192.0.2.2", 2)]);
        WriteRouter("r4", [("198.18.0.4", 1), ("198.18.1.4", 2)], [("203.0.113.0", "198.18.1.3", 2)]);
        WriteRouter("r3", [("192.0.2.2", 1), ("203.0.113.1", 2), ("198.18.1.3", 3)], [("198.51.100.0", "192.0.2.1", 1)]);
        Write("reference-l3-paths.json.gz", """
            [{"sourceDevice": "r1", "destIP": "203.0.113.1", "outcome": "DELIVERED", "devices": ["r1", "r4", "r3"], "hops": [
              {"device": "r1", "prefix": "203.0.113.0/24", "choices": [
                {"nextHop": "198.51.100.2", "egressIfIndex": 1, "nextDevice": "r2"},
                {"nextHop": "198.18.0.4", "egressIfIndex": 2, "nextDevice": "r4"}]},
              {"device": "r4", "prefix": "203.0.113.0/24", "choices": [{"nextHop": "198.18.1.3", "egressIfIndex": 0, "nextDevice": "r3"}]},
              {"device": "r3"}]}]
            """);

        Ended ended = await _tool.RunAsync("verify", _folder.FullName);

        Assert.Contains("1 of 1 flows", ended.Lines[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, 0, "1 of 1 flows, 1 of 1 links and 1 of 1 hidden devices")]
    [InlineData(false, 1, "0 of 1 flows, 0 of 1 links")]
    public async Task An_unmanaged_device_is_no_miss_where_both_sides_announce_it(bool isAnnouncedByBoth, int code, string summary)
    {
        WriteThreeRouters(more: name => name == "r1" || name == "r2" && isAnnouncedByBoth ? Announcement("SW") : "");
        WriteReference("203.0.113.0/24", "198.51.100.2");
        File.WriteAllText(Path.Combine(_folder.FullName, "expected-links.json"), """{"lldpLinks":[["r1","eth1","r2","eth1"]]}""");

        Ended ended = await _tool.RunAsync("verify", _folder.FullName);

        Assert.True(ended.Lines[^1].StartsWith(summary, StringComparison.Ordinal), ended.Output);
        Assert.Equal(code, ended.Code);
    }

    [Theory]
    [InlineData("r2", """["r1"]""", """[{"device":"r1"}]""", "an IPv4 address as destIP")]
    [InlineData("192.0.2.1", """["r1","r2"]""", """[{"device":"r1"}]""", "a hop for each")]
    [InlineData("192.0.2.1", """["r1","r2"]""", """[{"device":"r1"},{"device":"r2"}]""", "choices in every hop but the last")]
    [InlineData("192.0.2.1", """["r1"]""", """[{"device":"r1","choices":[{"nextHop":"r2"}]}]""", "an IPv4 address as nextHop")]
    public async Task A_flow_that_cannot_be_compared_is_refused_with_what_it_needs(
        string destination, string devices, string hops, string needed)
    {
        WriteThreeRouters();
        Write("reference-l3-paths.json.gz",
            $$"""[{"sourceDevice":"r1","destIP":"{{destination}}","outcome":"LOOP","devices":{{devices}},"hops":{{hops}}}]""");

        Ended ended = await _tool.RunAsync("verify", _folder.FullName);

        Assert.Equal(2, ended.Code);
        Assert.Contains($"needs {needed}", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_that_nobody_announces_is_a_disagreement()
    {
        WriteThreeRouters();
        File.WriteAllText(Path.Combine(_folder.FullName, "expected-links.json"),
            """{"lldpLinks":[["r1","eth1","r2","eth1"]],"cdpLinks":[["r1","eth1","r9","eth1"]]}""");

        Ended ended = await _tool.RunAsync("verify", _folder.FullName, "--json");

        Assert.Equal(1, ended.Code);
        JsonArray disagreements = JsonNode.Parse(ended.Output)!["networks"]![0]!["disagreements"]!.AsArray();
        Assert.Equal(["the devices have no such ports", "not found"], disagreements.Select(one => (string?)one!["reason"]));
    }

    [Fact]
    public async Task A_folder_without_a_reference_counts_devices_and_no_flow()
    {
        WriteThreeRouters();

        Ended ended = await _tool.RunAsync("verify", _folder.FullName);

        Assert.True(ended.Code == 0, ended.Output + ended.Error);
        Assert.Matches($"{_folder.Name} +3 +[1-9][0-9]* +0 +-", ended.Output);
        Assert.Equal("0 of 0 flows, 0 of 0 links and 0 of 0 hidden devices agree in 1 networks.", ended.Lines[^1]);
    }

    [Fact]
    public async Task A_folder_that_holds_no_walk_is_refused() =>
        (await _tool.RunAsync("verify", _folder.FullName)).IsRefused(2, "holds a recorded walk");

    [Fact]
    public async Task A_reference_that_is_no_list_of_flows_is_refused_in_one_line()
    {
        WriteThreeRouters();
        Write("reference-l3-paths.json.gz", """[{"sourceDevice": "r1"}]""");

        Ended ended = await _tool.RunAsync("verify", _folder.FullName);

        Assert.Equal(2, ended.Code);
        Assert.Contains("is no list of reference flows", ended.Error, StringComparison.Ordinal);
    }

    /// <summary>r1 - 198.51.100.0/24 - r2 - 192.0.2.0/24 - r3; r3's other subnet is 203.0.113.0/24.</summary>
    /// <param name="first">The sysName of r1.</param>
    /// <param name="more">Further rows of a router's walk, by its name.</param>
    private void WriteThreeRouters(string first = "r1", Func<string, string>? more = null)
    {
        more ??= _ => "";
        WriteRouter(first, [("198.51.100.1", 1)], [("192.0.2.0", "198.51.100.2", 1), ("203.0.113.0", "198.51.100.2", 1)], more("r1"));
        WriteRouter("r2", [("198.51.100.2", 1), ("192.0.2.1", 2)], [("203.0.113.0", "192.0.2.2", 2)], more("r2"));
        WriteRouter("r3", [("192.0.2.2", 1), ("203.0.113.1", 2)], [("198.51.100.0", "192.0.2.1", 1)], more("r3"));
    }

    /// <summary>A row of ipCidrRouteTable (RFC 4292), whose /24 may have several next hops.</summary>
    private static string Cidr(string prefix, string nextHop, int index)
    {
        string key = $"{prefix}.255.255.255.0.0.{nextHop}";
        return $".1.3.6.1.2.1.4.24.4.1.5.{key} = INTEGER: {index}\n.1.3.6.1.2.1.4.24.4.1.6.{key} = INTEGER: 4\n";
    }

    /// <summary>What LLDP hears on eth1 (lldpRemTable, IEEE 802.1AB).</summary>
    private static string Announcement(string name)
    {
        const string Local = ".1.0.8802.1.1.2.1.3.7.1", Remote = ".1.0.8802.1.1.2.1.4.1.1";
        return $"{Local}.2.1 = INTEGER: 5\n{Local}.3.1 = STRING: eth1\n{Local}.4.1 = STRING: eth1\n"
            + $"{Remote}.4.0.1.1 = INTEGER: 4\n{Remote}.5.0.1.1 = Hex-STRING: 02 00 00 00 00 09\n"
            + $"{Remote}.6.0.1.1 = INTEGER: 5\n{Remote}.7.0.1.1 = STRING: port\n{Remote}.9.0.1.1 = STRING: {name}\n";
    }

    private void WriteRouter(string name, (string Address, int Interface)[] addresses,
        (string Prefix, string NextHop, int Interface)[] routes, string more = "")
    {
        var walk = new StringBuilder();
        walk.Append(".1.3.6.1.2.1.1.1.0 = STRING: router\n.1.3.6.1.2.1.1.2.0 = OID: .1.3.6.1.4.1.8072.3.2.10\n");
        walk.Append($".1.3.6.1.2.1.1.3.0 = Timeticks: (100000) 0:16:40.00\n.1.3.6.1.2.1.1.5.0 = STRING: {name}\n");
        foreach (int index in new[] { 1, 2, 3 }) walk.Append($".1.3.6.1.2.1.2.2.1.1.{index} = INTEGER: {index}\n");
        foreach (int index in new[] { 1, 2, 3 }) walk.Append($".1.3.6.1.2.1.2.2.1.2.{index} = STRING: eth{index}\n");
        foreach (int index in new[] { 1, 2, 3 }) walk.Append($".1.3.6.1.2.1.2.2.1.8.{index} = INTEGER: 1\n");
        foreach ((string address, int index) in addresses) walk.Append($".1.3.6.1.2.1.4.20.1.2.{address} = INTEGER: {index}\n");
        foreach ((string address, _) in addresses) walk.Append($".1.3.6.1.2.1.4.20.1.3.{address} = IpAddress: 255.255.255.0\n");
        (string Prefix, string NextHop, int Interface, int Type)[] rows =
            [.. addresses.Select(own => (own.Address[..own.Address.LastIndexOf('.')] + ".0", own.Address, own.Interface, 3)),
            .. routes.Select(route => (route.Prefix, route.NextHop, route.Interface, 4))];
        foreach (var row in rows) walk.Append($".1.3.6.1.2.1.4.21.1.2.{row.Prefix} = INTEGER: {row.Interface}\n");
        foreach (var row in rows) walk.Append($".1.3.6.1.2.1.4.21.1.7.{row.Prefix} = IpAddress: {row.NextHop}\n");
        foreach (var row in rows) walk.Append($".1.3.6.1.2.1.4.21.1.8.{row.Prefix} = INTEGER: {row.Type}\n");
        foreach (var row in rows) walk.Append($".1.3.6.1.2.1.4.21.1.11.{row.Prefix} = IpAddress: 255.255.255.0\n");
        File.WriteAllText(Path.Combine(_folder.FullName, $"{name}.txt"), walk.Append(more).ToString());
    }

    private void WriteReference(string prefix, string nextHop, string source = "r1", string first = "r1") =>
        Write("reference-l3-paths.json.gz", $$"""
        [{"sourceDevice": "{{source}}", "destIP": "203.0.113.1", "outcome": "DELIVERED", "devices": ["{{first}}", "r2", "r3"], "hops": [
          {"device": "r1", "prefix": "{{prefix}}", "choices": [{"nextHop": "{{nextHop}}", "egressIfIndex": 1, "nextDevice": "r2"}]},
          {"device": "r2", "prefix": "203.0.113.0/24", "choices": [{"nextHop": "192.0.2.2", "egressIfIndex": 0, "nextDevice": "r3"}]},
          {"device": "r3"}]}]
        """);

    private void Write(string name, string text)
    {
        using FileStream file = File.Create(Path.Combine(_folder.FullName, name));
        using var compressed = new GZipStream(file, CompressionMode.Compress);
        compressed.Write(Encoding.UTF8.GetBytes(text));
    }
}
