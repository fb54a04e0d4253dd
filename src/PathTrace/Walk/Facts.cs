using Towpath.Network;

namespace Towpath.PathTrace;

/// <summary>Writes table rows as evidence, the way an engineer would quote them.</summary>
internal sealed class Facts(NetworkSnapshot network)
{
    /// <param name="vlan">The VLAN of a row that is one VLAN's; else default.</param>
    /// <param name="row">To ask for it again; default where that is not done by itself.</param>
    public Evidence Row(DeviceId device, FactSource source, string key, string method, VlanId vlan = default, RowKey row = default)
    {
        if (network.Device(device) is not { } known) return new Evidence(device, source, key, null, method);
        AskedRow asked = known.AskedOf(row), whole = known.AskedOf(RowKey.Device);
        return new Evidence(device, source, key, asked.ReadAt ?? known.Readings.ReadAt(source), method)
        {
            Doubt = Doubts.OfSilence(known) ?? Doubts.OfReading(known, known.Readings.InPart(source, vlan))
                ?? Doubts.OfSilence(known, asked.IsUnanswered ? asked : whole),
            Row = row,
            IsReadNow = asked.ReadAt is not null,
            HasChanged = asked.HasChanged,
            NotReadNow = asked.NotRead,
        };
    }

    /// <summary>A device that stands on the way for no other reason.</summary>
    public static Evidence Managed(NetworkDevice device)
    {
        AskedRow asked = device.AskedOf(RowKey.Device);
        return new Evidence(device.Id, DeviceIdentity.System, device.Name, asked.ReadAt ?? device.Snapshot.CollectedAt, "managed device")
        {
            Row = RowKey.Device,
            IsReadNow = asked.ReadAt is not null,
            NotReadNow = asked.NotRead,
        };
    }

    /// <summary>A row whose kind of fact does not say who told it.</summary>
    public Evidence Row(DeviceId device, FactLayout layout, string key, string method, VlanId vlan = default) =>
        Row(device, network.Device(device)?.Readings.SourceOf(layout) ?? FactSource.None, key, method, vlan);

    public Evidence Arp(DeviceId device, ArpEntry entry) =>
        Row(device, entry.Source, $"{entry.Address} is {entry.Mac} on {NameOf(device, entry.Interface)}", "address resolved on the link",
            row: RowKey.Arp(entry.Interface, entry.Address, entry.Source));

    /// <summary>No surer than a doubt where another row gives the address another MAC.</summary>
    public Draft Unless(Draft draft, Ipv4Address address, MacAddress mac, VrfName vrf) =>
        network.ArpAgainst(address, mac, vrf) is not { } other ? draft
        : draft.Because(Arp(other.Device, other.Entry) with { Method = "contradicts the row that is followed" }).AtMost(RestsOn.InDoubt,
            $"Two rows contradict each other: {address} is {mac}, and {other.Entry.Mac} on {network.Device(other.Device)?.Name} "
                + $"{NameOf(other.Device, other.Entry.Interface)}. Find out who uses the address twice, or ping it, and collect again.");

    /// <summary>No surer than a doubt where another port looks as much like the host's own.</summary>
    /// <param name="followed">A forwarding database that the frame comes by names the port.</param>
    public Draft Unless(Draft draft, MacAddress mac, VlanId vlan, Port at, bool followed) =>
        network.EdgeAgainst(mac, vlan, at, followed) is not { } other ? draft
        : draft.Because(Fdb(other.Device, vlan, mac, other.Interface) with { Method = "contradicts the row that is followed" })
            .AtMost(RestsOn.InDoubt, Doubts.OfPlaces(network, mac, at, other));

    /// <summary>No surer than a doubt where another managed device has the address, too, and nothing has chosen between them.</summary>
    public Draft Unless(Draft draft, AddressOwner owner) => network.OwnerAgainst(owner) is not { } other ? draft
        : draft.Because(Address(other) with { Method = "contradicts the row that is followed" })
            .AtMost(RestsOn.InDoubt, Doubts.OfOwners(network, owner, other));

    public Evidence Fdb(DeviceId device, VlanId vlan, MacAddress mac, IfIndex port)
    {
        FactSource source = network.Device(device)?.Tables.Fdb.Source ?? FactSource.None;
        return Row(device, source, $"VLAN {vlan} {mac} on {NameOf(device, port)}", "egress port learned", vlan,
            RowKey.Fdb(vlan, mac, source));
    }

    public Evidence Link(LinkEnd end) => Row(end.Near.Device, end.Link.Source,
        $"{NameOf(end.Near.Device, end.Near.Interface)} to {network.Device(end.Far.Device)?.Name} "
            + $"{(end.Far.Interface.IsNone ? "(port not known)" : NameOf(end.Far.Device, end.Far.Interface))}",
        end.Link.Evidence switch
        {
            LinkEvidence.BothSides => "neighbor announced at both ends",
            LinkEvidence.OneSide => "neighbor announced at one end",
            LinkEvidence.Subnet => "the only two addresses of the subnet",
            _ => "each end has learned the other's addresses",
        },
        row: end.Link.Evidence is LinkEvidence.BothSides or LinkEvidence.OneSide
            ? RowKey.Neighbor(end.Near.Interface, end.Link.Source) : default);

    /// <summary>Why a port is a host's own.</summary>
    public Evidence Edge(EdgePort edge, MacAddress mac)
    {
        if (edge.Source == WirelessStation.CldcClientTable && network.StationOf(mac) is { } station)
            return Row(station.Controller, edge.Source, $"{mac} is switched locally", "the access point bridges the station's traffic");
        return edge.Source == DhcpBinding.CdsBindingsTable
            ? Row(edge.At.Device, edge.Source, $"VLAN {edge.Vlan} {mac} on {NameOf(edge.At.Device, edge.At.Interface)}",
                "the port on which the host was given its lease")
            : Fdb(edge.At.Device, edge.Vlan, mac, edge.At.Interface) with { Method = "the host's own port" };
    }

    public Evidence Lease(LeaseSighting seen) => Row(seen.Device, DhcpBinding.Layout,
        $"{seen.Lease.Address} is {seen.Lease.Mac} on {NameOf(seen.Device, seen.Lease.Interface)} VLAN {seen.Lease.Vlan}",
        "lease seen being given");

    /// <summary>The members of a bundle that carry frames; null for another port.</summary>
    public Evidence? Members(Port port) => network.Device(port.Device)?.Tables.Bundles.Of(port.Interface) is not { } bundle ? null
        : Row(port.Device, bundle.Source, $"{NamesOf(port.Device, bundle.Members)} in {NameOf(port.Device, port.Interface)}",
            "members that carry frames; which one is the sender's hash");

    private string NamesOf(DeviceId device, IEnumerable<IfIndex> ports) => string.Join(", ", ports.Select(port => NameOf(device, port)));

    /// <param name="destination">The address that was looked up.</param>
    public Evidence Route(DeviceId device, VrfName vrf, Prefix prefix, NextHop hop, Ipv4Address destination) => Row(device, hop.Source,
        (vrf.IsGlobal ? "" : $"VRF {vrf}: ")
            + (hop.Address.IsUnspecified ? $"{prefix} on {NameOf(device, hop.Egress)}"
            : $"{prefix} via {hop.Address}{(hop.Egress.IsNone ? "" : $" {NameOf(device, hop.Egress)}")}"),
        "longest match", row: RowKey.Route(destination, hop.Source, vrf));

    public Evidence Address(AddressOwner owner) =>
        Row(owner.Device, owner.Address.Source,
        $"{owner.Address.Address}/{owner.Address.PrefixLength} on {NameOf(owner.Device, owner.Address.Interface)}", "own address");

    /// <summary>The interface that has a MAC address which another device has resolved.</summary>
    public Evidence Mac(Port port, MacAddress mac) =>
        Row(port.Device, Interface.IfTable, $"{mac} is {NameOf(port.Device, port.Interface)}", "own MAC address");

    public Evidence Station(StationSighting seen) => Row(seen.Controller, WirelessStation.Layout,
        $"{seen.Station.Mac} {seen.Station.Address} at {seen.Station.AccessPoint} by {seen.Station.InterfaceName}",
        "associated wireless station");

    public Evidence AccessPoint(AttachedAccessPoint accessPoint) => accessPoint.Source.IsNone
        ? Row(accessPoint.Controller, Network.AccessPoint.Layout, $"{accessPoint.Facts.Name} {accessPoint.Facts.Mac}",
            "joined access point")
        : Row(accessPoint.Attached.Device, accessPoint.Source,
            $"{NameOf(accessPoint.Attached.Device, accessPoint.Attached.Interface)} to {accessPoint.Facts.Name}",
            "access point on this port");

    public Evidence Flow(FlowSighting seen) => Row(seen.Device, TopFlow.Layout,
        $"{seen.Flow.Source} to {seen.Flow.Destination} protocol {seen.Flow.Protocol} in {NameOf(seen.Device, seen.Flow.Input)} out "
            + $"{NameOf(seen.Device, seen.Flow.Output)}", "conversation forwarded");

    public Evidence Announced(UnmanagedNeighbor neighbor) => Row(neighbor.At.Device, neighbor.Source,
        $"{NameOf(neighbor.At.Device, neighbor.At.Interface)} to {neighbor.Name}", "announced, not managed");

    public string NameOf(DeviceId device, IfIndex index) => network.Device(device)?.Tables.NameOf(index) ?? $"ifIndex {index}";
}
