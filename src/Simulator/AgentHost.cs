using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Towpath.Network;
using Towpath.Snmp;

namespace Towpath.Simulator;

/// <summary>
/// Simulated devices as SNMP agents on loopback: one socket an address, so that each answer comes from the address that was asked. No
/// threads of its own; an idle address costs a socket and one pending receive.
/// </summary>
public sealed class AgentHost : IAsyncDisposable
{
    private const int MaxResponse = 1472;
    private readonly ImmutableArray<Socket> _sockets;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _receiving;

    private AgentHost(int port, List<(Socket Socket, SnmpAgent Agent)> agents)
    {
        Port = port;
        _sockets = [.. agents.Select(a => a.Socket)];
        _receiving = Task.WhenAll(agents.Select(a => ServeAsync(a.Socket, a.Agent, _stop.Token)));
    }

    public int Port { get; }

    /// <summary>How many addresses answer.</summary>
    public int AddressCount => _sockets.Length;

    /// <summary>Binds every address and begins to answer.</summary>
    /// <exception cref="ArgumentException">An address maps outside of 127.0.0.0/8, or those of two devices map to one.</exception>
    /// <exception cref="SocketException">An address cannot be bound, for instance because the port is in use; nothing is left
    /// bound.</exception>
    public static AgentHost Start(IEnumerable<SimulatedDevice> devices, AgentHostOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Port, 1, nameof(options));
        var agents = new List<(Socket, SnmpAgent)>();
        var owners = new Dictionary<Ipv4Address, string>();
        try
        {
            foreach (SimulatedDevice device in devices)
            {
                SnmpAgent agent = AgentOf(device, options);
                foreach (Ipv4Address address in device.Addresses)
                {
                    Ipv4Address mapped = options.MapAddress(address);
                    if (!mapped.IsLoopback)
                        throw new ArgumentException(
                            $"{address} of {device.Name} maps to {mapped}; simulated devices answer inside 127.0.0.0/8 only.",
                            nameof(options));
                    // Two addresses of one device may become one: it answers there all the same.
                    if (owners.TryGetValue(mapped, out string? owner) && owner == device.Name) continue;
                    if (!owners.TryAdd(mapped, device.Name))
                        throw new ArgumentException($"{address} of {device.Name} maps to {mapped}, where {owner} answers already.",
                            nameof(options));
                    agents.Add((Bind(new IPEndPoint(mapped.ToIPAddress(), options.Port)), agent));
                }
            }
        }
        catch
        {
            foreach ((Socket socket, SnmpAgent _) in agents) socket.Dispose();
            throw;
        }
        return new AgentHost(options.Port, agents);
    }

    public async ValueTask DisposeAsync()
    {
        if (_stop.IsCancellationRequested) return;
        await _stop.CancelAsync();
        await _receiving;
        foreach (Socket socket in _sockets) socket.Dispose();
        _stop.Dispose();
    }

    private static SnmpAgent AgentOf(SimulatedDevice device, AgentHostOptions options) => new(new SnmpAgentOptions
    {
        // SnmpEngineID (RFC 3411): enterprise 8072, whose agents are the ones known to be tested with, and format 5, octets: a digest of
        // the name.
        EngineId = [0x80, 0x00, 0x1f, 0x88, 0x05, .. SHA256.HashData(Encoding.UTF8.GetBytes(device.Name)).AsSpan(0, 12)],
        Time = options.Time,
        ByCommunity = community => Context(community, options.Community) is { } context ? device.View(context) : null,
        Users = options.Users,
        ByContext = device.View,
        MaxResponseOctets = MaxResponse,
    });

    /// <summary><c>public</c> is the default context, <c>public@600</c> that of a VLAN; null for any other community.</summary>
    private static string? Context(string given, string community)
    {
        if (given == community) return "";
        if (!given.StartsWith(community, StringComparison.Ordinal) || given[community.Length] != '@') return null;
        return int.TryParse(given.AsSpan(community.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int vlan)
            ? string.Create(CultureInfo.InvariantCulture, $"vlan-{vlan}") : null;
    }

    private static Socket Bind(IPEndPoint endPoint)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            socket.Bind(endPoint);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task ServeAsync(Socket socket, SnmpAgent agent, CancellationToken cancellationToken)
    {
        // A small buffer waits with each socket: requests are short, and thousands of addresses wait at a time. A longer one is cut and
        // then unreadable.
        byte[] request = new byte[1500];
        byte[] response = [];
        var from = new SocketAddress(AddressFamily.InterNetwork);
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                int length = await socket.ReceiveFromAsync(request, SocketFlags.None, from, cancellationToken);
                if (response.Length == 0) response = new byte[MaxResponse];
                int answer = agent.Respond(request.AsSpan(0, length), response);
                if (answer > 0) await socket.SendToAsync(response.AsMemory(0, answer), SocketFlags.None, from, cancellationToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (SocketException)
            {
                // A datagram that could not be received or sent is lost, as on any network; the next one is served.
            }
        }
    }
}
