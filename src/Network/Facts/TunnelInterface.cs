namespace Towpath.Network;

/// <summary>An interface that is a tunnel: tunnelIfTable (TUNNEL-MIB, RFC 4087).</summary>
/// <param name="Local">Outer source; default when it is not set or no IPv4 address.</param>
/// <param name="Remote">Outer destination; default for a tunnel with many ends.</param>
/// <param name="Encapsulation">tunnelIfEncapsMethod (IANAtunnelType): 1 other, 2 direct (IP in IP), 3 GRE, 4 minimal, 5 L2TP; 0 when not told.</param>
public readonly record struct TunnelInterface(IfIndex Interface, Ipv4Address Local, Ipv4Address Remote, int Encapsulation);
