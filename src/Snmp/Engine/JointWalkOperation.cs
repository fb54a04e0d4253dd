using System.Collections.Immutable;

namespace Towpath.Snmp;

/// <summary>
/// Walks several subtrees with requests that name them all. Agents answer that row by row (RFC 3416 section 4.2.3), and may cut the answer anywhere. Where an agent
/// fails, or answers in another order, nobody knows which subtree is to blame: each is walked alone from where it stands.
/// </summary>
internal sealed class JointWalkOperation
{
    private readonly Conversation _conversation;
    private readonly SubtreeRowHandler _onRow;
    private readonly WalkBudget _budget;
    private readonly TimeProvider _time;
    private readonly Subtree[] _subtrees;
    private readonly List<Subtree> _open; // by root: an answer in a wrong order then goes back somewhere
    private readonly BulkSize _size;
    private readonly Request _request = new();

    private uint[] _next = new uint[OidCodec.MaxSubIdentifiers];
    private long _started;
    private long _octets;

    public JointWalkOperation(Conversation conversation, IReadOnlyList<ObjectIdentifier> roots, SubtreeRowHandler onRow, WalkBudget budget, TimeProvider time)
    {
        _conversation = conversation;
        _onRow = onRow;
        _budget = budget;
        _time = time;
        _subtrees = [.. roots.Select((root, number) => new Subtree(root, number))];
        _open = [.. _subtrees.OrderBy(subtree => subtree.Root)];
        _size = new BulkSize(Math.Max(roots.Count, 1));
    }

    public async Task<ImmutableArray<WalkResult>> RunAsync(CancellationToken cancellationToken)
    {
        _started = _time.GetTimestamp();
        // v1 has no GetBulk, and the end of one subtree spoils its GetNext.
        SnmpStatus status = _conversation.Target.Credential is SnmpCredential.V1 ? SnmpStatus.AgentError : SnmpStatus.Ok;
        while (status == SnmpStatus.Ok && _open.Exists(subtree => subtree.Result is null))
        {
            int asked = AskFor();
            status = await _conversation.AskAsync(_request, cancellationToken).ConfigureAwait(false);
            if (status == SnmpStatus.Ok && !TakeAnswer(asked)) status = SnmpStatus.AgentError;
            if (_time.GetElapsedTime(_started) > _budget.Time) EndAll(Spent($"{_budget.Time.TotalSeconds:0.#} seconds"));
            else if (_budget.Enough?.Invoke() is { } enough) EndAll(Spent(enough));
        }
        await FinishOneByOneAsync(single: status == SnmpStatus.Timeout, cancellationToken).ConfigureAwait(false);
        return [.. _subtrees.Select(subtree => subtree.Result!)];
    }

    /// <summary>How many subtrees the request has room for.</summary>
    private int AskFor()
    {
        int repetitions = (int)Math.Min(_size.Repetitions, _budget.Rows + 1L);
        _request.BeginBulk(repetitions);
        int asked = 0;
        while (asked < _open.Count && _request.TryAdd(_open[asked].Last)) asked++;
        return asked;
    }

    /// <summary>False when the agent does not manage this.</summary>
    private bool TakeAnswer(int asked)
    {
        _octets += _conversation.Answer.AnswerOctets;
        if (_conversation.Answer.ErrorStatus == ErrorStatus.TooBig) return _size.TryShrink(divisor: 2);
        if (_conversation.Answer.ErrorStatus != ErrorStatus.NoError) return false;
        var list = new BerReader(_conversation.Answer.VarBinds);
        int cells = 0;
        for (; VarBindCodec.TryRead(ref list, _next, out VarBindView row); cells++)
        {
            if (!Take(_open[cells % asked], row)) return false;
        }
        if (list.Failed || cells == 0) return false;
        _size.Answered(cells, _conversation.Answer.AnswerOctets, asked);
        _open.RemoveAll(subtree => subtree.Result is not null);
        if (_octets > _budget.Octets) EndAll(Spent($"{_budget.Octets} octets"));
        return true;
    }

    /// <summary>False for an object that does not follow the subtree's last one.</summary>
    private bool Take(Subtree subtree, in VarBindView row)
    {
        if (subtree.Result is not null) return true; // what follows its end is void
        if (row.Type is SnmpType.EndOfMibView or SnmpType.NoSuchObject or SnmpType.NoSuchInstance) subtree.Result = new WalkResult(SnmpStatus.Ok, subtree.Rows, null);
        else if (ObjectIdentifier.Compare(row.Oid, subtree.Last) <= 0) return false;
        else if (!subtree.Root.IsPrefixOf(row.Oid)) subtree.Result = new WalkResult(SnmpStatus.Ok, subtree.Rows, null);
        else if (subtree.Rows == _budget.Rows) subtree.Result = Spent($"{_budget.Rows} rows")(subtree);
        else
        {
            _onRow(subtree.Number, row);
            subtree.Advance(row.Oid.Length, ref _next);
        }
        return true;
    }

    private async Task FinishOneByOneAsync(bool single, CancellationToken cancellationToken)
    {
        foreach (Subtree subtree in _open)
        {
            if (subtree.Result is not null) continue;
            WalkBudget left = _budget with
            {
                Rows = _budget.Rows - subtree.Rows,
                Octets = Math.Max(0, _budget.Octets - _octets),
                Time = _budget.Time - _time.GetElapsedTime(_started),
            };
            var alone = new WalkOperation(_conversation, subtree.Root, subtree.Last, (scoped in VarBindView row) => _onRow(subtree.Number, row), left, _time, single);
            WalkResult result = await alone.RunAsync(cancellationToken).ConfigureAwait(false);
            _octets += alone.Octets;
            subtree.Result = result with { Rows = subtree.Rows + result.Rows };
            if (result.Status is SnmpStatus.Timeout or SnmpStatus.Unreachable || _time.GetElapsedTime(_started) > _budget.Time || _budget.Enough?.Invoke() is not null)
                EndAll(rest => result with { Rows = rest.Rows });
        }
    }

    private void EndAll(Func<Subtree, WalkResult> how)
    {
        foreach (Subtree subtree in _open) subtree.Result ??= how(subtree);
    }

    private Func<Subtree, WalkResult> Spent(string what) => subtree => new WalkResult(SnmpStatus.BudgetSpent, subtree.Rows,
        $"The walk of {subtree.Root} on {_conversation.Target.Name} was cut after {subtree.Rows} rows: its budget of {what} is spent.");

    private sealed class Subtree(ObjectIdentifier root, int number)
    {
        private uint[] _last = [.. root.SubIdentifiers];
        private int _lastLength = root.Length;

        public ObjectIdentifier Root { get; } = root;

        public int Number { get; } = number;

        public int Rows { get; private set; }

        public ReadOnlySpan<uint> Last => _last.AsSpan(0, _lastLength);

        /// <summary>Null while it goes on.</summary>
        public WalkResult? Result { get; set; }

        /// <summary>Keeps the buffer that holds the new row's name and gives back another of its size.</summary>
        public void Advance(int length, ref uint[] name)
        {
            uint[] old = _last.Length == name.Length ? _last : new uint[name.Length];
            (_last, name) = (name, old);
            _lastLength = length;
            Rows++;
        }
    }
}
