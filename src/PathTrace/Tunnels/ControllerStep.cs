using Towpath.Network;

namespace Towpath.PathTrace;

/// <summary>
/// A wireless controller takes a client's packet out of its tunnel and bridges it to the client's VLAN, or puts one for a client into the
/// tunnel.
/// </summary>
internal sealed class ControllerStep(NetworkSnapshot network, Facts facts, Ports ports, Crossing crossing, FirstHop firstHop)
{
    public IEnumerable<Move> Next(Stop.OfController stop)
    {
        NetworkDevice controller = network.Device(stop.Device)!;
        return stop.TunnelEndsHere ? OutOfTunnel(controller, stop) : IntoTunnel(controller, stop.Packet);
    }

    /// <summary>A packet of the controller itself.</summary>
    public IEnumerable<Move> SendOwn(NetworkDevice controller, Packet packet) =>
        Send(controller, controller.Snapshot.ControllerInterfaces.FirstOrDefault(i => i.Address == packet.Source)
            ?? Capwap.TunnelInterface(controller), packet, null);

    private IEnumerable<Move> OutOfTunnel(NetworkDevice controller, Stop.OfController stop)
    {
        Packet packet = stop.Packet.Pop();
        if (network.StationAt(packet.Source) is not { } station || station.Controller != controller.Id)
            return Missing(controller, $"{controller.Name} lists no station {packet.Source}: collect it again.");
        ControllerInterface? clients = Capwap.InterfaceOf(controller, station.Station);
        // Only in the client's own VLAN: to another of the controller's addresses the client sends by its gateway, and the controller only
        // bridges.
        if (clients?.Address == packet.Destination) return [new End(new Ending.Delivered())];
        if (clients is null)
            return Missing(controller, $"{controller.Name} lists no interface '{station.Station.InterfaceName}': its VLAN is not known.");

        if (network.StationAt(packet.Destination) is { } peer && peer.Controller == controller.Id
            && peer.Station.InterfaceName == station.Station.InterfaceName)
            return Capwap.TunnelTo(network, controller, peer.Station) is { } tunnel
                ? IntoTunnel(controller, packet.Push(tunnel, Capwap.Down)) : Missing(controller, Unjoined(controller, peer));
        return Send(controller, clients, packet, facts.Station(station));
    }

    private IEnumerable<Move> IntoTunnel(NetworkDevice controller, Packet packet)
    {
        if (packet.InTunnel) return Send(controller, Capwap.TunnelInterface(controller), packet, null);
        return network.StationAt(packet.Destination) is { } station
            ? Missing(controller, Unjoined(controller, station))
            : Missing(controller, $"{controller.Name} lists no station {packet.Destination}.");
    }

    /// <summary>
    /// A controller sends as a host of the interface's VLAN does: to the destination in its subnet, else to the gateway there.
    /// </summary>
    private IEnumerable<Move> Send(NetworkDevice controller, ControllerInterface? by, Packet packet, Evidence? because)
    {
        IfIndex port = Capwap.PortOf(network, controller, by);
        if (port.IsNone)
            return Missing(controller, $"Which port of {controller.Name} carries '{by?.Name}' is not known: switch CDP or LLDP on.");
        FirstHop.Answer answer = firstHop.Of(packet);
        VlanId vlan = by?.Vlan ?? default;
        Evidence vlanFact = facts.Row(controller.Id, ControllerInterface.Layout, $"{by?.Name} VLAN {vlan} port {by?.Port}",
            "VLAN of the controller's interface");
        return answer.Ways(controller.Id, hop =>
        {
            Draft draft = answer.Draft("Switched", hop).Because(vlanFact);
            return crossing.Out(new Port(controller.Id, port), hop.Frame with { Vlan = vlan }, vlan.IsNone,
                ports.Use(controller.Id, port, vlan, null),
                because is null ? draft : draft.Because(because));
        });
    }

    private string Unjoined(NetworkDevice controller, StationSighting station) =>
        $"{network.Device(controller.Id)!.Name} lists no access point {station.Station.AccessPoint}, where "
            + $"{station.Station.Address} is associated.";

    private static Move[] Missing(NetworkDevice controller, string missing) => [new End(new Ending.Unknown(controller.Id, missing))];
}
