using System.Collections.Immutable;
using Towpath.Network;
using Towpath.Simulator;
using Towpath.Snmp;
using Towpath.Snmp.Tests;

namespace Towpath.Server.Tests;

/// <summary>
/// One small switch at an address of its own, answering in its own way. Each case has its own last octet, so that no case meets the device
/// of another.
/// </summary>
internal static class HostileAgents
{
    public static Ipv4Address Address(int number) => Ipv4Address.Parse($"10.77.1.{number}");

    /// <summary>A decent agent; <paramref name="twist"/> changes what it shows.</summary>
    public static SnmpAgent Agent(
        Ipv4Address address, Func<IMibView, IMibView>? twist = null, ImmutableArray<SnmpCredential.V3>? users = null, int boots = 1,
        byte engine = 1, int maxResponse = 1_472, string community = "public")
    {
        SimulatedDevice device = SmallSwitches.At(address);
        return new SnmpAgent(new SnmpAgentOptions
        {
            EngineId = [0x80, 0, 0x1f, 0x88, 5, (byte)address.Bits, engine, 0, 0, 0, 0, 0],
            EngineBoots = boots,
            Time = TimeProvider.System,
            ByCommunity = ByCommunity,
            ByContext = View,
            Users = users ?? [AgentHostOptions.DemoUser],
            MaxResponseOctets = maxResponse,
        });

        IMibView? ByCommunity(string asked)
        {
            if (asked == community) return View("");
            return asked.StartsWith($"{community}@", StringComparison.Ordinal) ? View($"vlan-{asked[(community.Length + 1)..]}") : null;
        }

        IMibView? View(string context) => device.View(context) is { } view ? twist?.Invoke(view) ?? view : null;
    }

    /// <summary>Discovers a device that shows what <paramref name="twist"/> makes of a decent one's view.</summary>
    public static async Task<Found> DiscoverViewAsync(this HostileServer server, int number, Func<IMibView, IMibView> twist)
    {
        SnmpAgent agent = Agent(Address(number), twist);
        return await server.DiscoverAsync(number, request => AgentOnLoopback.Answer(agent, request));
    }

    /// <summary>Discovers a device whose datagrams <paramref name="answer"/> makes.</summary>
    public static async Task<Found> DiscoverAsync(this HostileServer server, int number, DatagramAnswerer answer, object? access = null)
    {
        await using var loopback = new AgentOnLoopback(answer, server.EndPointOf(Address(number)));
        return await server.DiscoverAsync(Address(number), access);
    }

    /// <summary>Discovers a decent device whose answers to v2c requests are replaced where <paramref name="answer"/> is not null.</summary>
    public static Task<Found> DiscoverScriptAsync(this HostileServer server, int number, Func<Script, byte[]?> answer)
    {
        SnmpAgent agent = Agent(Address(number));
        return server.DiscoverAsync(number,
            request => answer(new Script(request)) is { } wrong ? [wrong] : AgentOnLoopback.Answer(agent, request));
    }
}
