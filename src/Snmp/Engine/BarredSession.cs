using System.Collections.Immutable;

namespace Towpath.Snmp;

/// <summary>A target that nothing may be sent to: it has no part of the engine's socket.</summary>
internal sealed class BarredSession(SnmpTarget target, string reason) : ISnmpSession
{
    public SnmpTarget Target => target;

    public Task<SnmpResponse> GetAsync(IReadOnlyList<ObjectIdentifier> oids, CancellationToken cancellationToken) =>
        Task.FromResult(new SnmpResponse(SnmpStatus.Unreachable, [], reason));

    public Task<SnmpResponse> GetNextAsync(IReadOnlyList<ObjectIdentifier> oids, CancellationToken cancellationToken) =>
        GetAsync(oids, cancellationToken);

    public Task<WalkResult> WalkAsync(
        ObjectIdentifier root, VarBindHandler onRow, WalkBudget budget, CancellationToken cancellationToken) =>
        Task.FromResult(Refusal);

    public Task<ImmutableArray<WalkResult>> WalkAsync(
        IReadOnlyList<ObjectIdentifier> roots, SubtreeRowHandler onRow, WalkBudget budget, CancellationToken cancellationToken) =>
        Task.FromResult<ImmutableArray<WalkResult>>([.. roots.Select(_ => Refusal)]);

    public ISnmpSession ForVlan(int vlan) => new BarredSession(target.ForVlan(vlan), reason);

    private WalkResult Refusal => new(SnmpStatus.Unreachable, 0, reason);
}
