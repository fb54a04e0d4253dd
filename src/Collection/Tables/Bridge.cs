namespace Towpath.Collection;

/// <summary>The bridge tables of the device's own context: ports first, because the others speak of ports.</summary>
internal static class Bridge
{
    public static async Task ReadAsync(CollectionRun run, CancellationToken cancellationToken)
    {
        await Dot1dBasePortTable.ReadAsync(run, cancellationToken);
        await Dot1dTpFdbTable.ReadAsync(run, cancellationToken);
        await Dot1dStpPortTable.ReadAsync(run, cancellationToken);
    }
}
