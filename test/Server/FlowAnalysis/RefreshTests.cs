using System.Net;
using System.Text.Json.Nodes;
using Towpath.FlowAnalysis;
using Towpath.Inventory;
using Towpath.Network;
using Towpath.Snmp.Tests;
using Towpath.Tasks;
using Towpath.Testing;

namespace Towpath.Server.Tests;

/// <summary>Traces that repeat.</summary>
public sealed class RefreshTests : IAsyncLifetime
{
    private const string Traces = "/dna/intent/api/v1/flow-analysis";
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan s_deviceTime = TimeSpan.FromSeconds(40); // what all statistics of a device may take
    private readonly ManualTime _time = new();
    private readonly ServerBesideARouter _server;

    public RefreshTests() => _server = new ServerBesideARouter { Time = _time };

    public Task InitializeAsync() => _server.InitializeAsync();

    public Task DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_trace_that_asks_for_it_is_recomputed_after_30_seconds_under_its_own_id()
    {
        Answer repeated = await _server.PostAsync(Traces, new { sourceIP = "192.0.2.1", destIP = "192.0.2.2", periodicRefresh = true });
        Answer single = await _server.PostAsync(Traces, new { sourceIP = "192.0.2.1", destIP = "192.0.2.3" });
        await _server.EndOfTaskAsync(repeated.Response["taskId"]!.GetValue<string>());
        await _server.EndOfTaskAsync(single.Response["taskId"]!.GetValue<string>());
        long before = await UpdateTimeAsync(repeated), untouched = await UpdateTimeAsync(single);

        await RefreshAsync();
        Assert.Equal(before, await UpdateTimeAsync(repeated)); // not due yet

        _time.Jump(TimeSpan.FromSeconds(31));
        await RefreshAsync();
        Assert.True(await UpdateTimeAsync(repeated) >= before + 30_000);
        Assert.Equal(untouched, await UpdateTimeAsync(single));

        _time.Jump(TimeSpan.FromDays(-1)); // the clock was put right: the answer is not good for a day because of that
        await RefreshAsync();
        Assert.True(await UpdateTimeAsync(repeated) < before);
    }

    [Fact]
    public async Task A_trace_that_breaks_is_its_own_failure_and_waits_for_its_next_turn()
    {
        DateTimeOffset before = _time.GetUtcNow() - TimeSpan.FromHours(1);
        var unreadable = new FlowRequest(
            Ipv4Address.Parse("192.0.2.1"), Ipv4Address.Parse("192.0.2.2"), "no port", null, null, true, false, []);
        var broken = new FlowAnalysisRecord(FlowAnalysisId.New(before), TaskId.New(before), unreadable, "admin", before)
        {
            UpdatedAt = before,
            Status = FlowAnalysisStatus.Completed,
        };
        var good = broken with { Id = FlowAnalysisId.New(before), Request = unreadable with { SourcePort = null } };
        await _server.Service<IWriter>().CommitAsync([new AddFlowAnalysis(broken), new AddFlowAnalysis(good)], default);

        await RefreshAsync();

        IFlowAnalysisStore store = _server.Service<IFlowAnalysisStore>();
        FlowAnalysisRecord? failed = await store.FindAsync(broken.Id, default), traced = await store.FindAsync(good.Id, default);
        Assert.All([failed, traced], record => Assert.True(record!.UpdatedAt > before.AddMinutes(30)));
        Assert.Equal(FlowAnalysisStatus.Failed, failed!.Status);
        Assert.Contains("no port", failed.FailureReason, StringComparison.Ordinal);
        Assert.Contains("192.0.2.1", traced!.FailureReason, StringComparison.Ordinal); // nobody knows that source, which is an answer
    }

    [Fact]
    public async Task A_trace_that_goes_another_way_is_an_event_once()
    {
        Answer repeated = await _server.PostAsync(Traces, new { sourceIP = "10.9.1.10", destIP = "10.9.2.20", periodicRefresh = true });
        await _server.EndOfTaskAsync(repeated.Response["taskId"]!.GetValue<string>());
        const string Changes = "/api/v1/event?kind=PATH_CHANGED";
        _time.Jump(TimeSpan.FromSeconds(31));
        await RefreshAsync();
        Assert.Empty((await _server.GetAsync(Changes)).Response.AsArray()); // nobody knows the source, as before

        await _server.Service<Devices>().SaveAsync([ServerBesideARouter.RouterAsCollected(_time.GetUtcNow())], default);
        await _server.Service<Devices>().UpToDateAsync(default);
        for (int turn = 0; turn < 2; turn++)
        {
            _time.Jump(TimeSpan.FromSeconds(31));
            await RefreshAsync();
        }
        JsonNode told = Assert.Single((await _server.GetAsync(Changes)).Response.AsArray())!;
        Assert.Equal(repeated.Response["flowAnalysisId"]!.GetValue<string>(), told["row"]!["flowAnalysisId"]!.GetValue<string>());
        Assert.Equal("10.9.1.10, port1 router port2, 10.9.2.20: Delivered", told["after"]!["path"]!.GetValue<string>());
        Assert.NotEqual(told["before"]!["path"]!.GetValue<string>(), told["after"]!["path"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_silent_device_holds_up_no_trace_and_its_statistics_say_so()
    {
        await _server.Service<Devices>().SaveAsync([ServerBesideARouter.RouterAsCollected(_time.GetUtcNow())], default);
        await _server.Service<Devices>().UpToDateAsync(default);
        Answer repeated = await _server.PostAsync(
            Traces, new { sourceIP = "10.9.1.10", destIP = "10.9.2.20", periodicRefresh = true, inclusions = new[] { "DEVICE-STATS" } });
        JsonObject task = await _server.EndOfTaskAsync(repeated.Response["taskId"]!.GetValue<string>());
        Assert.False(task["isError"]!.GetValue<bool>(), task.ToJsonString());
        long before = await UpdateTimeAsync(repeated);
        await _time.AwaitedAsync(s_deviceTime); // the trace's own statistics are being read
        Assert.Equal("INPROGRESS", (await RouterAsync(repeated))["deviceStatsCollection"]!.GetValue<string>());

        _time.Jump(TimeSpan.FromSeconds(31));
        await RefreshAsync();
        Assert.True(await UpdateTimeAsync(repeated) >= before + 30_000);

        Task reading = Job("flow-analysis-statistics-refresh").RunAsync("", default);
        while (!reading.IsCompleted)
        {
            await Task.WhenAny(reading, _time.AwaitedAsync(s_deviceTime));
            _time.Jump(-s_deviceTime); // so that the answer is not due again
            _time.Advance(s_deviceTime);
        }
        await reading;
        JsonNode router = await RouterAsync(repeated);
        Assert.Equal("FAILED", router["deviceStatsCollection"]!.GetValue<string>());
        Assert.Contains("within 40 s", router["deviceStatsCollectionFailureReason"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    private Task RefreshAsync() => Job("flow-analysis-refresh").RunAsync("", default).WaitAsync(s_patience);

    private ISerialJob Job(string kind) => _server.Service<IEnumerable<ISerialJob>>().Single(job => job.Kind == kind);

    private async Task<JsonNode> RouterAsync(Answer accepted)
    {
        JsonNode result = (await _server.GetAsync($"{Traces}/{accepted.Response["flowAnalysisId"]}")).Response;
        return result["networkElementsInfo"]!.AsArray().Single(element => element!["name"]?.GetValue<string>() == "router")!;
    }

    private async Task<long> UpdateTimeAsync(Answer accepted)
    {
        JsonNode request = (await _server.GetAsync($"{Traces}/{accepted.Response["flowAnalysisId"]}")).Response["request"]!;
        return request["lastUpdateTime"]!.GetValue<long>();
    }

    /// <summary>Beside a router whose agent is silent.</summary>
    private sealed class ServerBesideARouter : TestServer
    {
        private AgentOnLoopback? _silent;

        public override async Task DisposeAsync()
        {
            await base.DisposeAsync();
            if (_silent is not null) await _silent.DisposeAsync();
        }

        /// <summary>Between 10.9.1.0/24 and 10.9.2.0/24, with a host on each.</summary>
        public static CollectedDevice RouterAsCollected(DateTimeOffset at) => new(
            Ipv4Address.Parse("10.9.1.1"),
            new DeviceSnapshot
            {
                Identity = new DeviceIdentity { SysName = "router", SysServices = 6, LldpChassisId = new ChassisId(7, "router") },
                CollectedAt = at,
                Interfaces = [Port(1), Port(2)],
                Addresses = [Own(1), Own(2)],
                Routes = [Connected(1), Connected(2)],
                Arp = [Host(1, "10.9.1.10"), Host(2, "10.9.2.20")],
            },
            new AccessSettings(new DeviceCredential.SnmpV2c("public"), null, 3, TimeSpan.FromSeconds(60)));

        protected override TowpathServerOptions Configure(TowpathServerOptions options)
        {
            _silent = Silent();
            return options with { SnmpPort = _silent.EndPoint.Port,
                AddressMap = [(Prefix.Parse("10.0.0.0/8"), Prefix.Parse("127.0.0.0/8"))] };
        }

        private static AgentOnLoopback Silent() => new((_, _, _) => Task.CompletedTask, new IPEndPoint(IPAddress.Parse("127.9.1.1"), 0));

        private static Interface Port(int number) =>
            new()
            {
                Index = new IfIndex(number),
                Name = $"port{number}",
                ShortName = $"port{number}",
                Type = 6,
                Mac = Mac(number),
                AdminUp = true,
                OperUp = true,
                SpeedBitsPerSecond = 1_000_000_000,
                Mtu = 1500,
            };

        private static InterfaceAddress Own(int port) =>
            new(new IfIndex(port), Ipv4Address.Parse($"10.9.{port}.1"), 24, InterfaceAddress.IpAddressTable);

        private static Network.Route Connected(int port) => new(
            Prefix.Parse($"10.9.{port}.0/24"), default, new IfIndex(port), RouteKind.Local, RouteProtocol.Local, 0,
            Network.Route.InetCidrRouteTable);

        private static ArpEntry Host(int port, string address) =>
            new(new IfIndex(port), Ipv4Address.Parse(address), Mac(16 + port), ArpEntry.IpNetToPhysicalTable);

        /// <summary>One of the addresses for documentation (RFC 7042 section 2.1.2).</summary>
        private static MacAddress Mac(int last) => MacAddress.FromBits(0x00005e005300 + (ulong)last);
    }
}
