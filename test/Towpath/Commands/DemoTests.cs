using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Towpath.Testing;

namespace Towpath.Commands.Tests;

/// <summary>The demo from its start to Ctrl+C, and a second time.</summary>
[Trait("Needs", "servers")]
public sealed class DemoTests : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task The_demo_discovers_the_campus_prints_the_path_and_stops_cleanly()
    {
        await using RunningDemo demo = await RunningDemo.StartAsync(_tool);

        Golden.Match("demo-path.txt", demo.Path);
        Assert.Contains("Discovery 'demo campus': 10 devices, Complete", demo.Error, StringComparison.Ordinal);
        Assert.Equal(0, await demo.StopAsync("-INT"));
        Assert.DoesNotContain("towpath:", demo.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Devices_are_collected_again_forgotten_and_added_by_name_or_address()
    {
        await using RunningDemo demo = await RunningDemo.StartAsync(_tool);
        Ended all = await _tool.RunAsync("collect", "all");
        Assert.Equal((0, "10 of 10 devices collected."), (all.Code, all.Output.Trim()));

        JsonNode known = JsonNode.Parse((await _tool.RunAsync("devices", "--json")).Output)!.AsArray()
            .First(device => (string?)device!["associatedWlcIp"] is null)!;
        (string name, string address) = ((string)known["hostname"]!, (string)known["managementIpAddress"]!);
        Assert.Equal($"{name} ({address}) is forgotten.", (await _tool.RunAsync("device", "delete", address)).Output.Trim());
        (await _tool.RunAsync("device", name)).IsRefused(2, $"There is no device {name}");
        (await _tool.RunAsync("collect", name)).IsRefused(2, $"There is no device {name}");
        (await _tool.RunAsync("device", "add", address)).IsRefused(2, "--community, --v3-user");
        Ended wrong = await _tool.RunAsync("device", "add", address, "--community", "wrong");
        Assert.Equal(1, wrong.Code);
        Assert.Contains($"{address}: ", wrong.Error, StringComparison.Ordinal);

        Ended added = await _tool.RunAsync("device", "add", address, "--community", "public");
        Assert.Equal(0, added.Code);
        Assert.Contains(name, added.Output, StringComparison.Ordinal);
        Assert.Equal("1 of 1 devices collected.", (await _tool.RunAsync("collect", name)).Output.Trim());

        Ended paused = await _tool.RunAsync("collect", name, "--pause");
        Assert.Matches("^The collection of device [0-9a-f-]{36} is paused.$", paused.Output.Trim());
        Assert.Matches("follows the default.$", (await _tool.RunAsync("collect", name, "--resume")).Output.Trim());
        Assert.Equal("The collection of all devices is paused.", (await _tool.RunAsync("collect", "all", "--pause")).Output.Trim());
        (await _tool.RunAsync("collect", "all", "--pause", "--resume")).IsRefused(2, "not both");
    }

    [Fact]
    public async Task A_second_demo_on_the_same_data_logs_in_finds_its_discovery_and_traces_again()
    {
        await using (RunningDemo first = await RunningDemo.StartAsync(_tool))
        {
            Assert.Contains(first.Lines, line => line.Contains("password", StringComparison.Ordinal));
            Assert.Equal(0, await first.StopAsync("-TERM"));
        }
        await using RunningDemo second = await RunningDemo.StartAsync(_tool);
        Ended discoveries = await _tool.RunAsync("discover", "list", "--json");

        Golden.Match("demo-path.txt", second.Path);
        Assert.DoesNotContain(second.Lines, line => line.Contains("password", StringComparison.Ordinal));
        Assert.Equal("demo campus", (string?)Assert.Single(JsonNode.Parse(discoveries.Output)!.AsArray())!["name"]);
    }

    [Fact]
    public async Task A_demo_that_lost_its_login_makes_another_one_and_takes_nobody_elses_place()
    {
        string data = Path.Combine(_tool.DataFolder, "own");
        await using (RunningDemo first = await RunningDemo.StartAsync(_tool, "--data", data)) await first.StopAsync("-TERM");
        Directory.Delete(_tool.ConfigFolder, recursive: true);
        Assert.Equal(0, (await _tool.RunAsync("reset-password", "--data", data)).Code); // all tokens end
        new Towpath.Client.ProfileFile(Path.Combine(_tool.ConfigFolder, "towpath", "profile.json")).Save("own network",
            new Towpath.Client.Profile { Url = new Uri($"http://127.0.0.1:{FreePort.Tcp()}"), Username = "ada", Token = "t" });

        await using RunningDemo again = await RunningDemo.StartAsync(_tool, "--data", data);
        Golden.Match("demo-path.txt", again.Path);
        (await _tool.RunAsync("devices")).IsRefused(3, "not reachable");
        string use = Assert.Single(again.Lines, line => line.Contains("towpath profile use", StringComparison.Ordinal));
        Assert.Equal(0, (await _tool.RunAsync("profile", "use", use.Split('\'')[1])).Code);
        Assert.Equal(0, (await _tool.RunAsync("devices")).Code);
    }

    [Fact]
    public async Task What_people_copy_is_one_line_in_a_narrow_terminal_too()
    {
        (string, string)[] narrow = [("COLUMNS", "40")];
        string data = Path.Combine(_tool.DataFolder, "a folder  whose name is longer than the terminal");
        new Towpath.Client.ProfileFile(Path.Combine(_tool.ConfigFolder, "towpath", "profile.json")).Save("own network",
            new Towpath.Client.Profile { Url = new Uri($"http://127.0.0.1:{FreePort.Tcp()}"), Username = "ada", Token = "t" });
        await using (RunningDemo demo = await RunningDemo.StartAsync(_tool, narrow, "--data", data))
        {
            Assert.Contains($"    towpath profile use 'demo {data}'", demo.Lines);
            Assert.Contains($"Data in {data}", demo.Lines);
            Assert.Single(demo.Lines, line => Regex.IsMatch(line, "^Certificate SHA-256 [0-9A-Fa-f:]{64,}$"));
            Assert.Single(demo.Lines, line => Regex.IsMatch(line, @"^First start: user admin, password \S+ \(printed once; .* another\)$"));
            Assert.Single(demo.Lines, line => Regex.IsMatch(line, @"^    towpath trace \S+ \S+ --stats$"));
            Assert.Contains("In a second terminal ('towpath' is", demo.Lines); // a sentence is broken between words
            await demo.StopAsync("-TERM");
        }
        Ended reset = await _tool.RunAsync(narrow, null, ["reset-password", "--data", data]);
        Assert.Matches(@"^User admin, password \S+ \(printed once\)$", Assert.Single(reset.Lines));
        Ended report = await _tool.RunAsync(narrow, null, ["diagnose", "--data", data]);
        Assert.Contains(report.Lines, line => line.Contains(data, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_second_demo_beside_the_first_is_told_of_it()
    {
        await using RunningDemo demo = await RunningDemo.StartAsync(_tool);
        string port = demo.Lines[0].Split("UDP port ")[1].Split(',')[0]; // the same ports: the folder is what counts

        (await _tool.RunAsync("demo", "--snmp-port", port)).IsRefused(2, "is in use by process ");
        (await _tool.RunAsync("serve", "--data", Path.Combine(_tool.DataFolder, "towpath-demo"))).IsRefused(2, "is in use by process ");
    }

    [Fact]
    public async Task A_busy_UDP_port_is_one_line_and_code_2()
    {
        await using RunningDemo demo = await RunningDemo.StartAsync(_tool);
        string port = demo.Lines[0].Split("UDP port ")[1].Split(',')[0];

        (await _tool.RunAsync("simulate", "--snmp-port", port)).IsRefused(2, $"UDP port {port} is in use");
    }
}
