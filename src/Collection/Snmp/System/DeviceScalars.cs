using Towpath.Network;
using Towpath.Snmp;

namespace Towpath.Collection;

/// <summary>
/// Single objects of many MIBs, one GET: sysContact, sysLocation and sysServices (RFC 3418), dot1dBaseBridgeAddress (RFC 4188),
/// lldpLocChassisId (IEEE 802.1AB), hrMemorySize (RFC 2790, KByte), inetCidrRouteNumber and ipCidrRouteNumber (RFC 4292), processorRam
/// (OLD-CISCO-CHASSIS-MIB, octets), agentTotalMemory (AIRESPACE-SWITCHING-MIB, KByte), used and free octets of the processor's pool
/// (CISCO-MEMORY-POOL-MIB), whose sum in one answer is the memory of a Cisco device that tells no other size, ospfRouterId (RFC 4750),
/// ipForwarding (RFC 4293); how many rows tables have: ifNumber (RFC 2863), dot1dBaseNumPorts (RFC 4188), lldpStatsRemTablesInserts
/// (IEEE 802.1AB); and the maker's own, see <see cref="MakersObjects"/>.
/// </summary>
internal static class DeviceScalars
{
    private static readonly ObjectIdentifier s_sysContact = ObjectIdentifier.Parse("1.3.6.1.2.1.1.4.0");
    private static readonly ObjectIdentifier s_sysLocation = ObjectIdentifier.Parse("1.3.6.1.2.1.1.6.0");
    private static readonly ObjectIdentifier s_sysServices = ObjectIdentifier.Parse("1.3.6.1.2.1.1.7.0");
    private static readonly ObjectIdentifier s_bridgeAddress = ObjectIdentifier.Parse("1.3.6.1.2.1.17.1.1.0");
    private static readonly ObjectIdentifier s_chassisIdSubtype = ObjectIdentifier.Parse("1.0.8802.1.1.2.1.3.1.0");
    private static readonly ObjectIdentifier s_chassisId = ObjectIdentifier.Parse("1.0.8802.1.1.2.1.3.2.0");
    private static readonly ObjectIdentifier s_hrMemorySize = ObjectIdentifier.Parse("1.3.6.1.2.1.25.2.2.0");
    internal static readonly ObjectIdentifier InetCidrRouteNumber = ObjectIdentifier.Parse("1.3.6.1.2.1.4.24.6.0");
    internal static readonly ObjectIdentifier IpCidrRouteNumber = ObjectIdentifier.Parse("1.3.6.1.2.1.4.24.3.0");
    private static readonly ObjectIdentifier s_processorRam = ObjectIdentifier.Parse("1.3.6.1.4.1.9.3.6.6.0");
    private static readonly ObjectIdentifier s_airespaceMemory = ObjectIdentifier.Parse("1.3.6.1.4.1.14179.1.1.5.2.0");
    private static readonly ObjectIdentifier s_poolUsed = ObjectIdentifier.Parse("1.3.6.1.4.1.9.9.48.1.1.1.5.1");
    private static readonly ObjectIdentifier s_poolFree = ObjectIdentifier.Parse("1.3.6.1.4.1.9.9.48.1.1.1.6.1");

    private static readonly ObjectIdentifier s_ifNumber = ObjectIdentifier.Parse("1.3.6.1.2.1.2.1.0");
    private static readonly ObjectIdentifier s_baseNumPorts = ObjectIdentifier.Parse("1.3.6.1.2.1.17.1.2.0");
    private static readonly ObjectIdentifier s_remTablesInserts = ObjectIdentifier.Parse("1.0.8802.1.1.2.1.2.2.0");
    private static readonly ObjectIdentifier s_ospfRouterId = ObjectIdentifier.Parse("1.3.6.1.2.1.14.1.1.0");
    private static readonly ObjectIdentifier s_ipForwarding = ObjectIdentifier.Parse("1.3.6.1.2.1.4.1.0");

    private static readonly ObjectIdentifier[] s_all =
    [
        s_sysContact, s_sysLocation, s_sysServices,
        s_bridgeAddress, s_chassisIdSubtype, s_chassisId, s_hrMemorySize, InetCidrRouteNumber, IpCidrRouteNumber, s_processorRam,
        s_airespaceMemory, s_poolUsed, s_poolFree, s_ospfRouterId, s_ipForwarding, s_ifNumber, s_baseNumPorts, s_remTablesInserts,
    ];

    /// <summary>
    /// An object that it does not get stays unknown, and the system group's reading says so; the tables do not depend on it.
    /// </summary>
    public static async Task ReadAsync(CollectionRun run, CancellationToken cancellationToken)
    {
        MakersObject[] makers = MakersObjects.Of(run.Draft.Identity);
        SnmpResponse answer = await run.GetAsync(run.Session, [.. s_all, .. makers.Select(one => one.Object)], cancellationToken);
        if (answer.Status != SnmpStatus.Ok)
        {
            TableReading system = run.Draft.Of(TableReading.Layout).Find(reading => reading.Source == DeviceIdentity.System)!;
            run.Amend(system, $"Single objects, such as location, serial number and chassis id, are missing. {answer.Reason}", lost: 0);
            return;
        }
        var values = new ScalarAnswers(answer);

        run.Draft.Announce(values.Number(s_ifNumber), Interface.IfTable, Interface.IfXTable);
        run.Draft.Announce(values.Number(InetCidrRouteNumber), Route.InetCidrRouteTable);
        run.Draft.Announce(values.Number(IpCidrRouteNumber), Route.IpCidrRouteTable);
        // The oldest table has no count of its own; the newer ones count the same routes.
        run.Draft.Announce(values.Number(IpCidrRouteNumber) ?? values.Number(InetCidrRouteNumber), Route.IpRouteTable);
        run.Draft.Announce(values.Number(s_baseNumPorts), BridgePort.Dot1dBasePortTable, StpPort.Dot1dStpPortTable);
        // How often a neighbor was entered, so at least as many as there are.
        run.Draft.Announce(values.Number(s_remTablesInserts), LldpNeighbor.LldpRemTable, LldpNeighbor.LldpRemManAddrTable);
        run.Draft.OspfRouterId = values.Address(s_ospfRouterId);
        ReadOnlySpan<byte> bridge = values.Octets(s_bridgeAddress);
        ReadOnlySpan<byte> chassis = values.Octets(s_chassisId);
        int subtype = (int)Math.Min(values.Number(s_chassisIdSubtype) ?? 0, int.MaxValue);
        run.Draft.Identity = run.Draft.Identity with
        {
            SysContact = ScalarAnswers.NullIfEmpty(values.Text(s_sysContact)),
            SysLocation = ScalarAnswers.NullIfEmpty(values.Text(s_sysLocation)),
            SysServices = (int)Math.Min(values.Number(s_sysServices) ?? 0, 127),
            BridgeAddress = Words.TryMac(bridge, out MacAddress address) && address != default ? address : null,
            LldpChassisId = chassis.Length == 0 ? null : LldpIdentity.OfChassis(subtype, chassis),
            MemoryBytes = Kilobytes(values.Number(s_hrMemorySize)) ?? Positive(values.Number(s_processorRam))
                ?? Kilobytes(values.Number(s_airespaceMemory))
                ?? Megabytes(values.Number(s_poolUsed) + values.Number(s_poolFree)),
            IpForwarding = values.Number(s_ipForwarding) switch
            {
                1 => IpForwarding.Forwarding,
                2 => IpForwarding.NotForwarding,
                _ => IpForwarding.NotTold,
            },
            Model = makers.Told("model", values),
            SerialNumber = makers.Told("serial", values),
            SoftwareVersion = (makers.Told("version", values) is { } version ? SoftwareVersion.In(version) : null)
                ?? run.Draft.Identity.SoftwareVersion,
        };
    }

    private static long? Kilobytes(long? number) => number is > 0 and <= long.MaxValue / 1024 ? number * 1024 : null;

    /// <summary>To the nearest MiB: the two parts of the sum move, and an unchanged device must look unchanged.</summary>
    private static long? Megabytes(long? number) => number is > 0 and <= long.MaxValue / 2 ? (number + (1 << 19)) >> 20 << 20 : null;

    private static long? Positive(long? number) => number is > 0 ? number : null;
}
