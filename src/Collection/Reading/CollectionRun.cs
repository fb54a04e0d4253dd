using System.Collections.Immutable;
using Towpath.Network;
using Towpath.Snmp;

namespace Towpath.Collection;

/// <summary>One collection of one device: asks, keeps the budgets, notes how each table's reading went.</summary>
internal sealed class CollectionRun
{
    private static readonly TimeSpan s_leastForAnAnswer = TimeSpan.FromMinutes(1);

    private readonly HashSet<FactSource> _notServed = [];
    private readonly SlowTables _slow;
    private readonly TimeProvider _time;
    private readonly long _start;
    private int _fruitless;
    private bool _isSlow;

    /// <param name="slow">Shared by all runs of a process.</param>
    public CollectionRun(ISnmpSession session, TimeProvider time, CollectionLimits limits, SlowTables slow)
    {
        _slow = slow;
        Session = session;
        Limits = limits;
        _time = time;
        _start = time.GetTimestamp();
        Draft = new SnapshotDraft { CollectedAt = time.GetUtcNow() };
    }

    public ISnmpSession Session { get; }

    public CollectionLimits Limits { get; }

    public SnapshotDraft Draft { get; }

    /// <summary>Called when a table brings no facts for the first time.</summary>
    public Action OnSlow { get; init; } = static () => { };

    public DateTimeOffset Now => _time.GetUtcNow();

    public TimeSpan Elapsed => _time.GetElapsedTime(_start);

    /// <summary>Set once the device does not even answer for its sysUpTime any more; nothing is asked after that.</summary>
    public (SnmpStatus Status, string Reason)? Lost { get; private set; }

    /// <summary>
    /// Finds out in two or three requests which of the tables have any row at all, so that
    /// <see cref="ReadAsync(TableSpec, RowReader, CancellationToken)"/> need not ask for the others.
    /// </summary>
    public async Task FindServedAsync(IReadOnlyList<TableSpec> tables, CancellationToken cancellationToken)
    {
        TimeSpan left = Limits.Device - Elapsed;
        if (left <= TimeSpan.Zero || tables.Count == 0) return;
        ImmutableArray<WalkResult> ended = await Session.WalkAsync([.. tables.Select(table => table.Entry)],
            static (int _, scoped in VarBindView _) => { },
            Limits.Column with { Rows = 0, Time = left }, cancellationToken);
        foreach ((TableSpec table, WalkResult end) in tables.Zip(ended))
        {
            if (end.Status == SnmpStatus.Ok) _notServed.Add(table.Source);
        }
    }

    /// <summary>The table is there, as far as is known.</summary>
    public bool MayServe(TableSpec table) => !_notServed.Contains(table.Source);

    /// <summary>How long the device takes for the smallest answer right now; null when none came.</summary>
    public async Task<TimeSpan?> TakesAsync(CancellationToken cancellationToken) =>
        await SystemGroup.AskUptimeAsync(this, cancellationToken) is { Status: SnmpStatus.Ok } uptime ? uptime.Took : null;

    /// <summary>Reads a table in the device's own context.</summary>
    public async Task<TableReading> ReadAsync(TableSpec table, RowReader onRow, CancellationToken cancellationToken)
    {
        if (_notServed.Contains(table.Source)) return Note(table.Source, default, ReadingOutcome.NotServed, 0, table.ReasonNotServed);
        TableReading reading = await ReadAsync(Session, default, table, onRow, cancellationToken);
        if (reading.Outcome == ReadingOutcome.NoAnswer && Lost is null) await CheckStillThereAsync(table, cancellationToken);
        return reading;
    }

    /// <summary>Reads a table in the context of a VLAN.</summary>
    public async Task<TableReading> ReadAsync(ISnmpSession session, VlanId context, TableSpec table, RowReader onRow,
        CancellationToken cancellationToken)
    {
        var walk = new TableWalk(table, onRow, TableRoom.Of(Draft.AnnouncedRows(table.Source), Limits), Limits.WithoutFact, _time);
        WalkResult ended = await WalkAsync(session, table, walk, cancellationToken);
        walk.Finish();
        bool isNumbered = table.Keys.Length > 0 && walk is { IsServed: true, Facts: 0, Row.Notes: > 0 } && ended.Status == SnmpStatus.Ok;
        if (isNumbered) return await ReadAsync(session, context, table.WithKeys, onRow, cancellationToken);
        return Note(table.Source, context, Readings.Outcome(ended.Status, walk.IsServed, walk.Facts), walk.Facts,
            Readings.Reason(table, ended, walk.IsServed, walk.Row));
    }

    /// <summary>Reads more columns of a table whose reading is noted already; one that does not come is not noted.</summary>
    public async Task<WalkResult> AskAgainAsync(TableSpec columns, RowReader onRow, CancellationToken cancellationToken)
    {
        var walk = new TableWalk(columns, onRow, TableRoom.Of(Draft.AnnouncedRows(columns.Source), Limits), Limits.WithoutFact, _time);
        WalkResult ended = await WalkAsync(Session, columns, walk, cancellationToken);
        walk.Finish();
        return ended;
    }

    /// <summary>
    /// One GET within what is left of the device's time; a minute at least, or all that was read would be lost for want of its end.
    /// </summary>
    /// <param name="session">The device's own, or one of a VLAN.</param>
    public Task<SnmpResponse> GetAsync(ISnmpSession session, IReadOnlyList<ObjectIdentifier> scalars, CancellationToken cancellationToken)
    {
        TimeSpan left = Limits.Device - Elapsed;
        return session.GetAsync(scalars, left > s_leastForAnAnswer ? left : s_leastForAnAnswer, cancellationToken);
    }

    /// <summary>One scalar that is a number; null when it is not told, or nothing is asked any more.</summary>
    public async Task<long?> AskAsync(ObjectIdentifier scalar, CancellationToken cancellationToken)
    {
        if (Lost is not null) return null;
        SnmpResponse answer = await GetAsync(Session, [scalar], cancellationToken);
        return answer.Status == SnmpStatus.Ok ? new ScalarAnswers(answer).Number(scalar) : null;
    }

    /// <summary>Says of a reading, once more is known than at its end, what else is missing.</summary>
    /// <param name="lost">How many of its rows are no facts after all.</param>
    public TableReading Amend(TableReading reading, string reason, int lost)
    {
        List<TableReading> readings = Draft.Of(TableReading.Layout);
        int rows = reading.Rows - lost;
        return readings[readings.LastIndexOf(reading)] = reading with
        {
            Rows = rows,
            Outcome = rows == 0 && reading.Outcome == ReadingOutcome.Answered ? ReadingOutcome.Empty : reading.Outcome,
            Reason = reading.Reason is { } before ? $"{before} {reason}" : reason,
        };
    }

    /// <summary>Records a reading that needed no walk.</summary>
    /// <param name="facts">Which kinds of fact a source tells that no layout lists.</param>
    public TableReading Note(
        FactSource source, VlanId context, ReadingOutcome outcome, int rows, string? reason, params IEnumerable<FactLayout> facts)
    {
        var reading = new TableReading(source, context.IsNone ? "" : $"vlan-{context}", outcome, rows, _time.GetUtcNow(), reason)
        {
            Facts = string.Join(' ', facts.Select(layout => layout.Name)),
        };
        Draft.Of(TableReading.Layout).Add(reading);
        return reading;
    }

    private string IsFruitless =>
        $"In {_fruitless} tables before it no row came that says anything, for {Limits.WithoutFact.TotalSeconds:0.#} seconds each: the agent's software is faulty, or invents rows.";

    private string TimeIsOver =>
        $"The {Limits.Device.TotalMinutes:0.#} minutes for one device are over: it answers slowly, or its tables are very large.";

    /// <summary>The table ends as the first of its columns that does not end well.</summary>
    private async Task<WalkResult> WalkAsync(ISnmpSession session, TableSpec table, TableWalk walk, CancellationToken cancellationToken)
    {
        if (Lost is { } lost) return new WalkResult(lost.Status, 0, lost.Reason);
        TimeSpan left = Limits.Device - Elapsed;
        if (left <= TimeSpan.Zero) return new WalkResult(SnmpStatus.BudgetSpent, 0, TimeIsOver);
        if (_fruitless >= Limits.FruitlessTables) return new WalkResult(SnmpStatus.BudgetSpent, 0, IsFruitless);
        WalkBudget budget = Limits.Column with
        {
            Time = left < Limits.Column.Time ? left : Limits.Column.Time,
            Octets = Limits.Column.Octets * table.Columns.Length,
            Enough = walk.Judge,
            Ended = walk.End,
            Pause = cancelled => walk.IsSlow ? RestAsync(cancelled) : default,
        };
        ImmutableArray<WalkResult> ended = await session.WalkAsync([.. table.Columns.Select(column => table.Entry.Append(column))],
            walk.Add, budget, cancellationToken);
        if (walk.IsFruitless) _fruitless++;
        if (walk.Enough is { } reason)
            return new WalkResult(walk.IsPast ? SnmpStatus.Ok : SnmpStatus.BudgetSpent, ended.Sum(one => one.Rows),
                walk.IsPast ? null : reason);
        WalkResult first = ended.FirstOrDefault(one => one.Status != SnmpStatus.Ok) ?? ended[0];
        // the walk had what was left of the device's time
        return first.Status == SnmpStatus.BudgetSpent && Elapsed >= Limits.Device ? first with { Reason = TimeIsOver } : first;
    }

    private ValueTask RestAsync(CancellationToken cancellationToken)
    {
        if (!_isSlow) OnSlow();
        _isSlow = true;
        return _slow.TurnAsync(cancellationToken);
    }

    private async Task CheckStillThereAsync(TableSpec table, CancellationToken cancellationToken)
    {
        UptimeReading uptime = await SystemGroup.AskUptimeAsync(this, cancellationToken);
        if (uptime.Status != SnmpStatus.Ok) Lost = (uptime.Status, $"Stopped answering while {table.Name} was read. {uptime.Reason}");
    }
}
