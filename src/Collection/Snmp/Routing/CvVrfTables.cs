using Towpath.Network;

namespace Towpath.Collection;

/// <summary>
/// CISCO-VRF-MIB. cvVrfTable, index a number that is the device's own: name .2. cvVrfInterfaceTable, index that number, ifIndex:
/// cvVrfInterfaceVnetTagOverride .2. It has no routes: those are in mplsL3VpnVrfRteTable where that is served, or in an SNMP context of the
/// VRF.
/// </summary>
internal static class CvVrfTables
{
    private const uint Name = 2, VnetTagOverride = 2;
    internal static readonly TableSpec Vrfs = new(Vrf.CvVrfTable, "1.3.6.1.4.1.9.9.711.1.1.1.1", Name);
    private static readonly TableSpec s_interfaces = new(VrfInterface.CvVrfInterfaceTable, "1.3.6.1.4.1.9.9.711.1.2.1.1", VnetTagOverride);

    public static SnmpSource Source { get; } = new([Vrfs], ReadAsync)
    {
        After = [Vrf.MplsL3VpnVrfTable],
        Besides = [VrfInterface.CvVrfInterfaceTable],
    };

    private static async Task ReadAsync(CollectionRun run, CancellationToken cancellationToken)
    {
        var names = new Dictionary<uint, VrfName>();
        TableReading vrfs = await run.ReadAsync(Vrfs, row =>
        {
            string name = row.Text(Name);
            if (row.Index.Length != 1 || name.Length == 0) return row.Unreadable("has no name, or its index is not one number");
            var vrf = new VrfName(name);
            names[row.Index[0]] = vrf;
            run.Draft.Of(Vrf.Layout).Add(new Vrf(vrf, "", Vrfs.Source));
            return RowOutcome.Fact;
        }, cancellationToken);
        if (vrfs.Outcome == ReadingOutcome.NotServed)
        {
            run.Note(s_interfaces.Source, default, ReadingOutcome.NotServed, 0, $"Not asked: {Vrfs.Name} has no VRFs.");
            return;
        }
        await run.ReadAsync(s_interfaces, row =>
        {
            if (row.Index.Length != 2 || row.Index[1] == 0) return row.Unreadable("its index is not VRF and ifIndex");
            if (!names.TryGetValue(row.Index[0], out VrfName name)) return row.Unreadable("belongs to a VRF that the device does not list");
            run.Draft.Of(VrfInterface.Layout).Add(new VrfInterface(name, new IfIndex(row.Index[1]), s_interfaces.Source));
            return RowOutcome.Fact;
        }, cancellationToken);
    }
}
