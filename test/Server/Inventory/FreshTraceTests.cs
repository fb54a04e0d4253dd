using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using Towpath.Inventory;
using Towpath.Network;
using Towpath.Simulator;
using Towpath.Tasks;
using Towpath.Testing;

namespace Towpath.Server.Tests;

/// <summary>The demo campus, in which a route changes: the traces follow once it is read again, and not before.</summary>
public sealed class FreshTraceTests : IAsyncLifetime
{
    private const string Api = CampusServer.Catalyst;
    private readonly ManualTime _time = new(TimeProvider.System.GetUtcNow());
    private readonly ChangingCampus _server;

    public FreshTraceTests() => _server = new ChangingCampus { Time = _time };

    public Task InitializeAsync() => _server.InitializeAsync();

    public Task DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_route_that_changes_changes_the_trace_after_the_interval()
    {
        Assert.Contains("Branch-Router2", await PathAsync());
        _server.HasChanged = true;

        await ReadAsync(minutes: 0);
        Assert.Contains("Branch-Router2", await PathAsync());
        await ReadAsync(minutes: 100); // ARP and the like; routes after two hours
        Assert.Contains("Branch-Router2", await PathAsync());

        await ReadAsync(minutes: 40);

        string[] after = await PathAsync();
        Assert.Contains("CAMPUS-Core2", after); // which discards the packet now
        Assert.DoesNotContain("Branch-Router2", after);
    }

    [Fact]
    public async Task A_number_of_routes_that_changes_is_noticed_by_the_next_pulse()
    {
        await PulseAsync(minutes: 6);
        _server.HasChanged = true;
        await PulseAsync(minutes: 6);

        await ReadAsync(minutes: 0);

        NetworkDevice core = _server.Service<Devices>().All.Single(device => device.Name == "CAMPUS-Core2");
        Assert.Contains(core.Snapshot.Routes, route => route.Prefix == Prefix.Parse("10.2.1.0/24") && route.Kind == RouteKind.Reject);
    }

    /// <summary>All shards, as servers that share them would.</summary>
    private Task ReadAsync(int minutes) =>
        RunAsync("device-reading-shard", minutes, [.. Enumerable.Range(0, 128).Select(shard => $"{shard}")]);

    private Task PulseAsync(int minutes) => RunAsync("device-pulse", minutes, "");

    private async Task RunAsync(string kind, int minutes, params string[] keys)
    {
        _time.Jump(TimeSpan.FromMinutes(minutes));
        _server.Http.DefaultRequestHeaders.Remove("X-Auth-Token"); // an hour old perhaps
        _server.Http.DefaultRequestHeaders.Add("X-Auth-Token", await _server.TokenAsync());
        ISerialJob job = _server.Service<IEnumerable<ISerialJob>>().Single(job => job.Kind == kind);
        foreach (string key in keys) await job.RunAsync(key, default).WaitAsync(TimeSpan.FromMinutes(1));
        await _server.Service<Devices>().UpToDateAsync(default);
    }

    /// <summary>The names of the elements, from the wireless host to the branch.</summary>
    private async Task<string[]> PathAsync()
    {
        Answer accepted = await _server.PostAsync($"{Api}/flow-analysis", new { sourceIP = "10.1.15.117", destIP = "10.2.1.22" });
        await _server.EndOfTaskAsync((string)accepted.Response["taskId"]!);
        JsonNode answer = (await _server.GetAsync($"{Api}/flow-analysis/{accepted.Response["flowAnalysisId"]}")).Response;
        return [.. (answer["networkElementsInfo"]?.AsArray() ?? []).Select(element => (string?)element!["name"] ?? "")];
    }

    /// <summary>
    /// The campus twice: the second has more routes, and discards what goes to the branch. No time passes for either, so neither is older.
    /// </summary>
    private sealed class ChangingCampus : TestServer
    {
        private readonly Dictionary<string, SimulatedDevice> _before = Devices("null"), _after = Devices("""
            [{ "to": "10.2.1.0/24", "null": true }, { "to": "198.51.100.0/25", "null": true },
             { "to": "198.51.100.128/25", "null": true }, { "to": "203.0.113.0/24", "null": true }]
            """);

        private AgentHost? _agents;

        public volatile bool HasChanged;

        public override async Task InitializeAsync()
        {
            await base.InitializeAsync();
            Answer accepted = await PostAsync($"{Api}/network-device",
                new { ipAddress = CampusServer.Addresses, snmpVersion = "v2", snmpROCommunity = "public", snmpRetry = 2, snmpTimeout = 5 });
            JsonObject added = await EndOfTaskAsync((string)accepted.Response["taskId"]!);
            Assert.False((bool)added["isError"]!, added.ToJsonString());
        }

        public override async Task DisposeAsync()
        {
            await base.DisposeAsync();
            if (_agents is not null) await _agents.DisposeAsync();
        }

        protected override TowpathServerOptions Configure(TowpathServerOptions options)
        {
            _agents = StartAgents();
            return options with { SnmpPort = _agents.Port, AddressMap = [(Prefix.Parse("10.0.0.0/8"), Prefix.Parse("127.0.0.0/8"))] };
        }

        private static Dictionary<string, SimulatedDevice> Devices(string routes)
        {
            using Stream file = typeof(DemoCampus).Assembly.GetManifestResourceStream("campus.json")!;
            JsonNode campus = JsonNode.Parse(file, documentOptions: new JsonDocumentOptions
            {
                CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true,
            })!;
            if (JsonNode.Parse(routes) is { } own)
                campus["devices"]!.AsArray().Single(device => (string)device!["name"]! == "CAMPUS-Core2")!["routes"] = own;
            return new SimulatedNetwork(NetworkDescription.Parse(campus.ToJsonString()), new ManualTime()).Devices
                .ToDictionary(device => device.Name);
        }

        private AgentHost StartAgents()
        {
            SimulatedDevice[] devices = [.. _before.Values.Select(device => device with
            {
                View = context => (HasChanged ? _after : _before)[device.Name].View(context),
            })];
            for (int attempt = 1; ; attempt++)
            {
                try
                {
                    return AgentHost.Start(devices, new AgentHostOptions { Port = FreePort() });
                }
                catch (SocketException) when (attempt < 5)
                {
                }
            }
        }

        private static int FreePort()
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            return ((IPEndPoint)socket.LocalEndPoint!).Port;
        }
    }
}
