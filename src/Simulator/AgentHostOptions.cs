using System.Collections.Immutable;
using Towpath.Network;
using Towpath.Snmp;

namespace Towpath.Simulator;

/// <summary>Where simulated devices answer, and to whom.</summary>
public sealed record AgentHostOptions
{
    public const int DefaultPort = 10161;

    /// <summary>UDP port of every address, 1..65535: one for all, so it cannot be left to the system.</summary>
    public int Port { get; init; } = DefaultPort;

    /// <summary>From a device's own address to the one it answers on, inside 127.0.0.0/8. Default: the first octet becomes 127.</summary>
    public Func<Ipv4Address, Ipv4Address> MapAddress { get; init; } = ToLoopback;

    /// <summary>v1 and v2c. A VLAN's context is reached by <c>COMMUNITY@N</c>.</summary>
    public string Community { get; init; } = "public";

    /// <summary>
    /// v3. Default: user <c>towpath</c>, SHA-256 and AES-128, with passwords that everybody knows: they are in docs/network-description.md.
    /// </summary>
    public ImmutableArray<SnmpCredential.V3> Users { get; init; } = [DemoUser];

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The same address with 127 as its first octet.</summary>
    public static Ipv4Address ToLoopback(Ipv4Address address) => new(address.Bits & 0x00ff_ffff | 127u << 24);

    /// <summary>The v3 user of the demo.</summary>
    public static SnmpCredential.V3 DemoUser { get; } = new("towpath", AuthProtocol.Sha256, "towpath-auth-demo", PrivProtocol.Aes128,
        "towpath-priv-demo");
}
