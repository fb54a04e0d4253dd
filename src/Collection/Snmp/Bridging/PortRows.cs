using Towpath.Network;

namespace Towpath.Collection;

/// <summary>
/// The rows of one table that speak of bridge ports. Those whose port no rule places at once wait for the end of the table: where none of
/// its ports is known, the agent may number its ports in another way than its index of dot1dBasePortTable does.
/// </summary>
/// <param name="context">The VLAN whose context is asked; default for the device's own.</param>
internal sealed class PortRows(CollectionRun run, VlanId context)
{
    private readonly List<(long Port, Func<IfIndex, bool> Make)> _waiting = [];
    private bool _anyPlaced;

    /// <param name="port">0 where the row names none.</param>
    public bool TryPlace(long port, out IfIndex on)
    {
        on = run.Draft.InterfaceOfPort(context, port);
        _anyPlaced |= !on.IsNone;
        return !on.IsNone;
    }

    /// <param name="make">Makes the fact, perhaps without an interface; false when it makes none, and the row is lost.</param>
    public void Wait(long port, Func<IfIndex, bool> make) => _waiting.Add((port, make));

    /// <summary>Places what waits, and says in the reading what was not placed.</summary>
    public async Task<TableReading> EndAsync(TableReading reading, CancellationToken cancellationToken)
    {
        bool isNumberedOtherwise = _waiting.Count > 0 && !_anyPlaced && context.IsNone;
        if (isNumberedOtherwise) await Dot1dBasePortTable.ReadNumbersAsync(run, cancellationToken);
        int lost = 0, unplaced = 0;
        long first = 0;
        foreach ((long port, Func<IfIndex, bool> make) in _waiting)
        {
            IfIndex on = run.Draft.InterfaceOfPort(context, port);
            if (on.IsNone && isNumberedOtherwise) on = run.Draft.CountedPort(port);
            if (!make(on)) lost++;
            if (on.IsNone && unplaced++ == 0) first = port;
        }
        return unplaced == 0 ? reading : run.Amend(reading,
            $"{unplaced} rows speak of bridge ports that dot1dBasePortTable maps to no interface, the first of port {first}.", lost);
    }
}
