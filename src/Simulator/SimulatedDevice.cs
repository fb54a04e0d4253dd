using System.Collections.Immutable;
using Towpath.Network;
using Towpath.Snmp;

namespace Towpath.Simulator;

/// <summary>A device that can be asked.</summary>
/// <param name="Addresses">It answers on every one of them, each mapped to a loopback address.</param>
/// <param name="View">What it shows in a context: <c>""</c>, or <c>vlan-600</c> for one VLAN. Null: there is no such context. Thread
/// safe.</param>
public sealed record SimulatedDevice(string Name, ImmutableArray<Ipv4Address> Addresses, Func<string, IMibView?> View)
{
    /// <summary>
    /// Entries of its recording that could not be understood and are not served, as <c>edge-1.walk line 17: reason</c>; else empty.
    /// </summary>
    public ImmutableArray<string> Unread { get; init => field = value.IsDefault ? [] : value; } = [];
}
