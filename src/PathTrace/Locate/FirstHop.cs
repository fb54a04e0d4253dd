using System.Collections.Immutable;
using Towpath.Network;

namespace Towpath.PathTrace;

/// <summary>
/// Finds where an end system sends a packet first: to the destination itself in its own subnet, else to its gateway, or to one of several.
/// </summary>
internal sealed class FirstHop(NetworkSnapshot network, Facts facts, Flow flow)
{
    private readonly Gateways _gateways = new(network, flow);

    internal sealed record Candidate(Frame Frame, ImmutableArray<Evidence> Because);

    /// <param name="Frames">Without a VLAN yet; empty when <paramref name="Missing"/> says why.</param>
    internal sealed record Answer(ImmutableArray<Candidate> Frames, string? Missing)
    {
        /// <summary>
        /// Says that no table tells which of several gateways the sender uses, and what would tell. Null when the gateway is known.
        /// </summary>
        public string? Guess { get; init; }

        /// <param name="at">The device that sends; null for a host.</param>
        public IEnumerable<Move> Ways(DeviceId? at, Func<Candidate, Move> send)
        {
            if (Missing is { } missing) return [new End(new Ending.Unknown(at, missing))];
            Move[] ways = [.. Frames.Select(send)];
            return Guess is { } guess && ways.Length > 1 ? Guesses.Of(at, guess, ways) : ways;
        }

        public Draft Draft(string label, Candidate hop) =>
            new Draft(label) { Share = 1.0 / Frames.Length, NextHop = hop.Frame.Target }.Because(hop.Because.AsSpan());
    }

    /// <param name="vrf">The VRF of the gateways; global also when it is not known.</param>
    public Answer Of(Packet packet, VrfName vrf = default)
    {
        ImmutableArray<AddressOwner> gateways = _gateways.Of(packet.Source, vrf);
        ImmutableArray<AddressOwner> subnet = gateways.Length > 0 ? gateways : network.SubnetOwners(packet.Source, vrf);
        if (subnet.Length > 0 && subnet[0].Address.Subnet.Contains(packet.Destination))
        {
            (MacAddress mac, Evidence? fact) = MacOf(packet.Destination, vrf);
            return fact is null
                ? new Answer([], $"No table tells the MAC address of {packet.Destination} in {subnet[0].Address.Subnet}: "
                    + "ping it, then collect again.")
                : new Answer([new Candidate(new Frame(default, mac, packet.Destination, packet), [facts.Address(subnet[0]), fact])], null);
        }
        if (gateways.IsEmpty) return new Answer([], $"No managed router stands in the subnet of {packet.Source}: discover its gateway.");
        Candidate[] frames = [.. gateways.Select(ToGateway).DistinctBy(candidate => candidate.Frame)];
        string? guess = frames.Length < 2 || _gateways.HaveSeen(packet.Source, gateways) ? null : Guessed(packet.Source, gateways);
        return new Answer([.. frames], null) { Guess = guess };

        Candidate ToGateway(AddressOwner gateway)
        {
            Evidence row = Claimed(gateway, facts.Address(gateway) with { Method = Assumed(gateway) });
            return new Candidate(new Frame(default, MacAt(gateway), gateway.Address.Address, packet), [row]);
        }
    }

    private string Guessed(Ipv4Address source, ImmutableArray<AddressOwner> gateways)
    {
        string names = string.Join(" or ", gateways.Select(gateway =>
            $"{network.Device(gateway.Device)!.Name} ({gateway.Address.Address})"));
        return $"Which of its gateways {source} sends to is in no table: {names}. Let them answer for their group (HSRP, VRRP), or "
            + "collect flow records (top talkers) there.";
    }

    /// <summary>The row is in doubt when two routers say that they are the active one.</summary>
    private Evidence Claimed(AddressOwner gateway, Evidence row) =>
        IsOfGroup(gateway) && network.OwnerAgainst(gateway) is { } other ? row with { Doubt = Doubts.OfOwners(network, gateway, other) }
            : row;

    /// <summary>The MAC address that answers ARP for an address, by any table of any device; no evidence when none tells.</summary>
    public (MacAddress Mac, Evidence? Fact) MacOf(Ipv4Address address, VrfName vrf)
    {
        if (network.OwnersOf(address, vrf) is [var owner, ..])
        {
            (MacAddress mac, Evidence row) = (MacAt(owner), facts.Address(owner));
            return network.OwnerAgainst(owner) is { } other && MacAt(other) != mac
                ? (mac, row with { Doubt = Doubts.OfOwners(network, owner, other) }) : (mac, row);
        }
        if (network.StationAt(address) is { } station) return (station.Station.Mac, facts.Station(station));
        if (network.AccessPointAt(address) is { } accessPoint) return (accessPoint.Facts.Mac, facts.AccessPoint(accessPoint));
        foreach (ArpSighting seen in network.ArpOf(address))
            if (network.VrfOf(new Port(seen.Device, seen.Entry.Interface)) == vrf)
                return (seen.Entry.Mac, facts.Arp(seen.Device, seen.Entry)); // another VRF's host of this address is another one
        return network.LeaseOf(address) is { } lease ? (lease.Lease.Mac, facts.Lease(lease)) : default;
    }

    private static bool IsOfGroup(AddressOwner gateway) =>
        GatewayGroup.Layout.Sources.Contains(gateway.Address.Source);

    private static string Assumed(AddressOwner gateway) => IsOfGroup(gateway)
        ? "assumed default gateway: the virtual address in the subnet, and the router that is active for it"
        : "assumed default gateway: the managed router in the subnet";

    /// <summary>
    /// The MAC address behind an own address:
    /// <list type="number">
    /// <item>a controller's interface has the one that its own table gives;</item>
    /// <item>a virtual gateway address has the group's;</item>
    /// <item>any other address has its interface's.</item>
    /// </list>
    /// </summary>
    private MacAddress MacAt(AddressOwner owner)
    {
        NetworkDevice device = network.Device(owner.Device)!;
        foreach (ControllerInterface i in device.Snapshot.ControllerInterfaces)
            if (i.Address == owner.Address.Address && i.Mac != default) return i.Mac;
        foreach (VirtualGateway gateway in device.Tables.ActiveGateways)
            if (gateway.Address == owner.Address && gateway.Mac != default) return gateway.Mac;
        return device.Tables.Interface(owner.Address.Interface)?.Mac ?? default;
    }
}
