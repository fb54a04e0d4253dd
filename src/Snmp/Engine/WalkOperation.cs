namespace Towpath.Snmp;

/// <summary>Walks one subtree. Whatever the agent answers, each step hands over greater rows, asks for less, or ends.</summary>
internal sealed class WalkOperation
{
    private readonly Conversation _conversation;
    private readonly ObjectIdentifier _root;
    private readonly VarBindHandler _onRow;
    private readonly WalkBudget _budget;
    private readonly BulkSize _size = new();
    private readonly Request _request = new();

    private uint[] _last = new uint[OidCodec.MaxSubIdentifiers];
    private uint[] _next = new uint[OidCodec.MaxSubIdentifiers];
    private int _lastLength;
    private int _rows;

    /// <param name="from">Where to begin: the root, or an object below it.</param>
    /// <param name="rows">So many of the budget's rows are spent already.</param>
    /// <param name="small">Ask for one row at a time first, because larger answers were lost.</param>
    public WalkOperation(
        Conversation conversation, ObjectIdentifier root, ReadOnlySpan<uint> from, VarBindHandler onRow, WalkBudget budget,
        int rows = 0, bool small = false)
    {
        _conversation = conversation;
        _root = root;
        _onRow = onRow;
        _budget = budget;
        _rows = rows;
        from.CopyTo(_last);
        _lastLength = from.Length;
        if (small) _size.StartSmall();
        if (conversation.Target.Credential is SnmpCredential.V1) _size.OnlyGetNext();
    }

    /// <summary>The octets of the budget that all who share it have spent so far.</summary>
    public long Octets { get; set; }

    /// <returns>With the rows that were spent before.</returns>
    public async Task<WalkResult> RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await StepAsync(cancellationToken).ConfigureAwait(false) is { } end) return end;
        }
    }

    /// <summary>One request. Null to go on.</summary>
    public async ValueTask<WalkResult?> StepAsync(CancellationToken cancellationToken)
    {
        await _budget.PauseAsync(cancellationToken).ConfigureAwait(false);
        _request.SetNext(_last.AsSpan(0, _lastLength), _size.Repetitions);
        SnmpStatus status = await _conversation.AskAsync(_request, cancellationToken).ConfigureAwait(false);
        WalkResult? end = status switch
        {
            SnmpStatus.Ok => TakeAnswer(),
            SnmpStatus.Timeout => null, // perhaps because the time is over
            _ => Failed(status),
        };
        if (end is not null) return end;
        if (_budget.WhatIsSpent(_conversation) is { } what) return Spent(what);
        return status == SnmpStatus.Timeout && !_size.TryAfterLoss() ? Failed(status) : null;
    }

    private WalkResult Failed(SnmpStatus status) => End(status, _conversation.ReasonOf(status));

    /// <summary>Null to go on, here and below.</summary>
    private WalkResult? TakeAnswer()
    {
        Octets += _conversation.Answer.AnswerOctets;
        ErrorStatus error = _conversation.Answer.ErrorStatus;
        return error switch
        {
            ErrorStatus.NoError => TakeRows(),
            ErrorStatus.NoSuchName => End(SnmpStatus.Ok, null), // v1's end of the view
            ErrorStatus.AuthorizationError or ErrorStatus.NoAccess =>
                End(SnmpStatus.NotAuthorized, _conversation.ReasonOf(SnmpStatus.NotAuthorized)),
            // Besides tooBig: one row that an agent cannot read spoils a whole GetBulk.
            _ when _size.TryShrink(divisor: 2) => null,
            _ => End(SnmpStatus.AgentError, Reasons.OfError(error, _conversation.Target)),
        };
    }

    private WalkResult? TakeRows()
    {
        var list = new BerReader(_conversation.Answer.VarBinds);
        int rows = 0;
        for (; VarBindCodec.TryRead(ref list, _next, out VarBindView row); rows++)
        {
            if (row.IsException)
                return End(SnmpStatus.Ok, null); // what follows is void
            if (ObjectIdentifier.Compare(row.Oid, _last.AsSpan(0, _lastLength)) <= 0)
                return End(SnmpStatus.NonIncreasing, $"{_conversation.Target.Name} went from {Text(_last.AsSpan(0, _lastLength))} to {Text(row.Oid)}: its table below {_root} never ends; the rows so far are kept.");
            if (!_root.IsPrefixOf(row.Oid)) return End(SnmpStatus.Ok, null);
            if (_rows == _budget.Rows) return Spent($"{_budget.Rows} rows");
            _rows++;
            _lastLength = row.Oid.Length;
            _onRow(row);
            (_last, _next) = (_next, _last);
        }
        if (list.Failed)
            return _size.TryShrink(divisor: 2)
                ? null : End(SnmpStatus.AgentError,
                $"{_conversation.Target.Name} answered unreadable variables after {Text(_last.AsSpan(0, _lastLength))}.");
        if (rows == 0)
            return End(SnmpStatus.AgentError,
                $"{_conversation.Target.Name} answered without any variable after {Text(_last.AsSpan(0, _lastLength))}.");
        if (Octets > _budget.Octets) return Spent($"{_budget.Octets} octets");
        _size.Answered(rows, _conversation.Answer.AnswerOctets);
        return null;
    }

    private WalkResult Spent(string what) =>
        End(SnmpStatus.BudgetSpent,
            $"The walk of {_root} on {_conversation.Target.Name} was cut after {_rows} rows: its budget of {what} is spent.");

    private WalkResult End(SnmpStatus status, string? reason) => new(status, _rows, reason);

    private static string Text(ReadOnlySpan<uint> oid) => string.Join('.', oid.ToArray());
}
