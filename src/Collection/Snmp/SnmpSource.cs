using Towpath.Snmp;

namespace Towpath.Collection;

/// <summary>Tables that are read together: what the first question asks for, and how they are read.</summary>
/// <param name="tables">Every device is asked whether it has rows in them; empty where other answers tell whether to ask.</param>
internal sealed class SnmpSource(TableSpec[] tables, Func<CollectionRun, CancellationToken, Task> readAsync)
    : DeviceSource([.. tables.Select(table => table.Source)], readAsync)
{
    public TableSpec[] Tables => tables;

    /// <summary>Other answers lead to it, whether or not its tables have rows.</summary>
    public Func<CollectionRun, bool> IsLedTo { get; init; } = static _ => false;

    public override bool CostsARequest(CollectionRun run) => tables.Any(run.MayServe) || IsLedTo(run);

    protected override ObjectIdentifier? Entry => tables.FirstOrDefault()?.Entry;
}
