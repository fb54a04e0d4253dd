using System.Collections.Immutable;
using Towpath.Snmp;

namespace Towpath.Collection.Tests;

/// <summary>
/// A device that invents rows of some tables without end, ten rows in an answer that takes half a second; the rest is recorded.
/// </summary>
/// <param name="tables">Entry objects, and the index of each table's row of a number.</param>
internal sealed class InventingSession(RecordedSession recorded, ManualTime time, Dictionary<string, Func<uint, uint[]>> tables) : ISnmpSession
{
    private const int RowsInAnAnswer = 10;
    private static readonly TimeSpan s_answer = TimeSpan.FromMilliseconds(500);

    /// <summary>Nobody asks that long.</summary>
    private const uint Endless = 200_000;

    public Dictionary<string, TimeSpan> Lasted { get; } = [];

    /// <summary>When each GET with a limit came, and its limit.</summary>
    public List<(long At, TimeSpan Time)> Limited { get; } = [];

    public SnmpTarget Target => recorded.Target;

    public Task<SnmpResponse> GetAsync(IReadOnlyList<ObjectIdentifier> oids, CancellationToken cancellationToken) => recorded.GetAsync(oids, cancellationToken);

    public Task<SnmpResponse> GetAsync(IReadOnlyList<ObjectIdentifier> oids, TimeSpan within, CancellationToken cancellationToken)
    {
        Limited.Add((time.GetTimestamp(), within));
        return recorded.GetAsync(oids, cancellationToken);
    }

    public Task<WalkResult> WalkAsync(ObjectIdentifier root, VarBindHandler onRow, WalkBudget budget, CancellationToken cancellationToken) =>
        recorded.WalkAsync(root, onRow, budget, cancellationToken);

    public async Task<ImmutableArray<WalkResult>> WalkAsync(IReadOnlyList<ObjectIdentifier> roots, SubtreeRowHandler onRow, WalkBudget budget, CancellationToken cancellationToken)
    {
        string? invented = budget.Rows == 0 ? null : tables.Keys.FirstOrDefault(entry => ObjectIdentifier.Parse(entry).IsPrefixOf(roots[0].SubIdentifiers));
        if (invented is null) return await recorded.WalkAsync(roots, onRow, budget, cancellationToken);

        long started = time.GetTimestamp();
        for (uint row = 0; row < Endless; row++)
        {
            for (int column = 0; column < roots.Count; column++)
                onRow(column, new VarBindView(roots[column].Append(tables[invented](row)).SubIdentifiers, SnmpType.Integer, 1, []));
            if (row % RowsInAnAnswer != 0) continue;
            time.Advance(s_answer);
            if (budget.Enough?.Invoke() is not { } enough && time.GetElapsedTime(started) <= budget.Time) continue;
            Lasted[invented] = time.GetElapsedTime(started);
            return [.. roots.Select(_ => new WalkResult(SnmpStatus.BudgetSpent, (int)row, "scripted end"))];
        }
        throw new InvalidOperationException($"{invented} was walked for {Endless} rows.");
    }

    public ISnmpSession ForVlan(int vlan) => recorded.ForVlan(vlan);
}
