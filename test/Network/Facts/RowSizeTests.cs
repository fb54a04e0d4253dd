using System.Runtime.CompilerServices;

namespace Towpath.Network.Tests;

/// <summary>What a row takes in memory: a network has tens of millions of these.</summary>
public sealed class RowSizeTests
{
    [Fact]
    public void A_route_takes_24_octets() => Assert.Equal(24, Unsafe.SizeOf<Route>());

    [Fact]
    public void An_address_resolved_takes_18_octets() => Assert.Equal(18, Unsafe.SizeOf<ArpEntry>());

    [Fact]
    public void A_learned_address_takes_16_octets() => Assert.Equal(16, Unsafe.SizeOf<FdbEntry>());
}
