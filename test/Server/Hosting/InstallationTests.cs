using System.Text.Json.Nodes;
using Towpath.Inventory;
using Towpath.Network;

namespace Towpath.Server.Tests;

/// <summary>The tenant of every resource is the installation.</summary>
public sealed class InstallationTests : IDisposable
{
    private const string Catalyst = "/dna/intent/api/v1";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("towpath-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Every_resource_has_one_tenant_that_a_restart_keeps_and_no_other_installation_has()
    {
        string tenant = await TenantAsync(new ServerOn(_folder.FullName));
        Assert.Matches("^[0-9a-f]{16}$", tenant);
        Assert.Equal(tenant, await TenantAsync(new ServerOn(_folder.FullName)));
        Assert.NotEqual(tenant, await TenantAsync(new TestServer()));
    }

    /// <summary>What all resources of a server agree on; the server is stopped then.</summary>
    private static async Task<string> TenantAsync(TestServer server)
    {
        try
        {
            await server.InitializeAsync();
            await server.Service<Devices>().SaveAsync([Switch()], default);
            await server.Service<Devices>().UpToDateAsync(default);
            Answer accepted = await server.PostAsync($"{Catalyst}/global-credential/snmpv2-read-community",
                new[] { new { readCommunity = "public" } });
            string task = accepted.Response["taskId"]!.GetValue<string>();
            await server.EndOfTaskAsync(task);
            JsonNode[] resources =
            [
                (await server.GetAsync($"{Catalyst}/task/{task}")).Response,
                (await server.GetAsync($"{Catalyst}/task/{task}/tree")).Response[0]!,
                (await server.GetAsync($"{Catalyst}/network-device")).Response[0]!,
                (await server.GetAsync($"{Catalyst}/interface")).Response[0]!,
                (await server.GetAsync($"{Catalyst}/global-credential?credentialSubType=SNMPV2_READ_COMMUNITY")).Response[0]!,
                (await server.GetAsync($"{Catalyst}/snmp-property")).Response[0]!,
            ];
            return Assert.Single(resources.Select(resource => (string?)resource["instanceTenantId"]).Distinct())!;
        }
        finally
        {
            await server.DisposeAsync();
        }
    }

    private static CollectedDevice Switch() => new(
        Ipv4Address.Parse("192.0.2.1"),
        new DeviceSnapshot
        {
            Identity = DeviceIdentity.Nobody with { SysName = "switch" },
            CollectedAt = DateTimeOffset.UnixEpoch,
            Interfaces =
            [
                new Interface
                {
                    Index = new IfIndex(1),
                    Name = "port1",
                    ShortName = "port1",
                    Type = 6,
                    AdminUp = true,
                    OperUp = true,
                    SpeedBitsPerSecond = 1_000_000_000,
                    Mtu = 1500,
                },
            ],
        },
        new AccessSettings(new DeviceCredential.SnmpV2c("public"), null, 3, TimeSpan.FromSeconds(60)));

    private sealed class ServerOn(string folder) : TestServer
    {
        protected override TowpathServerOptions Configure(TowpathServerOptions options) => options with { DataFolder = folder };
    }
}
