namespace Towpath.Network;

/// <summary>
/// Tells the port of one host from one with a switch behind it that nobody manages, by the addresses learned there. What needs no such
/// switch is taken off first:
/// <list type="bullet">
/// <item>a telephone, by its announcement or its voice VLAN, and other end stations that announce themselves;</item>
/// <item>the guests of a hypervisor: their addresses are of the blocks that hypervisors give;</item>
/// <item>everything behind a managed access point: its stations.</item>
/// </list>
/// End systems send untagged, so two addresses in VLANs that the port tags are one too many.
/// </summary>
internal static class SharedPorts
{
    private const int HostAndSilentTelephone = 2, Host = 1;

    /// <param name="learned">The rows of one port.</param>
    /// <param name="member">The port's VLANs; null when the device does not tell.</param>
    /// <param name="stations">The neighbors announced there that do not forward, and telephones, which do so for one station.</param>
    /// <returns>Whether the port is shared for hosts in a VLAN.</returns>
    public static Predicate<VlanId> Of(IReadOnlyCollection<FdbEntry> learned, VlanMember? member,
        IReadOnlyCollection<UnmanagedNeighbor> stations)
    {
        MacAddress[] all = [.. learned.Select(row => row.Mac).Distinct()];
        HashSet<MacAddress> tagged = [.. learned.Where(row => IsTagged(member, row.Vlan)).Select(row => row.Mac)];
        MacAddress[] untagged = [.. all.Where(mac => !tagged.Contains(mac))];
        bool hasTelephone = tagged.Count > 0 || stations.Count > 0;
        bool inTagged = WithoutGuests(all, stations.Count) - stations.Count > Host;
        bool inUntagged = WithoutGuests(untagged, stations.Count) - stations.Count > (hasTelephone ? Host : HostAndSilentTelephone);
        return vlan => IsTagged(member, vlan) ? inTagged : inUntagged;
    }

    /// <summary>The port sends the VLAN's frames with a tag.</summary>
    public static bool IsTagged(VlanMember? member, VlanId vlan) =>
        member is not null && member.Tagged.Contains(vlan) && member.Untagged != vlan;

    /// <summary>
    /// Guests belong to the only station that is none, learned or announced. Where there is none, or several, each counts.
    /// </summary>
    private static int WithoutGuests(MacAddress[] macs, int announced)
    {
        int others = macs.Count(mac => !mac.IsOfGuest);
        return others == 1 || others == 0 && announced == 1 ? others : macs.Length;
    }
}
