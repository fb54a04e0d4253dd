using Towpath.Network;

namespace Towpath.Inventory.Tests;

/// <summary>Short ways to write down what devices said. Addresses are from RFC 5737.</summary>
internal static class Facts
{
    public static readonly DateTimeOffset Noon = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    public static AccessSettings Public { get; } = new(new DeviceCredential.SnmpV2c("public"));

    public static DeviceIdentity Identity(string name, string? serial = null, string? chassis = null, MacAddress? bridge = null,
        string? model = null, string descr = "") =>
        new()
        {
            SysName = name,
            SysDescr = descr,
            SerialNumber = serial,
            Model = model,
            LldpChassisId = chassis is null ? null : new ChassisId(0, chassis),
            BridgeAddress = bridge,
        };

    public static CollectedDevice Collected(string address, string name = "", string? serial = null, string? chassis = null,
        params string[] ownAddresses) =>
        new(Ipv4Address.Parse(address), Snapshot(Identity(name, serial, chassis), [address, .. ownAddresses]), Public);

    public static DeviceSnapshot Snapshot(DeviceIdentity identity, params string[] addresses) => new()
    {
        Identity = identity,
        CollectedAt = Noon,
        Addresses = [.. addresses.Select((address, at) =>
            new InterfaceAddress(new IfIndex(at + 1), Ipv4Address.Parse(address), 24, InterfaceAddress.IpAddrTable))],
    };
}
