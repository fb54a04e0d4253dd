using System.Collections.Immutable;

namespace Towpath.Snmp;

/// <summary>
/// Walks several subtrees with requests that name them all. Agents answer that row by row (RFC 3416 section 4.2.3), and may cut the answer
/// anywhere. Where an agent fails, or answers in another order, nobody knows which subtree is to blame: each is walked alone from where it
/// stands, in turns. In either form no subtree gets ahead of the others for long, so that the rows of a table become whole, one after the
/// other.
/// </summary>
internal sealed class JointWalkOperation
{
    /// <summary>Behind every object.</summary>
    private static readonly uint[] s_endOfMib = [uint.MaxValue];

    private readonly Conversation _conversation;
    private readonly SubtreeRowHandler _onRow;
    private readonly WalkBudget _budget;
    private readonly Subtree[] _subtrees;
    private readonly List<Subtree> _open; // by root: an answer in a wrong order then goes back somewhere
    private readonly List<uint[]> _known = []; // objects that there are: where subtrees begin, and what is behind them
    private readonly List<Subtree> _asked = [];
    private readonly BulkSize _size;
    private readonly Request _request = new();

    private uint[] _next = new uint[OidCodec.MaxSubIdentifiers];
    private long _octets;
    private int _answers;

    public JointWalkOperation(Conversation conversation, IReadOnlyList<ObjectIdentifier> roots, SubtreeRowHandler onRow, WalkBudget budget)
    {
        _conversation = conversation;
        _onRow = onRow;
        _budget = budget;
        _subtrees = [.. roots.Select((root, number) => new Subtree(root, number))];
        _open = [.. _subtrees.OrderBy(subtree => subtree.Root)];
        _size = new BulkSize(Math.Max(roots.Count, 1), (int)Math.Min(int.MaxValue, budget.Rows + 1L));
    }

    public async Task<ImmutableArray<WalkResult>> RunAsync(CancellationToken cancellationToken)
    {
        // v1 has no GetBulk, and the end of one subtree spoils its GetNext.
        SnmpStatus status = _conversation.Target.Credential is SnmpCredential.V1 ? SnmpStatus.AgentError : SnmpStatus.Ok;
        while (status == SnmpStatus.Ok && _open.Exists(subtree => subtree.Result is null))
        {
            await _budget.PauseAsync(cancellationToken).ConfigureAwait(false);
            List<Subtree> asked = AskFor();
            status = await _conversation.AskAsync(_request, cancellationToken).ConfigureAwait(false);
            if (status == SnmpStatus.Ok && !TakeAnswer(asked)) status = SnmpStatus.AgentError;
            if (_budget.WhatIsSpent(_conversation) is { } what) EndAll(Spent(what));
            else if (status == SnmpStatus.Timeout && _answers > 0 && _size.TryAfterLoss()) status = SnmpStatus.Ok; // once more, for less
            else if (status == SnmpStatus.Timeout && _conversation.TryFewerVariables(asked.Count)) status = SnmpStatus.Ok;
            else if (status != SnmpStatus.Timeout && status.IsOfAgent()) EndAll(Failed(status));
        }
        await FinishInTurnsAsync(small: status == SnmpStatus.Timeout, cancellationToken).ConfigureAwait(false);
        return [.. _subtrees.Select(subtree => subtree.Result!)];
    }

    /// <summary>
    /// As many subtrees as the request has room for, and the agent takes, from the first of those on that had no row for longest: an answer
    /// may have been cut before them.
    /// </summary>
    private List<Subtree> AskFor()
    {
        _request.BeginBulk(_size.Repetitions);
        int first = _open.IndexOf(_open.MinBy(subtree => subtree.TookIn)!);
        _asked.Clear();
        int end = (int)Math.Min(_open.Count, (long)first + _conversation.MostVariables);
        while (first + _asked.Count < end && _request.TryAdd(_open[first + _asked.Count].Last))
            _asked.Add(_open[first + _asked.Count]);
        return _asked;
    }

    /// <summary>False when the agent does not manage this.</summary>
    private bool TakeAnswer(List<Subtree> asked)
    {
        _octets += _conversation.Answer.AnswerOctets;
        if (_conversation.Answer.ErrorStatus == ErrorStatus.TooBig) return _size.TryShrink(divisor: 2);
        if (_conversation.Answer.ErrorStatus != ErrorStatus.NoError) return false;
        if (!TryTakeRows(asked))
        {
            // Nobody knows whose the cells were: what they ended is walked on from where it stands.
            foreach (Subtree subtree in _subtrees.Where(subtree => subtree.EndedBy == _answers)) subtree.Result = null;
            return false;
        }
        _open.RemoveAll(HasEnded);
        if (_octets > _budget.Octets) EndAll(Spent($"{_budget.Octets} octets"));
        return true;
    }

    private bool HasEnded(Subtree subtree)
    {
        if (subtree.Result is null) return false;
        _budget.Ended?.Invoke(subtree.Number);
        return true;
    }

    private bool TryTakeRows(List<Subtree> asked)
    {
        _answers++;
        var list = new BerReader(_conversation.Answer.VarBinds);
        int cells = 0;
        for (; VarBindCodec.TryRead(ref list, _next, out VarBindView row); cells++)
        {
            if (!TryTake(asked[cells % asked.Count], row)) return false;
        }
        if (list.Failed || cells == 0) return false;
        _size.Answered(cells, _conversation.Answer.AnswerOctets, asked.Count);
        return TryConfirmEnds();
    }

    /// <summary>
    /// An answer that was cut before the subtree behind began does not confirm an end: it is asked for again. False when the answer has
    /// brought nothing else.
    /// </summary>
    private bool TryConfirmEnds()
    {
        bool any = false;
        foreach (Subtree subtree in _open)
        {
            bool ended = subtree.EndedBy == _answers;
            if (ended && subtree.Behind is { HasBegun: false })
            {
                subtree.Behind.ForgetFirst();
                (subtree.Result, subtree.Behind, subtree.EndedBy) = (null, null, 0);
            }
            else
            {
                any |= ended || subtree.TookIn == _answers;
            }
        }
        return any;
    }

    /// <summary>False for an object that cannot be the subtree's next one.</summary>
    private bool TryTake(Subtree subtree, in VarBindView row)
    {
        if (subtree.Result is not null) return true; // what follows its end is void
        if (row.IsException) return !IsSomethingBefore(subtree, s_endOfMib) && TryEnd(subtree);
        if (ObjectIdentifier.Compare(row.Oid, subtree.Last) <= 0) return false;
        if (!subtree.Root.IsPrefixOf(row.Oid)) return IsFirstBehind(subtree, row.Oid) && TryEnd(subtree);
        if (!TryBegin(subtree, row.Oid)) return false;
        subtree.TookIn = _answers;
        if (subtree.Rows == _budget.Rows)
        {
            subtree.Result = Spent($"{_budget.Rows} rows")(subtree);
            return true;
        }
        _onRow(subtree.Number, row);
        subtree.Advance(row.Oid.Length, ref _next);
        return true;
    }

    /// <summary>False when it is known to have a row.</summary>
    private bool TryEnd(Subtree subtree)
    {
        if (subtree is { Rows: 0, HasFirst: true }) return false;
        subtree.Result = new WalkResult(SnmpStatus.Ok, subtree.Rows, null);
        subtree.EndedBy = _answers;
        return true;
    }

    private bool TryBegin(Subtree subtree, ReadOnlySpan<uint> oid)
    {
        if (subtree.HasBegun) return true;
        if (!subtree.MayHaveFirst(oid)) return false;
        subtree.HasBegun = true;
        _known.Add(oid.ToArray());
        return true;
    }

    /// <summary>
    /// What follows a subtree's end is the first object behind it. Where that lies in another subtree it is the first of its rows, too. One
    /// that is not, or is behind one that is known, shows that cells are missing, and that the others stand where they do not belong.
    /// </summary>
    private bool IsFirstBehind(Subtree subtree, ReadOnlySpan<uint> oid)
    {
        if (IsSomethingBefore(subtree, oid)) return false;
        foreach (Subtree other in _subtrees)
        {
            if (!other.Root.IsPrefixOf(oid) || other.Root.CompareTo(subtree.Root) <= 0) continue;
            if (other.Result is { Status: SnmpStatus.Ok, Rows: 0 })
            {
                other.Result = null; // it has a row after all
                return false;
            }
            if (!other.MayHaveFirst(oid)) return false;
            subtree.Behind = other;
        }
        if (subtree.Behind is null) _known.Add(oid.ToArray());
        return true;
    }

    /// <summary>An object is known between the subtree's last row and this one.</summary>
    private bool IsSomethingBefore(Subtree subtree, ReadOnlySpan<uint> oid)
    {
        foreach (uint[] known in _known)
        {
            if (ObjectIdentifier.Compare(known, subtree.Last) > 0 && ObjectIdentifier.Compare(known, oid) < 0) return true;
        }
        return false;
    }

    private async Task FinishInTurnsAsync(bool small, CancellationToken cancellationToken)
    {
        var turns = new Queue<(Subtree Subtree, WalkOperation Walk)>(_subtrees.Where(subtree => subtree.Result is null).Select(subtree =>
            (subtree, new WalkOperation(_conversation, subtree.Root, subtree.Last,
                (scoped in VarBindView row) => _onRow(subtree.Number, row),
                _budget, subtree.Rows, small))));
        while (turns.TryDequeue(out (Subtree Subtree, WalkOperation Walk) turn))
        {
            if (turn.Subtree.Result is not null) continue; // ended with all others
            turn.Walk.Octets = _octets;
            WalkResult? result = turn.Subtree.Result = await turn.Walk.StepAsync(cancellationToken).ConfigureAwait(false);
            _octets = turn.Walk.Octets;
            if (result is null) turns.Enqueue(turn);
            else _budget.Ended?.Invoke(turn.Subtree.Number);
            if (result?.Status.IsOfAgent() == true) EndAll(rest => result with { Rows = rest.Rows });
            else if (result is not null && _budget.WhatIsSpent(_conversation) is { } what) EndAll(Spent(what));
        }
    }

    private void EndAll(Func<Subtree, WalkResult> how)
    {
        foreach (Subtree subtree in _subtrees) subtree.Result ??= how(subtree);
    }

    private Func<Subtree, WalkResult> Failed(SnmpStatus status) =>
        subtree => new WalkResult(status, subtree.Rows, _conversation.ReasonOf(status));

    private Func<Subtree, WalkResult> Spent(string what) => subtree => new WalkResult(SnmpStatus.BudgetSpent, subtree.Rows,
        $"The walk of {subtree.Root} on {_conversation.Target.Name} was cut after {subtree.Rows} rows: its budget of {what} is spent.");

    private sealed class Subtree(ObjectIdentifier root, int number)
    {
        private uint[] _last = [.. root.SubIdentifiers];
        private int _lastLength = root.Length;
        private uint[]? _first; // as it began, or as the end of another subtree has shown

        public ObjectIdentifier Root { get; } = root;

        public int Number { get; } = number;

        public int Rows { get; private set; }

        public ReadOnlySpan<uint> Last => _last.AsSpan(0, _lastLength);

        /// <summary>Null while it goes on.</summary>
        public WalkResult? Result { get; set; }

        /// <summary>Number of the answer that ended it; counts once that answer has proven to be in order.</summary>
        public int EndedBy { get; set; }

        /// <summary>Number of the last answer with a row of it.</summary>
        public int TookIn { get; set; }

        /// <summary>The subtree whose first row has shown this one's end; null when none has.</summary>
        public Subtree? Behind { get; set; }

        /// <summary>Its first row has come.</summary>
        public bool HasBegun { get; set; }

        public bool HasFirst => _first is not null;

        /// <summary>False when its first row is another one.</summary>
        public bool MayHaveFirst(ReadOnlySpan<uint> oid)
        {
            _first ??= oid.ToArray();
            return oid.SequenceEqual(_first);
        }

        public void ForgetFirst() => _first = null;

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
