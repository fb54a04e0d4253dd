using Towpath.Network;

namespace Towpath.Collection;

/// <summary>The rows of a forwarding database, each an entry, with or without the interface of its port.</summary>
/// <param name="context">The VLAN whose context is asked; default for the device's own.</param>
internal sealed class LearnedRows(CollectionRun run, VlanId context, FactSource source)
{
    private readonly PortRows _ports = new(run, context);

    /// <param name="port">0 where it was learned on none.</param>
    /// <param name="status">1..5 as the MIB has it; learned when not told, other when out of range.</param>
    public void Add(VlanId vlan, MacAddress mac, long port, int? status)
    {
        FdbStatus how = StatusOf(status);
        // A bridge may have its own addresses on a port that is no interface.
        bool isPlaced = _ports.TryPlace(port, out IfIndex on) || port == 0 || how is FdbStatus.Self or FdbStatus.Invalid;
        if (isPlaced) run.Draft.Of(FdbEntry.Layout).Add(new FdbEntry(vlan, mac, on, how, source));
        else Wait(vlan, mac, port, how);
    }

    /// <summary>Learned when it is not told.</summary>
    public static FdbStatus StatusOf(int? status) =>
        status switch { null => FdbStatus.Learned, >= 1 and <= 5 => (FdbStatus)status, _ => FdbStatus.Other };

    public Task<TableReading> EndAsync(TableReading reading, CancellationToken cancellationToken) =>
        _ports.EndAsync(reading, cancellationToken);

    private void Wait(VlanId vlan, MacAddress mac, long port, FdbStatus status) => _ports.Wait(port, on =>
    {
        run.Draft.Of(FdbEntry.Layout).Add(new FdbEntry(vlan, mac, on, status, source));
        return true;
    });
}
