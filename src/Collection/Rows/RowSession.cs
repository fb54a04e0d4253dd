using System.Collections.Immutable;
using Towpath.Network;
using Towpath.Snmp;

namespace Towpath.Collection;

/// <summary>Asks one device for single objects, with one request in flight, until it has been asked for enough of them.</summary>
/// <param name="open">Called at the first question.</param>
/// <param name="most">So many variables in all; a GETNEXT of one object is one.</param>
internal sealed class RowSession(Func<ISnmpSession> open, int most)
{
    /// <summary>Agents are known that drop a request for more; see <see cref="SystemGroup"/>.</summary>
    public const int InOneRequest = 6;

    private readonly string _tooMany = $"its rows take more than the {most} variables that one device is asked for";
    private int _left = most;
    private string? _lost; // it has not answered once, and is asked for nothing else
    private ISnmpSession? _session;

    /// <summary>Why the last question has no answer, in words; null while each had one.</summary>
    public string? WhyNot { get; private set; }

    /// <summary>The last question was sent, and nothing came back; nor was it sent because nothing had come back before.</summary>
    public bool IsUnanswered { get; private set; }

    /// <summary>Some question was sent.</summary>
    public bool WasAsked => _session is not null;

    /// <summary>Some answer has come.</summary>
    public bool HasAnswered { get; private set; }

    /// <summary>Null when it does not answer; <see cref="WhyNot"/> says why.</summary>
    public async Task<SystemGroup?> AskWhoAsync(CancellationToken cancellationToken)
    {
        _left -= SystemGroup.VariablesAgain;
        SystemGroup told = await SystemGroup.AskAgainAsync(In(default), cancellationToken);
        return IsAnswer(told.Status, told.Reason, default) ? told : null;
    }

    /// <summary>The values of these instances, absent ones as exceptions; default when there is no answer.</summary>
    /// <param name="context">The VLAN whose context is asked; default for the device's own.</param>
    public Task<ImmutableArray<VarBind>> GetAsync(IReadOnlyList<ObjectIdentifier> oids, VlanId context,
        CancellationToken cancellationToken) =>
        AskAsync(oids, context, asked => In(context).GetAsync(asked, cancellationToken));

    /// <summary>The first instance behind each; default when there is no answer.</summary>
    public Task<ImmutableArray<VarBind>> NextAsync(IReadOnlyList<ObjectIdentifier> oids, VlanId context,
        CancellationToken cancellationToken) =>
        AskAsync(oids, context, asked => In(context).GetNextAsync(asked, cancellationToken));

    /// <summary>One row of a table by its index; null when there is none, or no answer.</summary>
    public async Task<TableRow?> RowAsync(TableSpec table, uint[] index, VlanId context, CancellationToken cancellationToken)
    {
        ImmutableArray<VarBind> cells =
            await GetAsync([.. table.Columns.Select(column => table.Entry.Instance(column, index))], context, cancellationToken);
        return cells.IsDefault ? null : RowOf(table, cells);
    }

    /// <summary>The row of a cell of the table's first column that was told; null when there is no answer.</summary>
    public async Task<TableRow?> RowAsync(TableSpec table, VarBind first, CancellationToken cancellationToken)
    {
        uint[] index = IndexBelow(table.Entry.Append(table.Columns[0]), first) ?? [];
        ImmutableArray<VarBind> others =
            await GetAsync([.. table.Columns[1..].Select(column => table.Entry.Instance(column, index))], default, cancellationToken);
        return others.IsDefault ? null : RowOf(table, [first, .. others]);
    }

    /// <summary>
    /// The table's first row, if it has any, has an index of one of these lengths. Agents whose indexes are others have rows that nobody
    /// finds by the MIB's index: of them nothing is gone.
    /// </summary>
    /// <returns>False also when there is no answer.</returns>
    public async Task<bool> IsIndexedSoAsync(TableSpec table, VlanId context, int[] lengths, CancellationToken cancellationToken)
    {
        ObjectIdentifier column = table.Entry.Append(table.Columns[0]);
        ImmutableArray<VarBind> first = await NextAsync([column], context, cancellationToken);
        if (first.IsDefault) return false;
        if (IndexBelow(column, first[0]) is not { } index || lengths.Contains(index.Length)) return true;
        WhyNot = OtherIndex(table);
        return false;
    }

    /// <summary>Why a row may be there and is not found.</summary>
    public static string OtherIndex(TableSpec table) => $"its agent writes the index of {table.Name} in a way of its own";

    /// <summary>What follows the object in the name of an instance below it; null of others and of exceptions.</summary>
    public static uint[]? IndexBelow(ObjectIdentifier root, VarBind told) =>
        told.Value.Type < SnmpType.NoSuchObject && told.Oid.Length > root.Length && root.IsPrefixOf(told.Oid.SubIdentifiers)
            ? told.Oid.SubIdentifiers[root.Length..].ToArray() : null;

    /// <summary>A cursor on the row that the cells are of; null when none is there.</summary>
    public static TableRow? RowOf(TableSpec table, IEnumerable<VarBind> cells)
    {
        var columns = new Column[table.Columns.Length];
        for (int i = 0; i < columns.Length; i++)
            columns[i] = new Column(table.Entry.Append(table.Columns[i]), i == 0 ? null : columns[0]);
        foreach (VarBind cell in cells)
        {
            int at = Array.FindIndex(table.Columns, column => table.Entry.Append(column).IsPrefixOf(cell.Oid.SubIdentifiers));
            if (at >= 0)
                columns[at].Add(new VarBindView(cell.Oid.SubIdentifiers, cell.Value.Type, cell.Value.Number, cell.Value.Octets.AsSpan()));
        }
        var row = new TableRow(table.Columns, columns);
        return row.MoveNext() ? row : null;
    }

    private ISnmpSession In(VlanId context)
    {
        _session ??= open();
        return context.IsNone ? _session : _session.ForVlan(context.Value);
    }

    private async Task<ImmutableArray<VarBind>> AskAsync(
        IReadOnlyList<ObjectIdentifier> oids, VlanId context, Func<IReadOnlyList<ObjectIdentifier>, Task<SnmpResponse>> ask)
    {
        WhyNot = _lost ?? (_left < oids.Count ? _tooMany : null);
        IsUnanswered = _lost is not null;
        if (WhyNot is not null) return default;
        _left -= oids.Count;
        var told = ImmutableArray.CreateBuilder<VarBind>(oids.Count);
        foreach (ObjectIdentifier[] some in oids.Chunk(InOneRequest))
        {
            SnmpResponse answer = await ask(some);
            if (!IsAnswer(answer.Status, answer.Reason, context)) return default;
            told.AddRange(answer.VarBinds);
        }
        return told.DrainToImmutable();
    }

    private bool IsAnswer(SnmpStatus status, string? reason, VlanId context)
    {
        WhyNot = status == SnmpStatus.Ok ? null : reason ?? $"{status}";
        IsUnanswered = status is SnmpStatus.Timeout or SnmpStatus.Unreachable;
        if (IsUnanswered && context.IsNone) _lost = WhyNot; // of a VLAN only its context is
        HasAnswered |= status is SnmpStatus.Ok or SnmpStatus.AgentError or SnmpStatus.NotAuthorized;
        return status == SnmpStatus.Ok;
    }
}

/// <summary>What came of a question for rows. Default: it was none, since no question finds just these.</summary>
/// <param name="Told">The device's facts with these rows as they are now; null when they were not told.</param>
/// <param name="WhyNot">Why they were not, though they were asked for; else null.</param>
internal readonly record struct RowAnswer(DeviceSnapshot? Told, string? WhyNot)
{
    public static RowAnswer Not(string? why) => new(null, why ?? "not told");
}
