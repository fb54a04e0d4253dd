using System.Net;
using System.Net.Sockets;
using System.Text;
using Towpath.Network;
using Towpath.Snmp;
using Towpath.Snmp.Tests;

namespace Towpath.Server.Tests;

/// <summary>Answers that are not ours to take: none is taken, and each kind has its own reason.</summary>
[Collection(HostileDiscovery.Name)]
public sealed class WrongAnswerTests(HostileServer server)
{
    [Fact]
    public async Task Nothing_answers()
    {
        Found found = await server.DiscoverAsync(HostileAgents.Address(20));

        Assert.Equal("FAILURE", found.Outcome);
        BrokenTableTests.AssertReason(found, "No SNMP answer from", "2 attempts of at most 1 s", "wrong community");
    }

    [Fact]
    public async Task Truncated_datagrams()
    {
        SnmpAgent agent = HostileAgents.Agent(HostileAgents.Address(21));
        Found found = await server.DiscoverAsync(21, request => [.. AgentOnLoopback.Answer(agent, request).Select(answer => answer[..^7])]);

        Assert.Equal("FAILURE", found.Outcome);
        BrokenTableTests.AssertReason(found, "no whole SNMP message");
    }

    /// <summary>Anybody can send that, so the address counts as silent: it is told beside the reason of the silence.</summary>
    [Fact]
    public async Task Another_request_id()
    {
        Found found = await server.DiscoverAsync(22, datagram =>
        {
            if (!CommunityMessage.TryRead(datagram, out _)) return []; // who is silent is asked for its engine id
            var request = new Script(datagram);
            return [new Script(datagram) { RequestId =
                request.RequestId ^ 256 }.Answer([.. request.Names.Select(name => new VarBind(name, SnmpValue.Text("mine")))])];
        });

        Assert.Equal("FAILURE", found.Outcome);
        BrokenTableTests.AssertReason(found, "No SNMP answer from", "request-id that was not asked", "which anybody can");
        Assert.Null(found.Device);
    }

    [Fact]
    public async Task Another_community() =>
        await RefusedAsync(23, request => new Script(request.Datagram) { Community = Encoding.ASCII.GetBytes("private") },
            "answers with another community than it was asked with", "SNMP proxy");

    [Fact]
    public async Task Another_version() =>
        await RefusedAsync(24, request => new Script(request.Datagram) { Version = SnmpVersion.V1 },
            "was asked with SNMPv2c and answers in SNMPv1", "Ask it in that version");

    [Fact]
    public async Task Another_port() =>
        await FromElsewhereAsync(25, new IPEndPoint(server.EndPointOf(HostileAgents.Address(25)).Address, 0));

    [Fact]
    public async Task Another_address() => await FromElsewhereAsync(26, new IPEndPoint(IPAddress.Parse("127.77.9.26"), 0));

    private async Task RefusedAsync(int number, Func<Script, Script> change, params string[] reason)
    {
        Found found = await server.DiscoverScriptAsync(number,
            request => change(request).Answer([.. request.Names.Select(name => new VarBind(name, SnmpValue.Text("mine")))]));

        Assert.Equal("FAILURE", found.Outcome);
        BrokenTableTests.AssertReason(found, reason);
        Assert.Null(found.Device);
    }

    private async Task FromElsewhereAsync(int number, IPEndPoint elsewhere)
    {
        using var other = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        other.Bind(elsewhere);
        Ipv4Address address = HostileAgents.Address(number);
        SnmpAgent agent = HostileAgents.Agent(address);
        await using var loopback = new AgentOnLoopback(async (_, request, from) =>
        {
            foreach (byte[] answer in AgentOnLoopback.Answer(agent, request)) await other.SendToAsync(answer, from);
        }, server.EndPointOf(address));
        Found found = await server.DiscoverAsync(address);

        Assert.Equal("FAILURE", found.Outcome);
        BrokenTableTests.AssertReason(found, "are answered from", other.LocalEndPoint!.ToString()!, "Discover the device at that address");
    }
}
