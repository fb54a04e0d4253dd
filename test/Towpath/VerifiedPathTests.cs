using System.Text.Json.Nodes;
using Towpath.Simulator;
using Towpath.Testing;

namespace Towpath.Commands.Tests;

/// <summary>h1 - r1 - r2 - h2 with r3 beside the line, discovered; then r1 routes by r3, and time passes.</summary>
[Trait("Needs", "servers")]
public sealed class VerifiedPathTests : IAsyncLifetime, IDisposable
{
    private const string H1 = "10.1.0.50", H2 = "10.2.0.50";
    private const string Description = """
        { "name": "verified", "devices": [
            { "name": "r1", "kind": "router", "mac": "00:1b:21:00:11:00", "managementAddress": "10.1.0.1", "interfaces": [
                { "name": "Lan", "addresses": ["10.1.0.1/24"] }, { "name": "Up", "addresses": ["10.0.0.1/30"] },
                { "name": "Side", "addresses": ["10.0.1.1/30"] } ],
              "routes": [ { "to": "10.2.0.0/24", "via": ["10.0.0.2"] } ] },
            { "name": "r2", "kind": "router", "mac": "00:1b:21:00:12:00", "managementAddress": "10.2.0.1", "interfaces": [
                { "name": "Lan", "addresses": ["10.2.0.1/24"] }, { "name": "Up", "addresses": ["10.0.0.2/30"] },
                { "name": "Side", "addresses": ["10.0.2.1/30"] } ],
              "routes": [ { "to": "10.1.0.0/24", "via": ["10.0.0.1"] } ] },
            { "name": "r3", "kind": "router", "mac": "00:1b:21:00:13:00", "managementAddress": "10.0.1.2", "interfaces": [
                { "name": "One", "addresses": ["10.0.1.2/30"] }, { "name": "Two", "addresses": ["10.0.2.2/30"] } ],
              "routes": [ { "to": "10.2.0.0/24", "via": ["10.0.2.1"] }, { "to": "10.1.0.0/24", "via": ["10.0.1.1"] } ] } ],
          "hosts": [ { "name": "h1", "mac": "00:1b:21:00:21:00", "address": "10.1.0.50/24", "gateway": "10.1.0.1" },
                     { "name": "h2", "mac": "00:1b:21:00:22:00", "address": "10.2.0.50/24", "gateway": "10.2.0.1" } ],
          "links": [ ["h1:eth0", "r1:Lan"], ["r1:Up", "r2:Up"], ["r1:Side", "r3:One"], ["r3:Two", "r2:Side"], ["r2:Lan", "h2:eth0"] ],
          "flows": [ { "from": "h1", "to": "h2", "protocol": "tcp", "sourcePort": 50000, "destinationPort": 443,
                       "octetsPerSecond": 1000, "replyOctetsPerSecond": 1000 } ] }
        """;

    private readonly Tool _tool = new();
    private readonly ManualTime _time = new();
    private SimulatedNetwork _network;
    private SimulatedSite _site = null!;

    public VerifiedPathTests() => _network = new SimulatedNetwork(NetworkDescription.Parse(Description), _time);

    public async Task InitializeAsync() => _site = await SimulatedSite.StartAsync(_tool, _network.Devices.Select(device => device with
    {
        View = context => _network.Devices.First(now => now.Name == device.Name).View(context),
    }), "10.1.0.1,10.2.0.1,10.0.1.2", _time);

    public async Task DisposeAsync() => await _site.DisposeAsync();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task A_path_over_old_facts_is_asked_again_and_says_what_has_changed()
    {
        Ended young = await _tool.RunAsync("trace", H1, H2);
        Assert.DoesNotContain("READ", young.Output, StringComparison.Ordinal);
        Assert.Equal("r1 r2", Routers(young));

        RouteByR3();
        Assert.Equal("r1 r2", Routers(await _tool.RunAsync("trace", H1, H2))); // young facts are believed
        Ended asked = await _tool.RunAsync("trace", H1, H2, "--verify");
        Assert.Equal("r1 r3 r2", Routers(asked));

        _time.Advance(TimeSpan.FromMinutes(27));
        Ended old = await _tool.RunAsync("trace", H1, H2, "--no-verify");
        Assert.Equal("r1 r2", Routers(old));
        Assert.Equal(4, old.Lines.Count(line => line.TrimEnd().EndsWith("27 min ago", StringComparison.Ordinal)));

        Ended verified = await _tool.RunAsync("trace", H1, H2);
        Assert.Equal("r1 r3 r2", Routers(verified));
        Assert.Equal(5, verified.Lines.Count(line => line.TrimEnd().EndsWith(" now", StringComparison.Ordinal)));
        Assert.Contains("r1 has changed since it was collected: 10.2.0.0/24 via 10.0.1.2 Side", verified.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_window_shows_which_flows_take_another_path_and_where_it_parts()
    {
        string file = Path.Combine(Directory.CreateDirectory(_tool.DataFolder).FullName, "flows.csv");
        await File.WriteAllTextAsync(file, $"source,destination,protocol\n{H1},{H2},tcp\n# the way back\n{H2},{H1}\n{H1},10.9.9.9\n");
        Ended saved = await _tool.RunAsync("trace", "--from", file, "--save", "before");
        Assert.Equal((0, 4), (saved.Code, saved.Lines.Length));
        Ended same = await _tool.RunAsync("trace", "--from", file, "--compare", "before", "--verify");
        Assert.Equal((0, "3 of 3 flows take the path that they took."), (same.Code, same.Output.Trim()));

        RouteByR3();
        Ended changed = await _tool.RunAsync("trace", "--from", file, "--compare", "before", "--verify", "-o", "csv");
        Assert.Equal(1, changed.Code);
        Assert.Equal(["flow,was,now,firstDifference", $"{H1} {H2} TCP,Delivered,Delivered,r1 Lan/Up -> r1 Lan/Side"], changed.Lines);

        (await _tool.RunAsync("trace", "--from", file, "--compare", "nothing")).IsRefused(2, "Nothing is saved as 'nothing'");
        await File.WriteAllTextAsync(file, "10.1.0.50\n10.1.0.50,10.2.0.50,GRE\n");
        (await _tool.RunAsync("trace", "--from", file)).IsRefused(2, "line 1 '10.1.0.50', line 2 '10.1.0.50,10.2.0.50,GRE'");
    }

    [Fact]
    public async Task A_watched_path_is_shown_again_when_it_changes()
    {
        using System.Diagnostics.Process watch = _tool.Start([], "trace", H1, H2, "--verify", "--watch", "1");
        using var late = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await ReadToAsync("Delivered.");

        RouteByR3();
        string changed = await ReadToAsync("Delivered.");

        Assert.Contains("\nr3 ", changed, StringComparison.Ordinal);
        watch.Kill();
        await watch.WaitForExitAsync();

        async Task<string> ReadToAsync(string end)
        {
            string text = "";
            while (await watch.StandardOutput.ReadLineAsync(late.Token) is { } line && line != end) text += $"{line}\n";
            return text;
        }
    }

    [Fact]
    public async Task Devices_that_do_not_answer_keep_their_hops_and_say_so()
    {
        _time.Advance(TimeSpan.FromMinutes(27));
        await _site.SilenceAsync();
        Task<Ended> tracing = _tool.RunAsync("trace", H1, H2);
        await _time.AwaitedAsync(TimeSpan.FromSeconds(3));
        _time.Advance(TimeSpan.FromSeconds(3));

        Ended shown = await tracing;
        Assert.Equal("r1 r2", Routers(shown));
        Assert.Contains("r1 not read now: ", shown.Output, StringComparison.Ordinal);
        Assert.Contains("27 min ago", shown.Output, StringComparison.Ordinal);
        Assert.Equal(3, shown.Lines.Count(line => line.Contains(" 60 % sure. r", StringComparison.Ordinal)));
    }

    private void RouteByR3()
    {
        JsonNode edited = JsonNode.Parse(Description)!;
        edited["devices"]![0]!["routes"]![0]!["via"]![0] = "10.0.1.2";
        _network = new SimulatedNetwork(NetworkDescription.Parse(edited.ToJsonString()), _time);
    }

    private static string Routers(Ended trace) => string.Join(' ', trace.Lines.Select(line => line.Split(' ')[0])
        .Where(word => word is ['r', >= '1' and <= '3']));
}
