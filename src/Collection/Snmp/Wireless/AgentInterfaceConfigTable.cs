using System.Text;
using Towpath.Network;

namespace Towpath.Collection;

/// <summary>
/// agentInterfaceConfigTable (AIRESPACE-SWITCHING-MIB), index interface name as text: name .1, VLAN .2, MAC .4, address .5, mask .6,
/// gateway .7, port .8.
/// </summary>
internal static class AgentInterfaceConfigTable
{
    private const uint Name = 1, Vlan = 2, Mac = 4, Address = 5, Mask = 6, Gateway = 7, Port = 8;
    internal static readonly TableSpec Spec = new(ControllerInterface.AgentInterfaceConfigTable, "1.3.6.1.4.1.14179.1.2.13.1", Vlan,
        Address, Name, Mac, Mask, Gateway, Port);

    public static SnmpSource Source { get; } = new([Spec], ReadAsync);

    private static Task ReadAsync(CollectionRun run, CancellationToken cancellationToken) => run.ReadAsync(Spec, row =>
    {
        string name = row.Text(Name) is { Length: > 0 } told ? told : NameOfIndex(row.Index);
        if (name.Length == 0) return row.Unreadable("has no name");
        run.Draft.Of(ControllerInterface.Layout).Add(new ControllerInterface(name, new VlanId((ushort)(row.Small(Vlan, 4094) ?? 0)),
            row.Mac(Mac), row.Address(Address),
            row.Address(Mask), row.Address(Gateway), row.Small(Port, int.MaxValue) ?? 0));
        return RowOutcome.Fact;
    }, cancellationToken);

    /// <summary>The characters, with or without their number before them.</summary>
    private static string NameOfIndex(ReadOnlySpan<uint> index)
    {
        if (index.Length > 0 && index[0] == index.Length - 1) index = index[1..];
        if (index.Length > Words.MaxCharacters) return "";
        var text = new StringBuilder(index.Length);
        foreach (uint arc in index) text.Append(arc is >= 0x20 and <= 0x7e ? (char)arc : '?');
        return Words.Clean(text.ToString());
    }
}
