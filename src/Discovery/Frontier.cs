using Towpath.Inventory;
using Towpath.Network;

namespace Towpath.Discovery;

/// <summary>
/// The addresses that a run still has to ask. A crawl counts levels from the seeds: 0 is a seed, 1 its neighbors. A device that turns out
/// to be nearer than it was first seen carries its neighbors nearer too. Devices that announce much wait for those that announce little.
/// Not thread safe.
/// </summary>
internal sealed class Frontier
{
    private readonly DiscoveryScope _scope;
    private readonly int _budget;
    private readonly CrawlRules _rules;
    private readonly Announcements _announcements = new();
    private readonly Dictionary<Ipv4Address, int> _levels = [];
    private readonly PriorityQueue<(Ipv4Address Address, Announcement? Announced), (int Turn, long Order)> _waiting = new();
    private readonly Dictionary<Ipv4Address, Ipv4Address> _collectedAt = []; // by each address of a collected device
    private readonly Dictionary<Ipv4Address, Announcer> _announcers = [];
    private int _contacted;
    private long _order;

    /// <param name="budget">How many addresses a crawl contacts at most; its seeds are always contacted.</param>
    public Frontier(DiscoveryScope scope, int maxLevel, int budget, DeviceReach reach)
    {
        (_scope, _budget) = (scope, budget);
        _rules = new CrawlRules(scope, maxLevel, budget, reach);
    }

    /// <summary>Adds what the scope names.</summary>
    public void AddGiven()
    {
        foreach (Ipv4Address address in _scope.Given()) Reach(address, 0, null);
    }

    /// <summary>The next address to ask; null when none waits now.</summary>
    public Ipv4Address? Next()
    {
        while (!IsSpent && _waiting.TryDequeue(out var next, out _))
        {
            if (IsOwned(next.Address)) return next.Address;
            if (next.Announced is { } announced && _rules.Judge(announced, _levels[announced.By.At]) != CrawlRule.None)
            {
                // Somebody who was collected since knows better.
                _levels.Remove(next.Address);
                announced.By.Reached.Remove(next.Address);
                announced.Neighbor.Contacted.Remove(next.Address);
                _announcements.Hold(announced);
                continue;
            }
            _contacted++;
            return next.Address;
        }
        return null;
    }

    /// <summary>True when the address belongs to a device that was collected by another of its addresses.</summary>
    public bool IsOwned(Ipv4Address address) => _collectedAt.ContainsKey(address);

    /// <summary>Takes in what a device said, and reaches its neighbors.</summary>
    public void Collected(Ipv4Address askedAt, DeviceSnapshot device)
    {
        _collectedAt[askedAt] = askedAt;
        Ipv4Address[] owned = OwnAddresses.Certain(device);
        foreach (Ipv4Address own in owned) _collectedAt.TryAdd(own, askedAt);
        if (!_scope.Kind.IsCrawl()) return;

        _rules.Known.Add(device);
        foreach (Ipv4Address own in owned)
        {
            if (_levels.TryGetValue(own, out int level)) Lower(own, level); // reached nearer by another address
        }
        Hear(askedAt, device);
        // One announcement that is admitted may bring another nearer.
        while (_announcements.Release(TryReach))
        {
        }
    }

    /// <summary>The announcements that are not contacted, as things stand.</summary>
    public WithheldAddresses Withheld() => _announcements.List(
        IsSpent ? _waiting.UnorderedItems.Select(item => item.Element.Announced).OfType<Announcement>() : [],
        announced => _levels.ContainsKey(announced.Address) || IsOwned(announced.Address),
        announced => _rules.Describe(announced, _levels[announced.By.At]));

    // Seeds are the first in the queue.
    private bool IsSpent => _scope.Kind.IsCrawl() && _contacted >= _budget
        && (!_waiting.TryPeek(out var next, out _) || next.Announced is not null);

    private void Hear(Ipv4Address at, DeviceSnapshot device)
    {
        var announcer = _announcers[at] = new Announcer(at);
        Dictionary<string, Neighbor> neighbors = [];
        if (_scope.Kind == DiscoveryKind.Cdp)
        {
            foreach (CdpNeighbor row in device.CdpNeighbors) Announce(row.DeviceId, row.DeviceId, row.Address, row.MayForward);
        }
        else
        {
            foreach (LldpNeighbor row in device.LldpNeighbors)
            {
                foreach (Ipv4Address address in row.ManagementAddresses)
                    Announce(row.ChassisId.Text, row.SystemName ?? row.ChassisId.Text, address, row.MayForward);
            }
        }

        void Announce(string id, string name, Ipv4Address address, bool mayForward)
        {
            if (address.IsUnspecified) return;
            if (!neighbors.TryGetValue(id, out Neighbor? neighbor)) neighbors[id] = neighbor = new Neighbor(name);
            var announced = new Announcement(address, announcer, neighbor, mayForward, _order++);
            if (_rules.Bars(announced)) _announcements.Bar(announced);
            else if (!TryReach(announced)) _announcements.Hold(announced);
        }
    }

    private bool TryReach(Announcement announced)
    {
        int level = _levels[announced.By.At];
        if (_rules.Judge(announced, level) != CrawlRule.None) return false;
        if (!announced.Neighbor.Contacted.Contains(announced.Address)) announced.Neighbor.Contacted.Add(announced.Address);
        announced.By.Reached.Add(announced.Address);
        Reach(announced.Address, level + 1, announced);
        return true;
    }

    private void Reach(Ipv4Address address, int level, Announcement? announced)
    {
        if (_levels.ContainsKey(_collectedAt.GetValueOrDefault(address, address)))
        {
            Lower(address, level);
            return;
        }
        _levels[address] = level;
        _waiting.Enqueue((address, announced), (announced?.By.Reached.Count ?? 0, announced?.Order ?? _order++));
    }

    /// <summary>The levels are the devices': each address of one is as near as the nearest.</summary>
    private void Lower(Ipv4Address address, int level)
    {
        address = _collectedAt.GetValueOrDefault(address, address);
        if (!_levels.TryGetValue(address, out int known) || level >= known) return;
        _levels[address] = level;
        if (!_announcers.TryGetValue(address, out Announcer? announcer)) return;
        foreach (Ipv4Address neighbor in announcer.Reached) Lower(neighbor, level + 1);
    }
}
