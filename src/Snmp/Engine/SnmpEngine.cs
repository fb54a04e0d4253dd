using System.Net;
using System.Net.Sockets;

namespace Towpath.Snmp;

/// <summary>
/// SNMP requests to any number of agents over one UDP socket (and one for IPv6 once an IPv6 agent is asked). Thread safe.
/// </summary>
public sealed class SnmpEngine : IAsyncDisposable
{
    private readonly SnmpEngineOptions _options;
    private readonly Counters _counters = new();
    private readonly ExchangeTable _exchanges;
    private readonly DeviceTable _devices = new();
    private readonly KnownAgents _agents = new();
    private readonly LocalizedKeys _keys = new();
    private readonly UdpTransport _ipv4;
    private readonly Lazy<UdpTransport> _ipv6;

    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="SocketException">This host gives us no socket.</exception>
    public SnmpEngine(SnmpEngineOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.RequestsInFlightPerDevice, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.RequestsInFlightPerDevice, 64);
        _options = options;
        _exchanges = new ExchangeTable(options.Time, _counters);
        _ipv4 = OpenTransport(AddressFamily.InterNetwork);
        _ipv6 = new Lazy<UdpTransport>(() => OpenTransport(AddressFamily.InterNetworkV6));
    }

    internal Action<string>? Notice => _options.Notice;

    public SnmpEngineStatistics Statistics => _counters.Read();

    /// <summary>
    /// A session costs nothing until it is used and needs no end. Sessions to one end point share its turn, its round trip and its v3
    /// engine.
    /// </summary>
    /// <exception cref="ArgumentException">The target cannot be spoken to: a name or community too long, a v3 credential without a
    /// password.</exception>
    public ISnmpSession Open(SnmpTarget target)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(target.Timeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(target.Retries, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(target.Retries, SnmpTarget.MaxRetries);
        if (target.Barred is { } reason) return new BarredSession(target, reason);
        MessageSecurity security = target.Credential switch
        {
            SnmpCredential.V1 v1 => new CommunitySecurity(SnmpVersion.V1, v1.Community),
            SnmpCredential.V2c v2 => new CommunitySecurity(SnmpVersion.V2c, v2.Community),
            SnmpCredential.V3 v3 => new UserSecurity(v3, target.Context, _keys, _options.Time),
            _ => throw new ArgumentException($"{target.Credential} is no SNMP credential.", nameof(target)),
        };
        Device device = _devices.GetOrAdd(target.EndPoint, () => Reach(target.EndPoint));
        return new SnmpSession(this, _exchanges, device, security, target, (target.Pace ?? _options.Pace).Pacer);
    }

    /// <summary>Whatever still waits ends with an <see cref="ObjectDisposedException"/>.</summary>
    public ValueTask DisposeAsync()
    {
        _exchanges.Dispose();
        _ipv4.Dispose();
        if (_ipv6.IsValueCreated) _ipv6.Value.Dispose();
        return ValueTask.CompletedTask;
    }

    private Device Reach(IPEndPoint endPoint)
    {
        IPEndPoint routed = _options.Route?.Invoke(endPoint) ?? endPoint;
        UdpTransport transport = routed.AddressFamily == AddressFamily.InterNetworkV6 ? _ipv6.Value : _ipv4;
        return new Device(transport, routed.Serialize(), _options.RequestsInFlightPerDevice, _agents);
    }

    private UdpTransport OpenTransport(AddressFamily family)
    {
        byte[] scratch = new byte[UdpTransport.MaxDatagramOctets + 16]; // one thread receives, so one buffer
        return new UdpTransport(family, (datagram, from) =>
        {
            Reception reception = MessageId.TryRead(datagram, out int id)
                ? _exchanges.Receive(id, datagram, from, scratch) : Reception.Unreadable;
            // Without an id that waits, only the sender's address tells whom it concerns.
            if (reception is Reception.Unreadable or Reception.Unexpected && _devices.FindBySource(from) is { } device)
                device.Noise = reception == Reception.Unreadable ? Misfit.Unreadable : Misfit.OtherId;
            _counters.Count(reception); // last: who sees the count sees what came of the datagram
        });
    }
}
