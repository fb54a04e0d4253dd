using System.Buffers.Binary;
using Towpath.Network;

namespace Towpath.Simulator;

/// <summary>What routers hash.</summary>
internal readonly record struct FiveTuple(Ipv4Address Source, Ipv4Address Destination, byte Protocol, ushort SourcePort,
    ushort DestinationPort)
{
    public FiveTuple Reply => new(Destination, Source, Protocol, DestinationPort, SourcePort);
}

/// <summary>
/// A router's choice among equal-cost next hops: FNV-1a over seed and 5-tuple, finished with a 64-bit mix so that its low bits are good.
/// </summary>
internal static class FlowHash
{
    public static int Choose(uint seed, in FiveTuple flow, int choices)
    {
        Span<byte> octets = stackalloc byte[17];
        BinaryPrimitives.WriteUInt32BigEndian(octets, seed);
        BinaryPrimitives.WriteUInt32BigEndian(octets[4..], flow.Source.Bits);
        BinaryPrimitives.WriteUInt32BigEndian(octets[8..], flow.Destination.Bits);
        octets[12] = flow.Protocol;
        BinaryPrimitives.WriteUInt16BigEndian(octets[13..], flow.SourcePort);
        BinaryPrimitives.WriteUInt16BigEndian(octets[15..], flow.DestinationPort);

        ulong hash = 0xcbf29ce484222325;
        foreach (byte octet in octets) hash = (hash ^ octet) * 0x100000001b3;
        hash ^= hash >> 33;
        hash *= 0xff51afd7ed558ccd;
        hash ^= hash >> 33;
        return (int)(hash % (ulong)choices);
    }
}
