using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Towpath.Network;
using Towpath.Snmp;

namespace Towpath.Scale.Bench;

/// <summary>Small devices on loopback addresses, each of which does one request after the other and takes its time for it.</summary>
internal sealed class DelayedAgents : IAsyncDisposable
{
    private readonly List<Socket> _sockets = [];
    private readonly List<Task> _serving = [];
    private readonly CancellationTokenSource _stop = new();

    /// <param name="port">0: a free one.</param>
    // a free port there is nearly always free on the others
    public DelayedAgents(int port = 0) => Port = Bind(Ipv4Address.Parse("127.0.0.1"), port);

    public int Port { get; }

    /// <param name="address">Mapped to loopback.</param>
    /// <param name="invents">It invents rows, see <see cref="InventedRows"/>.</param>
    /// <param name="kind">Agents of one kind describe themselves alike.</param>
    public void Add(Ipv4Address address, TimeSpan delay, bool invents = false, int kind = 0)
    {
        Bind(new Ipv4Address((address.Bits & 0xff_ffff) | 0x7f00_0000), Port);
        _serving.Add(ServeAsync(_sockets[^1], AgentOf(address, invents, kind), delay, _stop.Token));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_serving);
        foreach (Socket socket in _sockets) socket.Dispose();
        _stop.Dispose();
    }

    private int Bind(Ipv4Address address, int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        _sockets.Add(socket);
        socket.Bind(new IPEndPoint(address.ToIPAddress(), port));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private static SnmpAgent AgentOf(Ipv4Address address, bool invents, int kind)
    {
        ObjectIdentifier system = ObjectIdentifier.Parse("1.3.6.1.2.1.1"), port = ObjectIdentifier.Parse("1.3.6.1.2.1.2.2.1");
        var view = new SortedMibView([
            new(system.Append(1, 0), SnmpValue.Text(string.Create(CultureInfo.InvariantCulture, $"An agent that takes its time, {kind}"))),
            new(system.Append(3, 0), SnmpValue.TimeTicks(100)),
            new(system.Append(5, 0), SnmpValue.Text(string.Create(CultureInfo.InvariantCulture, $"device-{address.Bits:x}"))),
            .. Enumerable.Range(1, 8)
                .SelectMany(number =>
                new VarBind[] { new(port.Append(1, (uint)number), SnmpValue.Int(number)),
                new(port.Append(2, (uint)number), SnmpValue.Text($"Ethernet{number}")) }),
        ]);
        IMibView shown = invents ? new InventedRows(view) : view;
        return new SnmpAgent(new SnmpAgentOptions { EngineId = [0x80, 0, 0x1f, 0x88, 5], Time = TimeProvider.System,
            ByCommunity = _ => shown });
    }

    private static async Task ServeAsync(Socket socket, SnmpAgent agent, TimeSpan delay, CancellationToken cancellationToken)
    {
        byte[] request = new byte[1_500], response = new byte[1_500];
        var from = new SocketAddress(AddressFamily.InterNetwork);
        try
        {
            while (true)
            {
                int length = await socket.ReceiveFromAsync(request, SocketFlags.None, from, cancellationToken);
                if (delay > TimeSpan.Zero) await Task.Delay(delay, cancellationToken);
                await socket.SendToAsync(response.AsMemory(0, agent.Respond(request.AsSpan(0, length), response)), SocketFlags.None, from,
                    cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
        }
    }
}
