using Towpath.Network;

namespace Towpath.Discovery;

/// <summary>
/// Which addresses a run still has to ask. A crawl counts levels from the seeds: 0 is a seed, 1 its neighbors. An address that turns out
/// to be nearer than it was first seen carries its neighbors nearer too. Not thread safe.
/// </summary>
internal sealed class Frontier(DiscoveryScope scope, int maxLevel)
{
    private readonly Dictionary<Ipv4Address, int> _levels = [];
    private readonly Queue<Ipv4Address> _waiting = [];
    private readonly HashSet<Ipv4Address> _owned = [];
    private readonly Dictionary<Ipv4Address, Ipv4Address[]> _announced = [];
    private readonly List<Prefix> _seedSubnets = [];

    /// <summary>Adds what the scope names.</summary>
    public void AddGiven()
    {
        foreach (Ipv4Address address in scope.Given()) Reach(address, 0);
    }

    /// <summary>The next address to ask; null when none waits now.</summary>
    public Ipv4Address? Next() => _waiting.TryDequeue(out Ipv4Address address) ? address : null;

    /// <summary>True when the address belongs to a device that was collected by another of its addresses.</summary>
    public bool IsOwned(Ipv4Address address) => _owned.Contains(address);

    /// <summary>Takes in what a device said, and reaches its neighbors.</summary>
    public void Collected(Ipv4Address askedAt, DeviceSnapshot device)
    {
        foreach (InterfaceAddress own in device.Addresses) _owned.Add(own.Address);
        if (!scope.Kind.IsCrawl()) return;

        int level = _levels[askedAt];
        if (level == 0) _seedSubnets.AddRange(device.Addresses.Where(own => !own.Address.IsLoopback).Select(own => own.Subnet));
        _announced[askedAt] = [.. Neighbors(device).Where(address => scope.AllowsAnnounced(address, _seedSubnets)).Distinct()];
        ReachNeighbors(askedAt, level);
    }

    private IEnumerable<Ipv4Address> Neighbors(DeviceSnapshot device) => scope.Kind == DiscoveryKind.Cdp
        ? device.CdpNeighbors.Select(neighbor => neighbor.Address)
        : device.LldpNeighbors.SelectMany(neighbor => neighbor.ManagementAddresses);

    private void ReachNeighbors(Ipv4Address from, int level)
    {
        if (level >= maxLevel) return;
        foreach (Ipv4Address neighbor in _announced[from]) Reach(neighbor, level + 1);
    }

    private void Reach(Ipv4Address address, int level)
    {
        if (!_levels.TryGetValue(address, out int known))
        {
            _levels[address] = level;
            _waiting.Enqueue(address);
        }
        else if (level < known)
        {
            _levels[address] = level;
            if (_announced.ContainsKey(address)) ReachNeighbors(address, level);
        }
    }
}
