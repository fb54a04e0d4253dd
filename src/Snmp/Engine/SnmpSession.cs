using System.Collections.Immutable;

namespace Towpath.Snmp;

/// <summary>One target on the engine's socket. Thread safe.</summary>
internal sealed class SnmpSession(
    SnmpEngine engine, ExchangeTable exchanges, Device device, MessageSecurity security, SnmpTarget target, Pacer? pacer) : ISnmpSession
{
    public SnmpTarget Target { get; } = target;

    public ImmutableArray<byte> EngineId => device.Engine is { } known ? [.. known.Id] : [];

    public Task<SnmpResponse> GetAsync(IReadOnlyList<ObjectIdentifier> oids, CancellationToken cancellationToken) =>
        GetAsync(oids, TimeSpan.MaxValue, cancellationToken);

    public Task<SnmpResponse> GetAsync(IReadOnlyList<ObjectIdentifier> oids, TimeSpan time, CancellationToken cancellationToken) =>
        ConverseAsync(time, conversation => new GetOperation(conversation, oids).RunAsync(cancellationToken), cancellationToken);

    public Task<SnmpResponse> GetNextAsync(IReadOnlyList<ObjectIdentifier> oids, CancellationToken cancellationToken) =>
        ConverseAsync(TimeSpan.MaxValue,
            conversation => new GetOperation(conversation, oids, PduType.GetNext).RunAsync(cancellationToken), cancellationToken);

    public Task<WalkResult> WalkAsync(ObjectIdentifier root, VarBindHandler onRow, WalkBudget budget,
        CancellationToken cancellationToken) =>
        ConverseAsync(
            budget.Time,
            conversation => new WalkOperation(conversation, root, root.SubIdentifiers, onRow, budget).RunAsync(cancellationToken),
            cancellationToken);

    public Task<ImmutableArray<WalkResult>> WalkAsync(IReadOnlyList<ObjectIdentifier> roots, SubtreeRowHandler onRow, WalkBudget budget,
        CancellationToken cancellationToken) =>
        ConverseAsync(
            budget.Time,
            conversation => new JointWalkOperation(conversation, roots, onRow, budget).RunAsync(cancellationToken),
            cancellationToken);

    public ISnmpSession ForVlan(int vlan) => engine.Open(Target.ForVlan(vlan));

    private async Task<T> ConverseAsync<T>(TimeSpan time, Func<Conversation, Task<T>> operation, CancellationToken cancellationToken)
    {
        Exchange exchange = await exchanges.RentAsync(device, pacer, cancellationToken).ConfigureAwait(false);
        try
        {
            using var conversation = new Conversation(exchanges, exchange, device, security, Target, time, engine.Notice);
            return await operation(conversation).ConfigureAwait(false);
        }
        finally
        {
            // We may be on the thread that reads the socket: what the caller does next must not hold it up.
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        }
    }
}
