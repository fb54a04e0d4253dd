using System.Text.Json.Nodes;
using Towpath.FlowAnalysis;
using Towpath.Network;
using Towpath.Snmp;
using Towpath.Snmp.Tests;
using Towpath.Tasks;

namespace Towpath.Server.Tests;

/// <summary>Devices that take their time: they get theirs, and nobody waits for them.</summary>
[Trait("Needs", "patience")]
[Collection(HostileDiscovery.Name)]
public sealed class SlowDeviceTests(HostileServer server)
{
    [Fact]
    public async Task A_device_that_always_answers_just_before_the_timeout_is_read_as_far_as_its_time_allows_and_after_all_others()
    {
        Ipv4Address slow = Ipv4Address.Parse("10.76.1.1"); // the first that is asked
        SnmpAgent agent = HostileAgents.Agent(slow);
        await using var loopback = new AgentOnLoopback(async (self, request, from) =>
        {
            await Task.Delay(TimeSpan.FromSeconds(0.9)); // of 1 s: the device's own slowness
            foreach (byte[] answer in AgentOnLoopback.Answer(agent, request)) await self.SendAsync(answer, from);
        }, server.EndPointOf(slow));

        Found found = await server.DiscoverAsync($"{slow}-{slow},10.77.0.1-10.77.0.3", slow, HostileServer.Community(timeout: 1, retry: 3));

        Assert.Equal("Partial Collection Failure", found.Outcome);
        BrokenTableTests.AssertReason(found, "for one device are over: it answers slowly");
        JsonNode[] jobs = await server.JobsAsync(found.Discovery);
        Assert.Equal(4, jobs.Length);
        Assert.All(jobs.Where(job => Text(job, "ipAddress") != slow.ToString()),
            job => Assert.True(string.CompareOrdinal(Text(job, "endTime"), Text(found.Job, "endTime")) < 0, job.ToJsonString()));
    }

    [Fact]
    public async Task More_slow_devices_than_are_asked_at_once_hold_up_nobody()
    {
        Ipv4Address first = Ipv4Address.Parse("10.76.3.1");
        const int Slow = 600;
        List<AgentOnLoopback> agents = [];
        try
        {
            foreach (Ipv4Address address in Enumerable.Range(0, Slow).Select(number => new Ipv4Address(first.Bits + (uint)number)))
            {
                SnmpAgent agent = HostileAgents.Agent(address);
                agents.Add(new AgentOnLoopback(async (self, request, from) =>
                {
                    await Task.Delay(TimeSpan.FromSeconds(4.9)); // of 5 s
                    foreach (byte[] answer in AgentOnLoopback.Answer(agent, request)) await self.SendAsync(answer, from);
                }, server.EndPointOf(address)));
            }
            string id = await server.StartAsync($"{first}-{new Ipv4Address(first.Bits + Slow - 1)},10.77.0.1-10.77.0.3",
                HostileServer.Community(timeout: 5, retry: 1));
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            JsonNode[] jobs;
            while ((jobs = await server.JobsAsync(id)).Length < 3) await Task.Delay(50, patience.Token);
            Assert.All(jobs, job => Assert.Equal(("10.77.0", "SUCCESS"), (Text(job, "ipAddress")[..7], Text(job, "snmpStatus"))));
            await server.PutAsync($"{CampusServer.Catalyst}/discovery", new { id, discoveryStatus = "Inactive" });
        }
        finally
        {
            foreach (AgentOnLoopback agent in agents) await agent.DisposeAsync();
        }
    }

    [Fact]
    public async Task Silent_addresses_that_are_asked_first_hold_up_nobody()
    {
        // Each for longer than this test has.
        string id = await server.StartAsync("10.76.16.1-10.76.27.255,10.77.0.1-10.77.0.3", HostileServer.Community(timeout: 60, retry: 3));
        try
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            JsonNode[] jobs;
            while ((jobs = await server.JobsAsync(id)).Length < 3) await Task.Delay(50, patience.Token);
            Assert.All(jobs, job => Assert.Equal(("10.77.0", "SUCCESS"), (Text(job, "ipAddress")[..7], Text(job, "snmpStatus"))));
        }
        finally
        {
            await server.PutAsync($"{CampusServer.Catalyst}/discovery", new { id, discoveryStatus = "Inactive" });
        }
    }

    [Fact]
    public async Task Sixteen_slow_discoveries_hold_up_neither_a_seventeenth_nor_a_periodic_trace()
    {
        List<string> slow = [];
        try
        {
            // 255 silent addresses each, each for longer than this test has: together they want every place there is many times over.
            for (int i = 0; i < 16; i++)
                slow.Add(await server.StartAsync($"10.76.{32 + i}.1-10.76.{32 + i}.255", HostileServer.Community(timeout: 60, retry: 3)));
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            foreach (string id in slow) await UntilAsync(async () => await ConditionAsync(id) == "In Progress", patience.Token);

            FlowAnalysisId trace = await OverdueTraceAsync();
            string seventeenth = await server.StartAsync("10.77.0.1-10.77.0.3", HostileServer.Community());
            await UntilAsync(async () => await ConditionAsync(seventeenth) == "Complete", patience.Token);
            await UntilAsync(async () => await IsRepeatedAsync(trace), patience.Token);

            Assert.Equal(3, (await server.JobsAsync(seventeenth)).Count(job => Text(job, "snmpStatus") == "SUCCESS"));
            foreach (string id in slow) Assert.Equal("In Progress", await ConditionAsync(id));
        }
        finally
        {
            foreach (string id in slow)
                await server.PutAsync($"{CampusServer.Catalyst}/discovery", new { id, discoveryStatus = "Inactive" });
        }
    }

    private static async Task UntilAsync(Func<Task<bool>> holds, CancellationToken patience)
    {
        while (!await holds()) await Task.Delay(50, patience);
    }

    private async Task<string> ConditionAsync(string discovery) =>
        Text(await server.OkAsync($"{CampusServer.Catalyst}/discovery/{discovery}"), "discoveryCondition");

    /// <summary>A periodic trace whose last answer is an hour old.</summary>
    private async Task<FlowAnalysisId> OverdueTraceAsync()
    {
        var request = new FlowRequest(Ipv4Address.Parse("192.0.2.1"), Ipv4Address.Parse("192.0.2.2"), null, null, null, true, false, []);
        var record = new FlowAnalysisRecord(FlowAnalysisId.New(AnHourAgo()), TaskId.New(AnHourAgo()), request, "admin", AnHourAgo())
        {
            UpdatedAt = AnHourAgo(),
            Status = FlowAnalysisStatus.Completed,
        };
        await server.Service<IWriter>().CommitAsync([new AddFlowAnalysis(record)], default);
        return record.Id;

        static DateTimeOffset AnHourAgo() => TimeProvider.System.GetUtcNow() - TimeSpan.FromHours(1);
    }

    private async Task<bool> IsRepeatedAsync(FlowAnalysisId trace) =>
        // nobody knows its source
        (await server.Service<IFlowAnalysisStore>().FindAsync(trace, default))!.Status == FlowAnalysisStatus.Failed;

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();
}
