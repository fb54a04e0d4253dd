using System.Collections.Immutable;
using Towpath.Network;

namespace Towpath.Simulator;

/// <summary>
/// A network of any size up to <see cref="MostDevices"/>, for measurements: pods of access switches below one or two distribution switches
/// each, all of these joined to every core router, equal-cost routes, and hosts that everybody concerned has resolved and learned. The same
/// numbers give the same network. A device's tables are made when somebody asks for them and let go again, so ten thousand devices cost
/// little more than their sockets. Answers on management addresses only.
/// </summary>
public sealed class GeneratedNetwork
{
    /// <summary>Two core routers, a pod of two distribution switches, one access switch.</summary>
    public const int FewestDevices = 5;

    /// <summary>The most that the addresses of 10.0.0.0/8 are enough for.</summary>
    public const int MostDevices = 12_000;

    private readonly GeneratedPlan _plan;

    /// <exception cref="ArgumentOutOfRangeException">There cannot be so many devices.</exception>
    public GeneratedNetwork(int devices, ulong seed, TimeProvider time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(devices, FewestDevices);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(devices, MostDevices);
        _plan = new GeneratedPlan(devices, seed);
        var agents = new GeneratedAgents(_plan, time);
        Devices = [.. Enumerable.Range(0, devices).Select(agents.Agent)];
    }

    /// <summary>Core routers first, then pod by pod.</summary>
    public ImmutableArray<SimulatedDevice> Devices { get; }

    /// <summary>Every host's address, by access switch.</summary>
    public IEnumerable<Ipv4Address> Hosts =>
        from access in _plan.AllAccess
        from number in Enumerable.Range(1, _plan.HostCount(access))
        select _plan.HostAddress(access, number);
}
