using Towpath.Network;
using Towpath.Snmp;

namespace Towpath.Collection;

/// <summary>
/// ifTable and ifXTable (IF-MIB, RFC 2863), index ifIndex. ifTable: ifDescr .2, ifType .3, ifMtu .4, ifSpeed .5, ifPhysAddress .6,
/// ifAdminStatus .7, ifOperStatus .8. ifXTable: ifName .1, ifHighSpeed .15 (Mbit/s), ifAlias .18.
/// </summary>
internal static class IfTable
{
    private const uint Descr = 2, Type = 3, Mtu = 4, Speed = 5, PhysAddress = 6, AdminStatus = 7, OperStatus = 8;
    private const uint Name = 1, HighSpeed = 15, Alias = 18;
    private const int Up = 1;
    internal static readonly TableSpec Spec = new(Interface.IfTable, "1.3.6.1.2.1.2.2.1", Descr, Type, Mtu, Speed, PhysAddress, AdminStatus,
        OperStatus);
    internal static readonly TableSpec Extension = new(Interface.IfXTable, "1.3.6.1.2.1.31.1.1.1", Name, HighSpeed, Alias);

    public static SnmpSource Source { get; } = new([Spec, Extension], ReadAsync);

    private static async Task ReadAsync(CollectionRun run, CancellationToken cancellationToken)
    {
        var interfaces = new SortedDictionary<IfIndex, Interface>();
        await run.ReadAsync(Spec, row =>
        {
            IfIndex index = row.InterfaceIndex();
            if (index.IsNone) return row.Unreadable("its index is no ifIndex");
            interfaces[index] = new Interface
            {
                Index = index,
                Name = row.Text(Descr),
                Type = row.Small(Type, int.MaxValue) ?? 0,
                Mac = PortAddress(row),
                AdminUp = row.Number(AdminStatus) == Up,
                OperUp = row.Number(OperStatus) == Up,
                SpeedBitsPerSecond = row.Number(Speed) ?? 0,
                Mtu = row.Small(Mtu, int.MaxValue) ?? 0,
            };
            return RowOutcome.Fact;
        }, cancellationToken);

        await run.ReadAsync(Extension, row =>
        {
            IfIndex index = row.InterfaceIndex();
            if (index.IsNone) return row.Unreadable("its index is no ifIndex");
            if (!interfaces.TryGetValue(index, out Interface? basic)) return row.Unreadable("ifTable has no such interface");
            interfaces[index] = basic with
            {
                ShortName = row.Text(Name),
                Alias = row.Text(Alias),
                SpeedBitsPerSecond = SpeedOf(basic.SpeedBitsPerSecond, row.Number(HighSpeed) ?? 0),
            };
            return RowOutcome.Fact;
        }, cancellationToken);
        InterfaceNaming naming = InterfaceNaming.Of(interfaces.Values);
        run.Draft.Of(Interface.Layout).AddRange(interfaces.Values.Select(one => one with { Name = naming.NameOf(one) }));
    }

    /// <summary>ifAdminStatus and ifOperStatus of one interface.</summary>
    public static (ObjectIdentifier AdminStatus, ObjectIdentifier OperStatus) StateOf(IfIndex index) =>
        (Spec.Entry.Instance(AdminStatus, (uint)index.Value), Spec.Entry.Instance(OperStatus, (uint)index.Value));

    /// <summary>One of these two values says up; false also of an instance that is not there.</summary>
    public static bool IsUp(VarBind status) => status.Value is { Type: SnmpType.Integer, Integer: Up };

    /// <summary>
    /// ifSpeed is exact below 4.295 Gbit/s and useless above (it sticks at the highest number, or wraps); ifHighSpeed is rounded to Mbit/s.
    /// </summary>
    internal static long SpeedOf(long ifSpeed, long ifHighSpeed)
    {
        bool exact = ifSpeed > 0 && ifSpeed < uint.MaxValue && ifHighSpeed < 4_295;
        long fromMegabits = ifHighSpeed > long.MaxValue / 1_000_000 ? 0 : ifHighSpeed * 1_000_000;
        return exact || fromMegabits == 0 ? ifSpeed : fromMegabits;
    }

    // Tunnels, serial lines and FireWire have other lengths: not a fault of the row.
    private static MacAddress PortAddress(TableRow row) =>
        Words.TryMac(row.Octets(PhysAddress), out MacAddress mac) ? mac : default;
}
