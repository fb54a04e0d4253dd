using Towpath.Network;
namespace Towpath.Inventory;
internal static class SnapshotCodec
{
    public static string Digest(DeviceSnapshot snapshot) => System.Text.Json.JsonSerializer.Serialize(snapshot with { CollectedAt = default, SysUpTime = default });
    public static byte[] Encode(DeviceSnapshot snapshot) => System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(snapshot);
    public static DeviceSnapshot Decode(ReadOnlySpan<byte> octets) => System.Text.Json.JsonSerializer.Deserialize<DeviceSnapshot>(octets)!;
}
