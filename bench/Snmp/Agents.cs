using System.Net;
using System.Net.Sockets;
using Towpath.Network;
using Towpath.Simulator;

namespace Towpath.Snmp.Bench;

/// <summary>
/// The devices that are walked, in a process of their own: all with one table of one column. A second set of the same addresses, on the
/// next port, loses requests.
/// </summary>
internal static class Agents
{
    /// <summary>vmVlan (CISCO-VLAN-MEMBERSHIP-MIB): small integers, an identifier of sixteen numbers with the index.</summary>
    public static readonly ObjectIdentifier Column = ObjectIdentifier.Parse("1.3.6.1.4.1.9.9.68.1.2.2.1.2");

    private const double Loss = 0.01;

    public static IPAddress AddressOf(int device) => new([127, 60, (byte)(device / 200), (byte)(1 + device % 200)]);

    /// <summary>Prints its port and serves until its input ends.</summary>
    public static async Task ServeAsync(int devices, int rows)
    {
        var view = new SortedMibView(Enumerable.Range(1, rows)
            .Select(row => new VarBind(Column.Append((uint)row), SnmpValue.Int(row % 4094))));
        int port = FreePort();
        await using AgentHost sound = Start(devices, port, _ => view);
        var chance = new Random(1);
        await using AgentHost lossy = Start(devices, port + 1, _ => Lost(chance) ? null : view);
        Console.WriteLine(port);
        await Console.In.ReadLineAsync();
    }

    /// <summary>No view, no answer: to whoever asked the request is lost.</summary>
    private static bool Lost(Random chance)
    {
        lock (chance) return chance.NextDouble() < Loss;
    }

    private static AgentHost Start(int devices, int port, Func<string, IMibView?> view) => AgentHost.Start(
        Enumerable.Range(0, devices).Select(device => new SimulatedDevice($"device-{device}", [Ipv4Address.From(AddressOf(device))], view)),
        new AgentHostOptions { Port = port, MapAddress = address => address });

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
