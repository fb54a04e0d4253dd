using System.Collections.Immutable;

namespace Towpath.Network;

/// <summary>The links between devices, and what they are found by.</summary>
internal sealed class JoinedDevices
{
    public JoinedDevices(ImmutableArray<NetworkDevice> devices, MacOwners macs)
    {
        var directory = new DeviceDirectory(devices, macs);
        Announcements = new Announcements(devices, directory);
        Learned = new LearnedDevices(devices, directory);
        Links = [.. LinkFinder.Find(devices, Learned, Announcements)];
    }

    public Announcements Announcements { get; }

    public LearnedDevices Learned { get; }

    public ImmutableArray<Link> Links { get; }
}
