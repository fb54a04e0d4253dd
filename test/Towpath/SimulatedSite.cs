using Towpath.Network;
using Towpath.Server;
using Towpath.Simulator;

namespace Towpath.Commands.Tests;

/// <summary>Simulated devices in 10.0.0.0/8, and a server that a tool has logged in to and that has discovered them.</summary>
internal sealed class SimulatedSite : IAsyncDisposable
{
    public const string Password = "correct horse";
    private readonly AgentHost _agents;
    private readonly RunningServer _server;

    private SimulatedSite(AgentHost agents, RunningServer server) => (_agents, _server) = (agents, server);

    public Uri Url => _server.HttpUrl!;

    /// <param name="addresses">What is discovered, as the command takes it.</param>
    public static async Task<SimulatedSite> StartAsync(Tool tool, IEnumerable<SimulatedDevice> devices, string addresses,
        TimeProvider time)
    {
        AgentHost agents = AgentHost.Start(devices, new AgentHostOptions { Port = FreePort.Udp() });
        RunningServer server = await TowpathServer.StartAsync(
            new TowpathServerOptions
            {
                DataFolder = tool.DataFolder,
                HttpPort = -1,
                HttpsPort = -1,
                AdminPassword = Password,
                SnmpPort = agents.Port,
                AddressMap = [(Prefix.Parse("10.0.0.0/8"), Prefix.Parse("127.0.0.0/8"))],
                Time = time,
            },
            CancellationToken.None);
        Assert.Equal(0, (await tool.RunAsync([], Password, ["login", server.HttpUrl!.ToString()])).Code);
        Ended found = await tool.RunAsync("discover", addresses, "--community", "public");
        Assert.True(found.Code == 0, found.Output + found.Error);
        return new SimulatedSite(agents, server);
    }

    /// <summary>No device answers any more.</summary>
    public ValueTask SilenceAsync() => _agents.DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _agents.DisposeAsync();
    }
}
