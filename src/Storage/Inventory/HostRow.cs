using Towpath.Inventory;
using Towpath.Network;

namespace Towpath.Storage;

/// <summary>One row of <c>host</c>. Addresses are numbers.</summary>
internal static class HostRow
{
    public const string Columns =
        "id, mac, address, is_wireless, device_id, interface, vlan, first_seen, seen_at, is_gone, is_told_gone";

    public static HostPlace Read(Row row) => new(
        MacAddress.FromBits((ulong)row.Number(1)), new Ipv4Address((uint)row.Number(2)), row.Flag(3),
        row.IdOrNull(4) is { } device ? new DeviceId(device) : null, row.Text(5), new VlanId((ushort)row.Number(6)), row.Time(7),
        row.Time(8))
    {
        IsGone = row.Flag(9),
        IsToldGone = row.Flag(10),
    };

    public static (string Name, object? Value)[] Values(HostPlace host) =>
    [
        ("id", host.Id), ("mac", (long)host.Mac.Bits), ("address", host.Address.Bits), ("is_wireless", host.IsWireless),
        ("device_id", host.Device?.Value), ("interface", host.Interface), ("vlan", (int)host.Vlan.Value), ("first_seen", host.FirstSeen),
        ("seen_at", host.SeenAt), ("is_gone", host.IsGone), ("is_told_gone", host.IsToldGone),
    ];
}
