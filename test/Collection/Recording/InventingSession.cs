using System.Collections.Immutable;
using Microsoft.Extensions.Time.Testing;
using Towpath.Snmp;

namespace Towpath.Collection.Tests;

/// <summary>
/// A device that invents rows of some tables without end, ten rows in an answer that takes half a second, unless said otherwise; the rest
/// is recorded.
/// </summary>
/// <param name="tables">Entry objects, and the index of each table's row of a number.</param>
internal sealed class InventingSession(RecordedSession recorded, FakeTimeProvider time,
    Dictionary<string, Func<uint, uint[]>> tables) : ISnmpSession
{
    /// <summary>Nobody asks that long.</summary>
    private const uint Endless = 200_000;

    public uint RowsInAnAnswer { get; init; } = 10;

    public TimeSpan Answer { get; init; } = TimeSpan.FromMilliseconds(500);

    public InventedColumns Columns { get; init; }

    public Dictionary<string, TimeSpan> Lasted { get; } = [];

    /// <summary>When each GET with a limit came, and its limit.</summary>
    public List<(long At, TimeSpan Time)> Limited { get; } = [];

    public SnmpTarget Target => recorded.Target;

    public Task<SnmpResponse> GetAsync(IReadOnlyList<ObjectIdentifier> oids, CancellationToken cancellationToken) =>
        recorded.GetAsync(oids, cancellationToken);

    public Task<SnmpResponse> GetAsync(IReadOnlyList<ObjectIdentifier> oids, TimeSpan within, CancellationToken cancellationToken)
    {
        Limited.Add((time.GetTimestamp(), within));
        return recorded.GetAsync(oids, cancellationToken);
    }

    public Task<SnmpResponse> GetNextAsync(IReadOnlyList<ObjectIdentifier> oids, CancellationToken cancellationToken) =>
        recorded.GetNextAsync(oids, cancellationToken);

    public Task<WalkResult> WalkAsync(ObjectIdentifier root, VarBindHandler onRow, WalkBudget budget,
        CancellationToken cancellationToken) =>
        recorded.WalkAsync(root, onRow, budget, cancellationToken);

    public async Task<ImmutableArray<WalkResult>> WalkAsync(IReadOnlyList<ObjectIdentifier> roots, SubtreeRowHandler onRow,
        WalkBudget budget, CancellationToken cancellationToken)
    {
        string? invented = budget.Rows == 0
            ? null : tables.Keys.FirstOrDefault(entry => ObjectIdentifier.Parse(entry).IsPrefixOf(roots[0].SubIdentifiers));
        if (invented is null) return await recorded.WalkAsync(roots, onRow, budget, cancellationToken);

        var table = new InventedTable(roots, tables[invented], onRow, budget, Columns);
        long started = time.GetTimestamp();
        for (uint row = 0; row < Endless; row += RowsInAnAnswer)
        {
            foreach (IEnumerable<int> asked in table.Answers())
            {
                if (budget.Pause is { } pause) await pause(cancellationToken);
                foreach (int column in asked) table.Hand(column, row, RowsInAnAnswer);
                time.Advance(Answer);
                if (budget.Enough?.Invoke() is not { } enough && time.GetElapsedTime(started) <= budget.Time) continue;
                Lasted[invented] = time.GetElapsedTime(started);
                return [.. roots.Select(_ => new WalkResult(SnmpStatus.BudgetSpent, (int)row, "scripted end"))];
            }
        }
        throw new InvalidOperationException($"{invented} was walked for {Endless} rows.");
    }

    public ISnmpSession ForVlan(int vlan) => recorded.ForVlan(vlan);
}

/// <summary>How the columns of an invented table come.</summary>
internal enum InventedColumns
{
    /// <summary>All in each answer.</summary>
    Together,

    /// <summary>One answer for each, in turns.</summary>
    InTurns,

    /// <summary>The agent leaves the second one out.</summary>
    WithoutSecond,

    /// <summary>The agent leaves all others out.</summary>
    OnlySecond,

    /// <summary>The second one seems to be left out, and its first cell comes with the hundredth row.</summary>
    SecondLate,
}

internal sealed class InventedTable(
    IReadOnlyList<ObjectIdentifier> roots, Func<uint, uint[]> index, SubtreeRowHandler onRow, WalkBudget budget, InventedColumns columns)
{
    private const uint Late = 100;

    private bool _begun;

    /// <summary>The columns in each answer that brings the next rows.</summary>
    public IEnumerable<IEnumerable<int>> Answers()
    {
        int[] served = [.. Enumerable.Range(0, roots.Count).Where(IsServed)];
        if (!_begun)
        {
            foreach (int column in Enumerable.Range(0, roots.Count).Where(column => !IsServed(column) || IsLate(column)))
                budget.Ended?.Invoke(column);
        }
        _begun = true;
        return columns == InventedColumns.InTurns ? served.Select(column => (int[])[column]) : [served];
    }

    public void Hand(int column, uint row, uint rows)
    {
        if (IsLate(column) && (row -= Late) > uint.MaxValue - Late - 1) return;
        for (uint number = row; number < row + rows; number++)
            onRow(column, new VarBindView(roots[column].Append(index(number)).SubIdentifiers, SnmpType.Integer, 1, []));
    }

    private bool IsServed(int column) => columns switch
    {
        InventedColumns.WithoutSecond => column != 1,
        InventedColumns.OnlySecond => column == 1,
        _ => true,
    };

    private bool IsLate(int column) => columns == InventedColumns.SecondLate && column == 1;
}
