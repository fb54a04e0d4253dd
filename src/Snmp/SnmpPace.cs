namespace Towpath.Snmp;

/// <summary>
/// How many datagrams a second are sent to addresses that have not answered yet, first ones and repetitions: a search must not flood a
/// network, nor the routers that look for each silent address (ARP). An address that has answered is not paced. One object is one limit:
/// all targets that name it share it. Thread safe.
/// </summary>
public sealed class SnmpPace
{
    /// <summary>Where nobody says anything else.</summary>
    public const int UsualPerSecond = 200, UsualPerSubnet = 20;

    /// <param name="perSecond">In any second, over all addresses; 1 or more.</param>
    /// <param name="perSubnet">In any second, to the addresses of one /24 (IPv6: /64); 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"/>
    public SnmpPace(int perSecond = UsualPerSecond, int perSubnet = UsualPerSubnet)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(perSecond, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(perSubnet, 1);
        PerSecond = perSecond;
        PerSubnet = perSubnet;
        Pacer = new Pacer(perSecond, perSubnet);
    }

    private SnmpPace() => (PerSecond, PerSubnet) = (int.MaxValue, int.MaxValue);

    /// <summary>No limit: for simulated devices and measurements.</summary>
    public static SnmpPace Unlimited { get; } = new();

    public int PerSecond { get; }

    public int PerSubnet { get; }

    /// <summary>Null where there is no limit.</summary>
    internal Pacer? Pacer { get; }
}
