using System.Collections.Immutable;
using Towpath.Network;

namespace Towpath.Inventory.Tests;

/// <summary>Draws a network: devices with ports, cables that both ends announce by LLDP, and what they have learned.</summary>
internal sealed class Drawing
{
    private readonly Dictionary<string, (DeviceId Id, Ipv4Address Address, DeviceSnapshot Snapshot)> _devices = [];
    private int _macs;

    public DeviceId this[string name] => _devices[name].Id;

    /// <summary>A device; each address becomes a routed port of its own.</summary>
    public Drawing Device(string name, params string[] addresses)
    {
        ImmutableArray<(Interface Port, InterfaceAddress Address)> ports = [.. addresses.Select((text, at) =>
        {
            Prefix subnet = Prefix.Parse(text);
            var index = new IfIndex(at + 1);
            return (Port(at + 1),
                new InterfaceAddress(index, Ipv4Address.Parse(text[..text.IndexOf('/')]), subnet.Length, InterfaceAddress.IpAddrTable));
        })];
        _devices[name] = (new DeviceId(Guid.CreateVersion7(Facts.Noon.AddSeconds(_devices.Count))), ports[0].Address.Address,
            new DeviceSnapshot
        {
            Identity = Facts.Identity(name, chassis: NextMac().ToString()) with
            {
                IpForwarding = addresses.Length > 1 ? IpForwarding.Forwarding : IpForwarding.NotTold,
                SysServices = 78,
            },
            CollectedAt = Facts.Noon,
            Interfaces = [.. ports.Select(port => port.Port)],
            Addresses = [.. ports.Select(port => port.Address)],
        });
        return this;
    }

    /// <summary>A cable between two ports; ports that do not exist yet are made.</summary>
    public Drawing Cable(string one, int onePort, string other, int otherPort)
    {
        Announce(one, onePort, other, otherPort);
        Announce(other, otherPort, one, onePort);
        return this;
    }

    /// <summary>A host on a switch port, whose address a gateway has resolved.</summary>
    public Drawing Host(string address, string at, int port, string gateway, int gatewayPort)
    {
        MacAddress mac = NextMac();
        Change(at, device =>
            WithPort(device, port) with { Fdb =
            device.Fdb.Add(new FdbEntry(new VlanId(10), mac, new IfIndex(port), FdbStatus.Learned, FdbEntry.Dot1qTpFdbTable)) });
        Change(gateway, device =>
            device with { Arp = device.Arp.Add(new ArpEntry(new IfIndex(gatewayPort), Ipv4Address.Parse(address), mac,
            ArpEntry.IpNetToMediaTable)) });
        return this;
    }

    /// <summary>A route by a next hop that need not be drawn.</summary>
    public Drawing Route(string device, string prefix, string nextHop, int port)
    {
        Change(device, snapshot => snapshot with
        {
            Routes = snapshot.Routes.Add(new Route(Prefix.Parse(prefix), Ipv4Address.Parse(nextHop), new IfIndex(port), RouteKind.Remote,
                RouteProtocol.NetMgmt, 0, Network.Route.IpRouteTable)),
            Arp = snapshot.Arp.Add(new ArpEntry(new IfIndex(port), Ipv4Address.Parse(nextHop), NextMac(), ArpEntry.IpNetToMediaTable)),
        });
        return this;
    }

    public Drawing Change(string name, Func<DeviceSnapshot, DeviceSnapshot> change)
    {
        _devices[name] = _devices[name] with { Snapshot = change(_devices[name].Snapshot) };
        return this;
    }

    public NetworkSnapshot Build() =>
        NetworkSnapshot.Build(_devices.Values.Select(device => new NetworkDevice(device.Id, device.Address, device.Snapshot)));

    private void Announce(string here, int port, string neighbor, int neighborPort) => Change(here, device => WithPort(device, port) with
    {
        LldpNeighbors = device.LldpNeighbors.Add(new LldpNeighbor(
            new IfIndex(port), _devices[neighbor].Snapshot.Identity.LldpChassisId!.Value, new PortId(5, Port(neighborPort).Name), null,
            neighbor, null, [])),
    });

    private static DeviceSnapshot WithPort(DeviceSnapshot device, int port) =>
        device.Interfaces.Any(known => known.Index.Value == port) ? device : device with { Interfaces = device.Interfaces.Add(Port(port)) };

    private static Interface Port(int index) =>
        new()
        {
            Index = new IfIndex(index),
            Name = $"Ethernet{index}",
            ShortName = $"Eth{index}",
            Type = 6,
            AdminUp = true,
            OperUp = true,
            SpeedBitsPerSecond = 1_000_000_000,
            Mtu = 1500,
        };

    private MacAddress NextMac() => MacAddress.FromBits(0x00_00_5e_00_53_00UL + (ulong)++_macs);
}
