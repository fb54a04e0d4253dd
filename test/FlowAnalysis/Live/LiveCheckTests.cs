using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Towpath.Collection;
using Towpath.Network;
using Towpath.PathTrace;
using Towpath.Testing;

namespace Towpath.FlowAnalysis.Tests;

/// <summary>The campus changes after it was collected; a trace that asks again goes the way that the changed network would show.</summary>
public sealed class LiveCheckTests
{
    private const int SystemVariables = 3; // who it is
    private const string Desk1 = "10.1.20.100", Server1 = "10.1.30.10", Branch1 = "10.2.1.22";

    /// <summary>With a free port for desk-1 on its own switch, and one on another.</summary>
    private static readonly string s_campus = Campus();

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 29, 12, 0, 0, TimeSpan.Zero));
    private readonly SimulatedAgents _agents;
    private readonly LiveCheck _check;
    private NetworkSnapshot _network = NetworkSnapshot.Empty;

    public LiveCheckTests()
    {
        _agents = new SimulatedAgents(_time);
        _check = new LiveCheck((device, _) => Task.FromResult<DeviceAccess?>(
            SimulatedAgents.AccessTo(_network.Device(device)!.ManagementAddress)), new LiveReader(_agents.Snmp, _time), _time);
    }

    [Fact]
    public async Task Where_nothing_has_changed_every_trace_is_the_same_and_within_the_budget()
    {
        _network = await _agents.CollectAsync(s_campus);
        string[] hosts = [.. JsonNode.Parse(s_campus)!["hosts"]!.AsArray().Select(host => ((string)host!["address"]!).Split('/')[0])];
        foreach (string from in hosts)
        {
            foreach (string to in hosts.Where(to => to != from))
            {
                _agents.Variables.Clear();
                Trace before = Trace(_network, from, to), verified = await VerifyAsync(from, to);
                Assert.Equal(before.ToText(), verified.ToText());
                Assert.All(_agents.Variables, asked => Assert.InRange(asked.Value, 1, LiveReader.MostVariables));
                Assert.All(Facts(verified), fact => Assert.False(fact.HasChanged));
                // A device that is passed twice has more rows than it is asked for, and those that are asked for last say so.
                Evidence[] left = [.. Facts(verified).Where(fact => fact.NotReadNow is not null)];
                Assert.All(left, fact => Assert.Contains("the 30 variables", fact.NotReadNow, StringComparison.Ordinal));
                Assert.All(left, fact => Assert.InRange(fact.Row.Kind, RowKind.Arp, RowKind.Neighbor));
                Assert.Contains(Facts(verified), fact => fact.IsReadNow);
            }
        }
    }

    [Fact]
    public async Task A_hop_says_when_its_rows_were_read()
    {
        _network = await _agents.CollectAsync(s_campus);
        DateTimeOffset collected = _time.GetUtcNow();
        _time.Advance(TimeSpan.FromMinutes(27));
        Trace verified = await VerifyAsync(Desk1, Branch1);
        foreach (TraceEdge step in verified.Shown.Select(step => verified.Edges[step]).Where(step => step.Prefix is not null))
        {
            Evidence route = step.Evidence.First(fact => fact.Row.Kind == RowKind.Route);
            Assert.Equal((true, _time.GetUtcNow()), (route.IsReadNow, route.CollectedAt));
        }
        Assert.Contains(Facts(verified), fact => fact.Row.IsNone && !fact.IsReadNow && fact.CollectedAt == collected);
        Assert.All(Facts(Trace(_network, Desk1, Branch1)), fact => Assert.False(fact.IsReadNow)); // the network itself is as it was
    }

    [Fact]
    public Task A_route_that_has_changed_is_followed() => GoesAsync(Desk1, Branch1, campus =>
        Interface(campus, "CAMPUS-Dist1", "TenGigabitEthernet3/1")["ospfCost"] = 500);

    [Fact]
    public Task A_route_to_null_that_is_new_ends_the_path() => GoesAsync(Desk1, Branch1, campus =>
    {
        foreach (string core in new[] { "CAMPUS-Core1", "CAMPUS-Core2" })
            Device(campus, core)["routes"] = new JsonArray(Node("""{ "to": "10.2.1.0/24", "null": true }"""));
    });

    [Fact]
    public Task A_route_that_was_withdrawn_is_not_followed() => GoesAsync(Desk1, Branch1, campus =>
        Device(campus, "CAMPUS-Router1")["ospf"]!["exclude"] = new JsonArray("GigabitEthernet0/0/3"));

    [Fact]
    public Task An_interface_that_is_down_is_not_taken() => GoesAsync(Desk1, Branch1, campus =>
        Interface(campus, "CAMPUS-Dist1", "TenGigabitEthernet3/1")["shutdown"] = true);

    [Fact]
    public Task A_host_that_moved_to_another_port_is_found_there() => GoesAsync(Server1, Desk1, campus =>
        Cable(campus, "desk-1:eth0", "CAMPUS-Access1:GigabitEthernet1/0/9"), ports: true);

    [Fact]
    public Task A_host_that_moved_to_another_switch_is_found_there() => GoesAsync(Server1, Desk1, campus =>
        Cable(campus, "desk-1:eth0", "CAMPUS-Dist2:Ethernet20"));

    [Fact]
    public Task A_source_that_moved_to_another_switch_is_found_there() => GoesAsync(Desk1, Branch1, campus =>
        Cable(campus, "desk-1:eth0", "CAMPUS-Dist2:Ethernet20"));

    [Fact]
    public async Task A_device_that_does_not_answer_within_three_seconds_keeps_its_hops_in_doubt()
    {
        _network = await _agents.CollectAsync(s_campus);
        Trace before = Trace(_network, Desk1, Branch1);
        _agents.Silent.Add("Branch-Router2");
        Task<Trace> checking = _check.RunAsync(_network, Flow(Desk1, Branch1), CancellationToken.None); // the others have answered at once
        _time.Advance(LiveCheck.Time - TimeSpan.FromTicks(1));
        Assert.False(checking.IsCompleted);
        _time.Advance(TimeSpan.FromTicks(1));
        Trace verified = await checking;

        Assert.Equal(Names(before), Names(verified));
        int silent = Array.IndexOf(Names(verified), "Branch-Router2");
        TraceEdge step = verified.Edges[verified.Shown[silent]];
        Evidence route = step.Evidence.First(fact => fact.Row.Kind == RowKind.Route);
        Assert.Equal(("no answer within 3 s", false), (route.NotReadNow, route.IsReadNow));
        Assert.InRange(step.Confidence, 0, 0.60);
        Assert.Contains("Asked again for this trace: no answer within 3 s", step.Reason, StringComparison.Ordinal);
        TraceEdge first = verified.Edges[verified.Shown[1]];
        Assert.Contains(first.Evidence, fact => fact.IsReadNow);
    }

    [Fact]
    public async Task A_device_that_falls_silent_after_its_first_answer_leaves_its_rows_in_doubt()
    {
        _network = await _agents.CollectAsync(s_campus);
        Trace before = Trace(_network, Desk1, Branch1);
        _agents.OnAsked = name =>
        {
            if (name == "Branch-Router2" && _agents.Variables[name] > SystemVariables) _agents.Silent.Add(name);
        };
        Task<Trace> checking = _check.RunAsync(_network, Flow(Desk1, Branch1), CancellationToken.None);
        _time.Advance(LiveCheck.Time);
        Trace verified = await checking;

        Assert.Equal(Names(before), Names(verified));
        TraceEdge step = verified.Edges[verified.Shown[Array.IndexOf(Names(verified), "Branch-Router2")]];
        Assert.InRange(step.Confidence, 0, 0.60);
        Assert.Contains("Branch-Router2 was asked again and did not tell whether this still holds: no answer within 3 s", step.Reason,
            StringComparison.Ordinal);
        Assert.DoesNotContain(verified.Shown.Select(shown => verified.Edges[shown]).Where(other => other != step && other.To != step.From),
            other => other.Class == RestsOn.InDoubt.Name);
    }

    [Fact]
    public async Task A_device_that_has_restarted_leaves_all_its_rows_in_doubt()
    {
        _network = await _agents.CollectAsync(s_campus);
        JsonNode campus = JsonNode.Parse(s_campus)!;
        foreach (JsonNode? device in campus["devices"]!.AsArray()) device!["uptimeHours"] = 0;
        _agents.Become(campus.ToJsonString());
        Trace verified = await VerifyAsync(Desk1, Branch1);
        Assert.All(verified.Shown.Select(shown => verified.Edges[shown]).Where(step => step.Prefix is not null),
            step => Assert.InRange(step.Confidence, 0, 0.60));
    }

    [Fact]
    public async Task A_path_that_changes_once_more_while_it_is_asked_is_in_doubt_where_nobody_was_asked()
    {
        JsonNode campus = JsonNode.Parse(s_campus)!;
        Interface(campus, "CAMPUS-Dist1", "TenGigabitEthernet3/1")["ospfCost"] = 500;
        string changed = campus.ToJsonString();
        Trace second = Trace(await _agents.CollectAsync(changed), Desk1, Branch1);
        int core = Array.IndexOf(Names(second), "CAMPUS-Dist1") + 1;
        string name = Names(second)[core];
        Interface(campus, name, second.Edges[second.Shown[core]].Egress!.Name)["ospfCost"] = 500;
        string changedAgain = campus.ToJsonString();
        string[] third = Names(Trace(await _agents.CollectAsync(changedAgain), Desk1, Branch1));

        _network = await _agents.CollectAsync(s_campus);
        _agents.Become(changed);
        _agents.OnAsked = asked => { if (asked == name) _agents.Become(changedAgain); }; // in the second round
        Trace verified = await VerifyAsync(Desk1, Branch1);

        Assert.Equal(third, Names(verified));
        Assert.Contains(verified.Shown.Select(shown => verified.Edges[shown]), step => step.Confidence <= 0.60
            && step.Reason?.Contains("the path has changed again while its devices were asked", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task A_caller_who_gives_up_is_not_kept()
    {
        _network = await _agents.CollectAsync(s_campus);
        _agents.Silent.Add("CAMPUS-Core2");
        using var stop = new CancellationTokenSource();
        Task<Trace> checking = _check.RunAsync(_network, Flow(Desk1, Branch1), stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => checking);
    }

    [Fact]
    public async Task A_source_that_nobody_knows_asks_nobody()
    {
        _network = await _agents.CollectAsync(s_campus);
        Assert.IsType<Ending.SourceNotFound>((await VerifyAsync("192.0.2.1", Branch1)).Ending);
        Assert.Empty(_agents.Variables);
    }

    /// <summary>The verified trace goes as one through the changed network, collected whole, does; the one before went elsewhere.</summary>
    private async Task GoesAsync(string from, string to, Action<JsonNode> edit, bool ports = false)
    {
        JsonNode campus = JsonNode.Parse(s_campus)!;
        edit(campus);
        string edited = campus.ToJsonString();
        NetworkSnapshot after = await _agents.CollectAsync(edited);
        _network = await _agents.CollectAsync(s_campus);
        string before = Way(Trace(_network, from, to), ports);
        _agents.Become(edited);

        Trace verified = await VerifyAsync(from, to);

        Assert.True(before != Way(Trace(after, from, to), ports), $"The edit changes nothing: {before}");
        Assert.True(Way(Trace(after, from, to), ports) == Way(verified, ports),
            $"{verified.ToText()}{string.Join('\n', Facts(verified).Where(fact => fact.NotReadNow is not null))}");
        Assert.All(_agents.Variables, asked => Assert.InRange(asked.Value, 1, LiveReader.MostVariables));
        Assert.Equal(before, Way(Trace(_network, from, to), ports)); // nothing is kept
    }

    private Task<Trace> VerifyAsync(string from, string to) => _check.RunAsync(_network, Flow(from, to), CancellationToken.None);

    private static Trace Trace(NetworkSnapshot network, string from, string to) => new PathTracer(network).Run(Flow(from, to));

    private static Flow Flow(string from, string to) => new(Ipv4Address.Parse(from), Ipv4Address.Parse(to));

    private static IEnumerable<Evidence> Facts(Trace trace) => trace.ShownNodes.SelectMany(node => node.Evidence)
        .Concat(trace.Shown.SelectMany(step => trace.Edges[step].Evidence));

    private static string[] Names(Trace trace) => [.. trace.ShownNodes.Select(node => node.Name ?? $"{node.Kind}")];

    private static string Way(Trace trace, bool ports) => string.Join(" > ", ports
        ? trace.Shown.Select(step => $"{trace.Nodes[trace.Edges[step].From].Name} {trace.Edges[step].Egress?.Name}")
        : Names(trace)) + $": {trace.Ending.GetType().Name}";

    private static string Campus()
    {
        JsonNode campus = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "src", "Simulator", "Campus", "campus.json")),
            documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true })!;
        Interfaces(campus, "CAMPUS-Access1").Add(Node("""{ "name": "GigabitEthernet1/0/9", "access": 20 }"""));
        Interfaces(campus, "CAMPUS-Dist2").Add(Node("""{ "name": "Ethernet20", "access": 20, "speed": 1000 }"""));
        return campus.ToJsonString();
    }

    private static JsonNode Node(string json) => JsonNode.Parse(json)!;

    private static JsonNode Device(JsonNode campus, string name) =>
        campus["devices"]!.AsArray().Single(device => (string)device!["name"]! == name)!;

    private static JsonArray Interfaces(JsonNode campus, string device) => Device(campus, device)["interfaces"]!.AsArray();

    private static JsonNode Interface(JsonNode campus, string device, string name) =>
        Interfaces(campus, device).Last(entry => (string)entry!["name"]! == name)!;

    /// <summary>Plugs one end of a cable in somewhere else.</summary>
    private static void Cable(JsonNode campus, string end, string newFarEnd)
    {
        JsonNode cable = campus["links"]!.AsArray().Single(link => link!.AsArray().Any(one => (string)one! == end))!;
        cable[(string)cable[0]! == end ? 1 : 0] = newFarEnd;
    }
}
