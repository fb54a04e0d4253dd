using System.Collections.Immutable;

namespace Towpath.Snmp;

/// <summary>A GET or GETNEXT of any number of objects, in as few requests as the agent takes.</summary>
internal sealed class GetOperation(Conversation conversation, IReadOnlyList<ObjectIdentifier> oids, PduType type = PduType.Get)
{
    private readonly Request _request = new();
    private readonly VarBind[] _results = new VarBind[oids.Count];
    /// <summary>Positions in the list that still lack a result.</summary>
    private readonly List<int> _pending = [.. Enumerable.Range(0, oids.Count)];
    private readonly uint[] _name = new uint[OidCodec.MaxSubIdentifiers];
    private int _most = int.MaxValue;
    private ErrorStatus _refused;
    private bool _answered;

    public async Task<SnmpResponse> RunAsync(CancellationToken cancellationToken)
    {
        while (_pending.Count > 0)
        {
            int most = Math.Min(_most, conversation.MostVariables);
            int count = _request.SetGet(type, _pending.Take(most).Select(position => oids[position]));
            SnmpStatus status = await conversation.AskAsync(_request, cancellationToken).ConfigureAwait(false);
            if (status == SnmpStatus.Timeout && conversation.TryFewerVariables(count)) continue;
            if (status != SnmpStatus.Ok) return Failed(status, conversation.ReasonOf(status)) with
            {
                IsSilent = conversation.IsSilent(status),
                SpeaksV3 = conversation.SpeaksV3,
            };
            if (Take(count) is { } failure) return failure;
        }
        bool nothing = !_answered && _refused != ErrorStatus.NoError;
        return nothing
            ? Failed(SnmpStatus.AgentError, Reasons.OfError(_refused, conversation.Target))
            : new SnmpResponse(SnmpStatus.Ok, [.. _results], null) { Took = conversation.Answer.Took };
    }

    /// <summary>Null to go on: each time something was found out, or the next request is smaller.</summary>
    private SnmpResponse? Take(int count)
    {
        Exchange answer = conversation.Answer;
        switch (answer.ErrorStatus)
        {
            case ErrorStatus.NoError:
                return TakeValues(count)
                    ? null : Failed(SnmpStatus.AgentError,
                    $"{conversation.Target.Name} answered a {Word} with other variables than it was asked for.");
            case ErrorStatus.TooBig or ErrorStatus.GenErr when count > 1:
                _most = count / 2;
                return null;
            case ErrorStatus.TooBig or ErrorStatus.GenErr: // this one the agent cannot tell: it costs only itself
                _refused = answer.ErrorStatus;
                SetMissing(0);
                return null;
            case ErrorStatus.NoSuchName when answer.ErrorIndex >= 1 && answer.ErrorIndex <= count: // v1 names the one that is missing
                SetMissing(answer.ErrorIndex - 1);
                return null;
            case ErrorStatus.NoSuchName when count == 1:
                SetMissing(0);
                return null;
            case ErrorStatus.NoSuchName:
                _most = 1;
                return null;
            case ErrorStatus.AuthorizationError or ErrorStatus.NoAccess:
                return Failed(SnmpStatus.NotAuthorized, conversation.ReasonOf(SnmpStatus.NotAuthorized));
            default:
                return Failed(SnmpStatus.AgentError, Reasons.OfError(answer.ErrorStatus, conversation.Target));
        }
    }

    private bool TakeValues(int count)
    {
        var list = new BerReader(conversation.Answer.VarBinds);
        for (int i = 0; i < count; i++)
        {
            ObjectIdentifier oid = oids[_pending[i]];
            if (!VarBindCodec.TryRead(ref list, _name, out VarBindView view) || !IsAnswer(oid, view)) return false;
            _results[_pending[i]] = type == PduType.GetNext ? view.ToVarBind() : new VarBind(oid, SnmpValue.From(view));
        }
        _pending.RemoveRange(0, count);
        _answered = true;
        return list.AtEnd && !list.Failed;
    }

    private string Word => type == PduType.GetNext ? "GETNEXT" : "GET";

    private bool IsAnswer(ObjectIdentifier oid, in VarBindView view) => type == PduType.GetNext
        ? view.IsException || ObjectIdentifier.Compare(view.Oid, oid.SubIdentifiers) > 0
        : view.Oid.SequenceEqual(oid.SubIdentifiers);

    private void SetMissing(int index)
    {
        _results[_pending[index]] = new VarBind(oids[_pending[index]],
            type == PduType.GetNext ? SnmpValue.EndOfMibView : SnmpValue.NoSuchObject);
        _pending.RemoveAt(index);
    }

    private static SnmpResponse Failed(SnmpStatus status, string? reason) => new(status, ImmutableArray<VarBind>.Empty, reason);
}
