using Towpath.Network;

namespace Towpath.Collection;

/// <summary>vtpVlanTable (CISCO-VTP-MIB), index management domain, VLAN: state .2 (1 operational), type .3 (1 ethernet), name .4.</summary>
internal static class VtpVlanTable
{
    private const uint State = 2, Type = 3, Name = 4;
    private const int Operational = 1, Ethernet = 1;
    internal static readonly TableSpec Spec = new(Vlan.VtpVlanTable, "1.3.6.1.4.1.9.9.46.1.3.1.1", State, Type, Name);

    public static SnmpSource Source { get; } = new([Spec], ReadAsync);

    private static Task ReadAsync(CollectionRun run, CancellationToken cancellationToken) => run.ReadAsync(Spec, row =>
    {
        if (row.Index.Length is not (1 or 2) || row.Index[^1] is 0 or > 4094) return row.Unreadable("its index is not domain and VLAN");
        if (row.Small(State, 255) is not (null or Operational) || row.Small(Type, 255) is not (null or Ethernet))
            return RowOutcome.Ignored; // 1002-1005: FDDI, Token Ring
        var vlan = new VlanId((ushort)row.Index[^1]);
        run.Draft.AddVlan(vlan, row.Text(Name));
        run.Draft.ContextVlans.Add(vlan);
        return RowOutcome.Fact;
    }, cancellationToken);
}
