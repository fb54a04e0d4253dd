using System.Collections.Immutable;

namespace Towpath.Network;

internal static partial class SnapshotContent
{
    private static void WriteAccessPoints(SnapshotWriter to, ImmutableArray<AccessPoint> rows)
    {
        to.Unsigned((ulong)rows.Length);
        to.Number(rows, row => (long)row.BaseRadioMac.Bits);
        to.Number(rows, row => (long)row.EthernetMac.Bits);
        to.Text(rows, row => row.Name);
        to.Number(rows, row => row.Address.Bits);
        to.Text(rows, row => row.Model);
        to.Text(rows, row => row.SerialNumber);
        to.Text(rows, row => row.SoftwareVersion);
        to.Text(rows, row => row.Location);
    }

    private static ImmutableArray<AccessPoint> ReadAccessPoints(ref SnapshotReader from)
    {
        int count = from.Count(columns: 8);
        long[] radio = from.Numbers(count), ethernet = from.Numbers(count);
        string?[] name = from.Texts(count);
        long[] address = from.Numbers(count);
        string?[] model = from.Texts(count), serial = from.Texts(count), software = from.Texts(count), location = from.Texts(count);
        return Rows(count, i => new AccessPoint(
            Mac(radio[i]), Mac(ethernet[i]), Some(name[i]), Address(address[i]), Some(model[i]), Some(serial[i]), Some(software[i]), Some(location[i])));
    }

    private static void WriteWirelessStations(SnapshotWriter to, ImmutableArray<WirelessStation> rows)
    {
        to.Unsigned((ulong)rows.Length);
        to.Number(rows, row => (long)row.Mac.Bits);
        to.Number(rows, row => row.Address.Bits);
        to.Text(rows, row => row.UserName);
        to.Number(rows, row => (long)row.AccessPoint.Bits);
        to.Text(rows, row => row.Ssid);
        to.Number(rows, row => row.WlanId);
        to.Text(rows, row => row.InterfaceName);
        to.Number(rows, row => row.Associated ? 1 : 0);
    }

    private static ImmutableArray<WirelessStation> ReadWirelessStations(ref SnapshotReader from)
    {
        int count = from.Count(columns: 8);
        long[] mac = from.Numbers(count), address = from.Numbers(count);
        string?[] user = from.Texts(count);
        long[] accessPoint = from.Numbers(count);
        string?[] ssid = from.Texts(count);
        long[] wlan = from.Numbers(count);
        string?[] name = from.Texts(count);
        long[] associated = from.Numbers(count);
        return Rows(count, i => new WirelessStation(
            Mac(mac[i]), Address(address[i]), Some(user[i]), Mac(accessPoint[i]), Some(ssid[i]), checked((int)wlan[i]), Some(name[i]), associated[i] == 1));
    }

    private static void WriteControllerInterfaces(SnapshotWriter to, ImmutableArray<ControllerInterface> rows)
    {
        to.Unsigned((ulong)rows.Length);
        to.Text(rows, row => row.Name);
        to.Number(rows, row => row.Vlan.Value);
        to.Number(rows, row => (long)row.Mac.Bits);
        to.Number(rows, row => row.Address.Bits);
        to.Number(rows, row => row.Mask.Bits);
        to.Number(rows, row => row.Gateway.Bits);
        to.Number(rows, row => row.Port);
    }

    private static ImmutableArray<ControllerInterface> ReadControllerInterfaces(ref SnapshotReader from)
    {
        int count = from.Count(columns: 7);
        string?[] name = from.Texts(count);
        long[] vlan = from.Numbers(count), mac = from.Numbers(count), address = from.Numbers(count), mask = from.Numbers(count),
            gateway = from.Numbers(count), port = from.Numbers(count);
        return Rows(count, i => new ControllerInterface(
            Some(name[i]), Vlan(vlan[i]), Mac(mac[i]), Address(address[i]), Address(mask[i]), Address(gateway[i]), checked((int)port[i])));
    }
}
