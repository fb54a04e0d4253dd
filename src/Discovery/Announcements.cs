using System.Collections.Immutable;
using Towpath.Network;

namespace Towpath.Discovery;

/// <summary>
/// The announcements that are not contacted: for good, or until somebody knows more. Bounded, whatever devices announce. Not thread safe.
/// </summary>
internal sealed class Announcements
{
    private const int MostHeld = 10_000, MostHeldOfOne = 2_000;

    private readonly List<Announcement> _held = [];
    private readonly Dictionary<Ipv4Address, Announcement> _barred = [];
    private int _forgotten;

    /// <summary>A rule forbids it that nothing can change.</summary>
    public void Bar(Announcement announced)
    {
        if (_barred.ContainsKey(announced.Address)) return;
        if (_barred.Count < WithheldAddresses.MostListed) _barred.Add(announced.Address, announced);
        else _forgotten++;
    }

    /// <summary>Keeps it for <see cref="Release"/>.</summary>
    public void Hold(Announcement announced)
    {
        if (_held.Count >= MostHeld || announced.By.Held >= MostHeldOfOne)
        {
            _forgotten++;
            return;
        }
        announced.By.Held++;
        _held.Add(announced);
    }

    /// <summary>Lets go of those that <paramref name="release"/> takes.</summary>
    /// <returns>True when it took any.</returns>
    public bool Release(Predicate<Announcement> release) => _held.RemoveAll(announced =>
    {
        if (!release(announced)) return false;
        announced.By.Held--;
        return true;
    }) > 0;

    /// <param name="others">Announcements that are withheld, too.</param>
    /// <param name="isSettled">The address is contacted after all, because of another announcement.</param>
    public WithheldAddresses List(IEnumerable<Announcement> others, Predicate<Announcement> isSettled, Func<Announcement, string> describe)
    {
        Announcement[] all = [.. others, .. _held.Concat(_barred.Values).Where(announced => !isSettled(announced))];
        Announcement[] distinct = [.. all.OrderBy(announced => announced.Order).DistinctBy(announced => announced.Address)];
        ImmutableArray<WithheldAddress> listed = [.. distinct.Take(WithheldAddresses.MostListed)
            .Select(announced => new WithheldAddress(announced.Address, announced.By.At, announced.Neighbor.Name, describe(announced)))];
        return new WithheldAddresses(listed, _forgotten + distinct.Length - listed.Length);
    }
}
