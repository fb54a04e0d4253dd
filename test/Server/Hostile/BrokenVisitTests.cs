using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Towpath.Discovery;
using Towpath.Inventory;
using Towpath.Network;
using Towpath.Snmp;
using Towpath.Snmp.Tests;
using Towpath.Tasks;

namespace Towpath.Server.Tests;

/// <summary>What goes wrong with one device, or for a while with the storage, is not the end of a discovery.</summary>
public sealed class BrokenVisitTests(BrokenVisitTests.ScriptedServer server) : IClassFixture<BrokenVisitTests.ScriptedServer>
{
    private const string Api = CampusServer.Catalyst;

    [Fact]
    public async Task A_storage_that_fails_for_a_while_delays_a_discovery_and_does_not_end_it()
    {
        var refused = new HashSet<Type>();
        server.Writer.Refuse = writes => writes.FirstOrDefault(IsOfADiscovery) is { } write && refused.Add(write.GetType())
            ? new StorageUnavailableException("The disk is full.", null)
            : null;
        try
        {
            JsonNode[] jobs = await JobsAsync(await server.StartAsync("10.77.0.1-10.77.0.3", HostileServer.Community()));
            Assert.Equal(["SUCCESS", "SUCCESS", "SUCCESS"], jobs.Select(job => job["snmpStatus"]!.GetValue<string>()));
            Type[] each = [typeof(SaveDevice), typeof(SaveDiscoveryJobs), typeof(SetDiscoveryCondition)];
            Assert.Equal(each, refused.OrderBy(type => type.Name));
        }
        finally
        {
            server.Writer.Refuse = _ => null;
        }
    }

    [Fact]
    public async Task The_end_of_a_run_that_failed_is_stored_as_soon_as_it_can_be()
    {
        int refusals = 0;
        server.Writer.Refuse = writes => writes[0] switch
        {
            SaveDiscoveryJobs => new InvalidOperationException("A fault of ours."), // ends the run
            SetDiscoveryCondition { Condition: DiscoveryCondition.Aborted } when refusals++ == 0 =>
                new StorageUnavailableException("The disk is full.", null),
            _ => null,
        };
        try
        {
            string id = await server.StartAsync("10.77.0.1-10.77.0.3", HostileServer.Community());
            Assert.Equal("Aborted", await ConditionAsync(id));
            Assert.Equal(2, refusals);
        }
        finally
        {
            server.Writer.Refuse = _ => null;
        }
    }

    [Fact]
    public async Task A_device_that_cannot_be_stored_is_its_own_failure()
    {
        Ipv4Address broken = Ipv4Address.Parse("10.77.0.2");
        server.Writer.Refuse = writes => writes.OfType<SaveDevice>().Any(save => save.Device.ManagementAddress == broken)
            ? new WriteConflictException("It is too large.", null)
            : null;
        try
        {
            JsonNode[] jobs = await JobsAsync(await server.StartAsync("10.77.0.1-10.77.0.3", HostileServer.Community()));
            Assert.Equal(["SUCCESS", "FAILURE", "SUCCESS"], jobs.Select(job => job["snmpStatus"]!.GetValue<string>()));
            string said = jobs[1]["attributeInfo"]!["reason"]!.GetValue<string>();
            Assert.Contains("10.77.0.2 was not collected, by a fault of this program: It is too large.", said, StringComparison.Ordinal);
        }
        finally
        {
            server.Writer.Refuse = _ => null;
        }
    }

    [Fact]
    public async Task A_device_whose_reading_breaks_is_its_own_failure()
    {
        // A plan that an earlier version stored: with the context of a VLAN these are more octets than a message holds.
        string community = new('c', 254);
        Ipv4Address address = Ipv4Address.Parse("10.77.6.1");
        SnmpAgent agent = HostileAgents.Agent(address, community: community);
        await using var loopback = new AgentOnLoopback(agent, server.EndPointOf(address));
        const string credentials = $"{Api}/global-credential/snmpv2-read-community";
        Answer stored = await server.PostAsync(credentials, new[] { new { readCommunity = "public" } });
        string credential = (await server.EndOfTaskAsync(stored.Response["taskId"]!.GetValue<string>()))["progress"]!.GetValue<string>();
        var access = new InlineAccess(community, null, null, null, null, null, null);
        var plan = new DiscoveryPlan("long community", DiscoveryKind.MultiRange, $"10.77.0.1-10.77.0.3,{address}-{address}")
        {
            TimeoutSeconds = 1,
            CredentialIds = [credential],
            ProtectedAccess = Convert.ToBase64String(server.Service<Secrets>().Seal(access).AsSpan()),
            Shown = "{}",
        };
        TaskRecord created = await server.Service<Discoveries>().CreateAsync(plan, "admin", default);
        string id = (await server.EndOfTaskAsync(created.Id.ToString()))["progress"]!.GetValue<string>();

        JsonNode[] jobs = await JobsAsync(id);
        Assert.Equal(["SUCCESS", "SUCCESS", "SUCCESS", "FAILURE"], jobs.Select(job => job["snmpStatus"]!.GetValue<string>()));
        Assert.Contains("longer than 255 octets", jobs[3].ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("discovery", """{"name":"x","discoveryType":"Single","ipAddressList":"10.1.10.1","snmpROCommunity":"SECRET"}""")]
    [InlineData("discovery", """{"name":"x","discoveryType":"Single","ipAddressList":"10.1.10.1","snmpRWCommunity":"SECRET"}""")]
    [InlineData("global-credential/snmpv2-read-community", """[{"readCommunity":"SECRET"}]""")]
    [InlineData("global-credential/snmpv2-write-community", """[{"writeCommunity":"SECRET"}]""")]
    [InlineData("network-device", """{"ipAddress":["10.1.10.1"],"snmpVersion":"v2","snmpROCommunity":"SECRET"}""")]
    public async Task A_community_that_leaves_no_room_for_a_vlan_is_refused(string path, string body)
    {
        string community = new string('c', 249) + "é"; // 251 octets
        Answer refused = await server.PostTextAsync($"{Api}/{path}", body.Replace("SECRET", community, StringComparison.Ordinal));
        Assert.Equal(400, refused.Status);
        Assert.Contains("at most 250 octets", refused.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("ccc", refused.Text, StringComparison.Ordinal);
    }

    private static bool IsOfADiscovery(Write write) => write is SaveDevice or SaveDiscoveryJobs or SetDiscoveryCondition;

    private async Task<JsonNode[]> JobsAsync(string id)
    {
        Assert.Equal("Complete", await ConditionAsync(id));
        return await server.JobsAsync(id);
    }

    private async Task<string> ConditionAsync(string id)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (true)
        {
            string condition = (await server.OkAsync($"{Api}/discovery/{id}"))["discoveryCondition"]!.GetValue<string>();
            if (condition is "Complete" or "Aborted") return condition;
            await Task.Delay(20, patience.Token);
        }
    }

    /// <summary>With a writer that tests script.</summary>
    public sealed class ScriptedServer : HostileServer
    {
        public ScriptedServer()
        {
            Action<IServiceCollection>? services = Services;
            Services = collection =>
            {
                services?.Invoke(collection);
                Writer.Wrap(collection);
            };
        }

        internal ScriptedWriter Writer { get; } = new();
    }
}
