using System.Diagnostics;
using System.IO.Compression;
using System.Text.Json.Nodes;

namespace Towpath.Commands.Tests;

/// <summary>Agents in a process of their own. What they answer is the simulator's own tests' matter.</summary>
public sealed class SimulateTests : IDisposable
{
    private readonly Tool _tool = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("towpath-walks-");

    public void Dispose()
    {
        _tool.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task The_campus_is_served_until_SIGTERM()
    {
        using Process simulate = _tool.Start([], "simulate", "--snmp-port", "0", "--json");
        JsonNode answer = JsonNode.Parse(await RunningDemo.ReadJsonAsync(simulate))!;
        using (Process kill = Process.Start("kill", ["-TERM", $"{simulate.Id}"])) await kill.WaitForExitAsync();
        await simulate.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(0, simulate.ExitCode);
        Assert.InRange((int)answer["port"]!, 1, 65535);
        Assert.Equal(10, answer["devices"]!.AsArray().Count);
        Assert.Contains("CAMPUS-Core2", answer["devices"]!.AsArray().Select(device => (string?)device!["name"]));
    }

    [Fact]
    public async Task A_folder_of_recorded_walks_is_served_packed_or_not()
    {
        const string walk = ".1.3.6.1.2.1.1.5.0 = STRING: \"edge-1\"\n.1.3.6.1.2.1.4.20.1.2.192.0.2.7 = INTEGER: 1\n";
        File.WriteAllText(Path.Combine(_folder.FullName, "edge-1.walk"), walk);
        await using (var packed = new GZipStream(File.Create(Path.Combine(_folder.FullName, "edge-2.walk.gz")), CompressionMode.Compress))
        await using (var text = new StreamWriter(packed))
        {
            await text.WriteAsync(walk.Replace("192.0.2.7", "192.0.2.8", StringComparison.Ordinal));
        }

        using Process simulate = _tool.Start([], "simulate", "--snmp-port", "0", "--json", "--walks", _folder.FullName);
        JsonNode answer = JsonNode.Parse(await RunningDemo.ReadJsonAsync(simulate))!;
        simulate.Kill();
        await simulate.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(
            ["edge-1 192.0.2.7", "edge-2 192.0.2.8"],
            answer["devices"]!.AsArray().Select(device => $"{device!["name"]} {device["addresses"]![0]}"));
    }

    [Fact]
    public async Task Entries_of_a_recording_that_cannot_be_served_are_named()
    {
        string broken = string.Concat(Enumerable.Repeat(".1.3.6.1.2.1.1.7.0 = INTEGER: many\n", 12));
        File.WriteAllText(Path.Combine(_folder.FullName, "edge-1.walk"), $".1.3.6.1.2.1.1.5.0 = STRING: \"edge-1\"\n{broken}");

        using Process simulate = _tool.Start([], "simulate", "--snmp-port", "0", "--walks", _folder.FullName);
        var said = new List<string?>();
        while (said.Count < 11) said.Add(await simulate.StandardError.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(1)));
        simulate.Kill();
        await simulate.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));

        Assert.StartsWith("Not served: edge-1.walk line 2: ", said[0], StringComparison.Ordinal);
        Assert.StartsWith("Not served: edge-1.walk line 11: ", said[9], StringComparison.Ordinal);
        Assert.Equal("Not served: 2 more entries of the recordings.", said[10]);
    }

    [Fact]
    public async Task A_network_of_any_number_of_devices_is_generated()
    {
        using Process simulate = _tool.Start([], "simulate", "--snmp-port", "0", "--json", "--devices", "40", "--seed", "7");
        JsonNode answer = JsonNode.Parse(await RunningDemo.ReadJsonAsync(simulate))!;
        simulate.Kill();
        await simulate.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(40, answer["devices"]!.AsArray().Count);
        Assert.Equal("core-1 10.0.0.10", $"{answer["devices"]![0]!["name"]} {answer["devices"]![0]!["addresses"]![0]}");
    }
}
