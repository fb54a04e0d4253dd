using Towpath.Network;

namespace Towpath.Discovery;

/// <summary>An address that a collected device heard a neighbor announce.</summary>
/// <param name="mayForward">The neighbor may forward, by what it calls itself.</param>
/// <param name="order">Counted up by arrival.</param>
internal sealed class Announcement(Ipv4Address address, Announcer by, Neighbor neighbor, bool mayForward, long order)
{
    public Ipv4Address Address => address;

    public Announcer By => by;

    public Neighbor Neighbor => neighbor;

    public bool MayForward => mayForward;

    public long Order => order;
}

/// <summary>A collected device whose neighbors a crawl follows.</summary>
/// <param name="at">Where it was collected.</param>
internal sealed class Announcer(Ipv4Address at)
{
    public Ipv4Address At => at;

    /// <summary>The addresses that were reached by it.</summary>
    public HashSet<Ipv4Address> Reached { get; } = [];

    /// <summary>How many of its announcements wait for somebody who knows more.</summary>
    public int Held { get; set; }
}

/// <summary>A neighbor that announces itself: the rows of one device with one chassis id or device id.</summary>
/// <param name="name">As it calls itself.</param>
internal sealed class Neighbor(string name)
{
    public string Name => name;

    /// <summary>Those of its addresses that a crawl contacts.</summary>
    public List<Ipv4Address> Contacted { get; } = [];
}
