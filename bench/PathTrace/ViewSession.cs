using System.Collections.Immutable;
using Towpath.Snmp;

namespace Towpath.PathTrace.Bench;

/// <summary>
/// A generated device's tables read without a network between, so that ten thousand devices are collected in seconds by the real collector.
/// </summary>
internal sealed class ViewSession(SnmpTarget target, IMibView view) : ISnmpSession
{
    public SnmpTarget Target => target;

    public Task<SnmpResponse> GetAsync(IReadOnlyList<ObjectIdentifier> oids, CancellationToken cancellationToken) =>
        Task.FromResult(new SnmpResponse(
        SnmpStatus.Ok, [.. oids.Select(oid =>
            new VarBind(oid, view.TryGet(oid.SubIdentifiers, out SnmpValue value) ? value : SnmpValue.NoSuchInstance))], null));

    public Task<SnmpResponse> GetNextAsync(IReadOnlyList<ObjectIdentifier> oids, CancellationToken cancellationToken) =>
        Task.FromResult(new SnmpResponse(SnmpStatus.Ok, [.. oids.Select(oid =>
            view.TryGetNext(oid.SubIdentifiers, out VarBind next) ? next : new VarBind(oid, SnmpValue.EndOfMibView))], null));

    public Task<WalkResult> WalkAsync(ObjectIdentifier root, VarBindHandler onRow, WalkBudget budget, CancellationToken cancellationToken)
    {
        int rows = 0;
        ObjectIdentifier at = root;
        for (; view.TryGetNext(at.SubIdentifiers, out VarBind next) && root.IsPrefixOf(next.Oid.SubIdentifiers); rows++)
        {
            if (rows == budget.Rows) return Task.FromResult(new WalkResult(SnmpStatus.BudgetSpent, rows, null));
            at = next.Oid;
            onRow(new VarBindView(at.SubIdentifiers, next.Value.Type, next.Value.Number, next.Value.Octets.AsSpan()));
        }
        return Task.FromResult(new WalkResult(SnmpStatus.Ok, rows, null));
    }

    public async Task<ImmutableArray<WalkResult>> WalkAsync(IReadOnlyList<ObjectIdentifier> roots, SubtreeRowHandler onRow,
        WalkBudget budget, CancellationToken cancellationToken) =>
        [.. await Task.WhenAll(roots.Select((root, number) =>
            WalkAsync(root, (scoped in VarBindView row) => onRow(number, row), budget, cancellationToken)))];

    public ISnmpSession ForVlan(int vlan) => throw new NotSupportedException("Generated devices have no VLAN contexts.");
}
