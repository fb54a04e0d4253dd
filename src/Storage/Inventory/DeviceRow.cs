using System.Runtime.InteropServices;
using Towpath.Inventory;
using Towpath.Network;

namespace Towpath.Storage;

/// <summary>One row of <c>device</c>. Its address is a number.</summary>
internal static class DeviceRow
{
    public const string Columns = """
        id, management_address, credential_id, sealed_credential, retries, timeout_ms, added_at, collected_at, sys_up_time_ms,
        snapshot_digest, unreachable_reason, updated_at, snmp_port
        """;

    public static DeviceRecord Read(Row row) => new(
        new DeviceId(row.Id(0)),
        new Ipv4Address((uint)row.Number(1)),
        new StoredAccess(row.IdOrNull(2), ImmutableCollectionsMarshal.AsImmutableArray(row.Octets(3)), row.Int32(4), row.Duration(5))
        {
            SnmpPort = row.Int32OrNull(12),
        },
        row.Time(6))
    {
        CollectedAt = row.Time(7),
        SysUpTime = row.Duration(8),
        SnapshotDigest = row.Text(9),
        UnreachableReason = row.TextOrNull(10),
        UpdatedAt = row.Time(11),
    };

    /// <summary>As a visit saves it: the device was reached.</summary>
    public static (string Name, object? Value)[] Values(DeviceRecord device) =>
    [
        ("id", device.Id.Value), ("management_address", device.ManagementAddress.Bits), ("credential_id", device.Access.GlobalCredentialId),
        ("sealed_credential", device.Access.Sealed), ("retries", device.Access.Retries), ("timeout_ms", device.Access.Timeout),
        ("added_at", device.AddedAt), ("collected_at", device.CollectedAt), ("sys_up_time_ms", device.SysUpTime),
        ("snapshot_digest", device.SnapshotDigest), ("unreachable_reason", null), ("updated_at", device.UpdatedAt),
        ("snmp_port", device.Access.SnmpPort),
    ];
}
