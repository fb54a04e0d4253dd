using Towpath.Contracts;
using Towpath.Inventory;
using Towpath.Network;

namespace Towpath.Server;

/// <summary>
/// Looks through what has a name, an address, a serial number or a description. Of one thing the value that answers best is a hit.
/// </summary>
internal sealed class NetworkSearch(SearchTerm term, InventoryView view)
{
    /// <summary>More are not put in an order: so many hits are no answer.</summary>
    public const int MostHits = 10_000;

    /// <summary>Whole values first, then those that start so; of equals devices, access points, interfaces, hosts, then the rest.</summary>
    public IReadOnlyList<SearchHit> Run(IEnumerable<InventoryHost> hosts, CancellationToken cancellationToken)
    {
        (SearchRank Rank, SearchHit Hit)[] found =
        [
            .. view.Devices.SelectMany(OfDevice)
                .Concat(hosts.SelectMany(OfHost))
                .Concat(view.Network.UnmanagedNeighbors.SelectMany(OfNeighbor))
                .Concat(view.Devices.Where(device => device.AccessPoint is null).SelectMany(device =>
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    return OfTables(device);
                }))
                .Take(MostHits),
        ];
        return [.. found.OrderBy(hit => hit.Rank).Select(hit => hit.Hit)];
    }

    private IEnumerable<(SearchRank, SearchHit)> OfDevice(InventoryDevice device)
    {
        var thing = new Thing(device.AccessPoint is null ? "device" : "accessPoint", () => $"{device.Id}", device.Name, device);
        return Best(thing,
        [
            ("hostname", device.Name, term.Of(device.Name)),
            ("managementIpAddress", device.ManagementAddress, term.Of(device.ManagementAddress)),
            ("serialNumber", device.SerialNumber, term.Of(device.SerialNumber)),
            ("macAddress", device.Mac, term.Of(device.Mac.GetValueOrDefault())),
            ("platformId", device.Kind.Model, term.Of(device.Kind.Model)),
            ("snmpLocation", device.SnmpLocation, term.Of(device.SnmpLocation)),
            ("snmpContact", device.SnmpContact, term.Of(device.SnmpContact)),
        ]);
    }

    private IEnumerable<(SearchRank, SearchHit)> OfHost(InventoryHost host) =>
        Best(new Thing("host", () => $"{host.Host.Id}", $"{host.Host.Address}", host.AttachedTo),
        [
            ("hostIp", host.Host.Address, term.Of(host.Host.Address)),
            ("hostMac", host.Host.Mac, term.Of(host.Host.Mac)),
        ]);

    private IEnumerable<(SearchRank, SearchHit)> OfNeighbor(UnmanagedNeighbor neighbor) =>
        Best(new Thing("neighbor", null, neighbor.Name, view.Find(neighbor.At.Device)),
        [
            ("name", neighbor.Name, term.Of(neighbor.Name)),
            ("address", neighbor.Address, term.Of(neighbor.Address)),
            ("macAddress", neighbor.Mac, term.Of(neighbor.Mac)),
        ]);

    private IEnumerable<(SearchRank, SearchHit)> OfTables(InventoryDevice device)
    {
        DeviceSnapshot told = device.Source.Snapshot;
        ILookup<IfIndex, Ipv4Address> addresses = told.Addresses.ToLookup(own => own.Interface, own => own.Address);
        return told.Interfaces.SelectMany(OfInterface)
            .Concat(told.Modules.SelectMany(OfModule))
            .Concat(told.Vlans.DistinctBy(vlan => (vlan.Id, vlan.Name)).SelectMany(vlan =>
                Best(new Thing("vlan", null, $"{vlan.Id}", device), [("name", vlan.Name, term.Of(vlan.Name))])))
            .Concat(told.Vrfs.DistinctBy(vrf => vrf.Name).SelectMany(vrf =>
                Best(new Thing("vrf", null, vrf.Name.Value, device), [("name", vrf.Name.Value, term.Of(vrf.Name.Value))])));

        IEnumerable<(SearchRank, SearchHit)> OfInterface(Interface port) =>
            Best(new Thing("interface", () => $"{StableId.OfInterface(device.Id, port.Name)}", port.Name, device),
            [
                ("portName", port.Name, term.Of(port.Name)),
                ("description", port.Alias, term.Of(port.Alias)),
                ("macAddress", port.Mac, term.Of(port.Mac)),
                .. addresses[port.Index].Select(address => ("ipv4Address", (object?)address, term.Of(address))),
            ]);

        IEnumerable<(SearchRank, SearchHit)> OfModule(EntityModule module) =>
            Best(new Thing("module", () => $"{StableId.OfModule(device.Id, module.Index)}", module.Name, device),
            [
                ("serialNumber", module.SerialNumber, term.Of(module.SerialNumber)),
                ("name", module.Name, term.Of(module.Name)),
                ("partNumber", module.Model, term.Of(module.Model)),
                ("description", module.Description, term.Of(module.Description)),
            ]);
    }

    /// <summary>None, or one.</summary>
    private static IEnumerable<(SearchRank, SearchHit)> Best(
        Thing thing, ReadOnlySpan<(string Field, object? Value, SearchRank Rank)> values)
    {
        (string Field, object? Value, SearchRank Rank) best = ("", null, SearchRank.None);
        foreach (var value in values)
            if (value.Rank < best.Rank) best = value;
        return best.Rank == SearchRank.None ? [] : [(best.Rank, new SearchHit
        {
            Kind = thing.Kind,
            Id = thing.Id?.Invoke(),
            Name = thing.Name,
            Field = best.Field,
            Value = $"{best.Value}",
            DeviceId = thing.Device?.Id.ToString(),
            DeviceName = thing.Device?.Name,
        })];
    }

    /// <param name="Id">Made for hits alone: ids of interfaces are digests. Null: it has none.</param>
    /// <param name="Device">That it is, or belongs to.</param>
    private readonly record struct Thing(string Kind, Func<string>? Id, string Name, InventoryDevice? Device);
}
