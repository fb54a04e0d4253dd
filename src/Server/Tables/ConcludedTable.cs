using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using Towpath.Inventory;
using Towpath.Network;

namespace Towpath.Server;

/// <summary>A table whose rows follow from facts of several tables.</summary>
internal abstract class ConcludedTable<T>(string name, TextColumns<T> columns) : NetworkTable(name, columns.Names)
{
    public override CellRange? RangeOf(int column, string text) => columns.RangeOf(column, text);

    protected IEnumerable<DeviceRow> Rows(NetworkDevice? device, IEnumerable<T> rows, TableQuestion question) =>
        columns.Texts(rows, question.Matches).Select(row => new DeviceRow(device, row));

    /// <exception cref="ApiException">400: the network is too large for an earlier time.</exception>
    protected async Task<NetworkSnapshot> WholeAsync(PastNetwork.Moment network, CancellationToken cancellationToken) =>
        await network.NetworkAsync(cancellationToken) ?? throw ApiException.Malformed(string.Create(CultureInfo.InvariantCulture,
            $"{Name} of an earlier time are told of {PastNetwork.MostDevices} devices at most. Leave out 'at', or ask for another table."));
}

/// <summary><c>neighbors</c>: what LLDP and CDP announce, in the same columns.</summary>
internal sealed class NeighborTable() : ConcludedTable<NeighborTable.Neighbor>("neighbors", s_columns)
{
    private static readonly TextColumns<Neighbor> s_columns = new(
    [
        new("interface", row => row.Interface),
        new("protocol", row => row.Protocol),
        new("name", row => row.Name),
        new("port", row => row.Port),
        new("addresses", row => row.Addresses),
        new("platform", row => row.Platform),
    ]);

    private static readonly FactLayout[] s_told = [LldpNeighbor.Layout, CdpNeighbor.Layout];

    public override async IAsyncEnumerable<DeviceRow> RowsAsync(
        PastNetwork.Moment network, TableQuestion question, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (NetworkDevice device in network.DevicesAsync(question.IsOf, s_told, cancellationToken))
            foreach (DeviceRow row in Rows(device, Of(device), question)) yield return row;
    }

    private static IEnumerable<Neighbor> Of(NetworkDevice device)
    {
        foreach (LldpNeighbor lldp in device.Snapshot.LldpNeighbors)
        {
            yield return new Neighbor(device.Tables.NameOf(lldp.LocalPort), "LLDP", lldp.SystemName ?? lldp.ChassisId.Text,
                lldp.PortId.Text, lldp.ManagementAddresses, lldp.SystemDescription);
        }
        foreach (CdpNeighbor cdp in device.Snapshot.CdpNeighbors)
        {
            yield return new Neighbor(device.Tables.NameOf(cdp.LocalPort), "CDP", cdp.DeviceId, cdp.DevicePort,
                cdp.Address.IsUnspecified ? [] : [cdp.Address], cdp.Platform);
        }
    }

    /// <param name="Name">A system name, or whatever the neighbor goes by.</param>
    internal sealed record Neighbor(
        string Interface, string Protocol, string Name, string Port, ImmutableArray<Ipv4Address> Addresses, string? Platform);
}

/// <summary><c>links</c>: joined ports of managed devices, one row for each end; a bundle's is one.</summary>
internal sealed class LinkTable() : ConcludedTable<LinkTable.Row>("links", s_columns)
{
    private static readonly TextColumns<Row> s_columns = new(
    [
        new("interface", row => row.Interface),
        new("farDevice", row => row.FarDevice),
        new("farInterface", row => row.FarInterface),
        new("status", row => row.IsUp ? "up" : "down"),
        new("evidence", row => row.Evidence),
        new("source", row => row.Source),
    ]);

    public override async IAsyncEnumerable<DeviceRow> RowsAsync(
        PastNetwork.Moment network, TableQuestion question, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        NetworkSnapshot whole = await WholeAsync(network, cancellationToken);
        foreach (NetworkDevice device in whole.InOrder.Where(device => question.IsOf(device)))
            foreach (DeviceRow row in Rows(device, whole.LinksAt(device.Id).Select(end => Of(whole, end)), question)) yield return row;
    }

    private static Row Of(NetworkSnapshot network, LinkEnd end)
    {
        (NetworkDevice near, NetworkDevice far) = (network.Device(end.Near.Device)!, network.Device(end.Far.Device)!);
        bool isUp = near.Tables.Interface(end.Near.Interface) is not { OperUp: false }
            && far.Tables.Interface(end.Far.Interface) is not { OperUp: false };
        return new Row(near.Tables.NameOf(end.Near.Interface), far.Name,
            end.Far.Interface.IsNone ? null : far.Tables.NameOf(end.Far.Interface), isUp, $"{end.Link.Evidence}", end.Link.Source);
    }

    /// <param name="FarInterface">Null when only the device is known.</param>
    internal sealed record Row(
        string Interface, string FarDevice, string? FarInterface, bool IsUp, string Evidence, FactSource Source);
}

/// <summary><c>hosts</c>: what hangs on the network; the row's device is the switch that the host, or its access point, is at.</summary>
internal sealed class HostTable() : ConcludedTable<HostTable.Row>("hosts", s_columns)
{
    private static readonly TextColumns<Row> s_columns = new(
    [
        new("address", row => row.Host.Address),
        new("mac", row => row.Host.Mac),
        new("type", row => row.Host.IsWireless ? "wireless" : "wired"),
        new("interface", row => row.Interface),
        new("vlan", row => (long)row.Host.Vlan.Value),
        new("accessPoint", row => row.AccessPoint),
        new("gateway", row => row.Gateway),
    ]);

    public override async IAsyncEnumerable<DeviceRow> RowsAsync(
        PastNetwork.Moment network, TableQuestion question, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        NetworkSnapshot whole = await WholeAsync(network, cancellationToken);
        var accessPoints = whole.AccessPoints.ToDictionary(one => one.Id, one => one.Facts.Name);
        foreach (NetworkHost host in whole.Hosts)
        {
            NetworkDevice? device = whole.Device(host.Attached.Device);
            if (device is null ? question.IsOfSome : !question.IsOf(device)) continue;
            string? accessPoint = host.AccessPoint is { } id ? accessPoints.GetValueOrDefault(id) : null;
            var told = new Row(host, device?.Tables.NameOf(host.Attached.Interface), accessPoint, whole.Device(host.Gateway.Device)?.Name);
            foreach (DeviceRow row in Rows(device, [told], question)) yield return row;
        }
    }

    /// <param name="Gateway">The name of the router that has resolved it; null when only a controller knows it.</param>
    internal sealed record Row(NetworkHost Host, string? Interface, string? AccessPoint, string? Gateway);
}
