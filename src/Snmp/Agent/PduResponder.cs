namespace Towpath.Snmp;

/// <summary>error-status and error-index of an answer.</summary>
internal readonly record struct PduError(ErrorStatus Status, int Index);

/// <summary>Makes the variable bindings of an answer: RFC 3416 section 4.2, RFC 1157 section 4.1 for v1.</summary>
internal static class PduResponder
{
    /// <summary>
    /// Writes into <paramref name="answer"/>, whose buffer is all the room there is. False: the request is unreadable, stay silent.
    /// </summary>
    public static bool TryAnswer(IMibView view, SnmpVersion version, scoped in Pdu request, scoped ref BerWriter answer, out PduError error)
    {
        bool readable = request.Type switch
        {
            PduType.Get => TryEach(view, version, request, ref answer, Get, out error),
            PduType.GetNext => TryEach(view, version, request, ref answer, GetNext, out error),
            PduType.GetBulk when version != SnmpVersion.V1 => GetBulkResponder.TryAnswer(view, request, ref answer, out error),
            PduType.Set => Refuse(version, out error),
            _ => Unexpected(out error),
        };
        if (!readable) return false;
        if (answer.Overflowed) error = new(ErrorStatus.TooBig, 0);
        if (error.Status != ErrorStatus.NoError) Echo(version, request, ref answer, ref error);
        return true;
    }

    /// <summary>Writes one binding; anything but noError ends the answer.</summary>
    private delegate ErrorStatus One(IMibView view, SnmpVersion version, scoped ReadOnlySpan<uint> oid, scoped ref BerWriter answer);

    private static bool TryEach(IMibView view, SnmpVersion version, scoped in Pdu request, scoped ref BerWriter answer, One one,
        out PduError error)
    {
        scoped var names = new BerReader(request.VarBinds);
        Span<uint> oid = stackalloc uint[OidCodec.MaxSubIdentifiers];
        error = default;
        for (int index = 1; VarBindCodec.TryRead(ref names, oid, out VarBindView name); index++)
        {
            if (error.Status != ErrorStatus.NoError || answer.Overflowed) continue; // the rest must still be readable
            if (one(view, version, name.Oid, ref answer) is var status and not ErrorStatus.NoError) error = new(status, index);
        }
        return !names.Failed;
    }

    private static ErrorStatus Get(IMibView view, SnmpVersion version, scoped ReadOnlySpan<uint> oid, scoped ref BerWriter answer)
    {
        bool found = view.TryGet(oid, out SnmpValue value);
        if (version == SnmpVersion.V1 && (!found || value.Type == SnmpType.Counter64)) return ErrorStatus.NoSuchName;
        VarBindCodec.Write(ref answer, oid, found ? value : Missing(view, oid));
        return ErrorStatus.NoError;
    }

    private static ErrorStatus GetNext(IMibView view, SnmpVersion version, scoped ReadOnlySpan<uint> oid, scoped ref BerWriter answer)
    {
        bool found = view.TryGetNext(oid, out VarBind next);
        // v1 knows no Counter64: its walks pass over them (RFC 3584 section 4.2.2.1).
        while (found && version == SnmpVersion.V1 && next.Value.Type == SnmpType.Counter64)
            found = view.TryGetNext(next.Oid.SubIdentifiers, out next);
        if (found) VarBindCodec.Write(ref answer, next.Oid.SubIdentifiers, next.Value);
        else if (version == SnmpVersion.V1) return ErrorStatus.NoSuchName;
        else VarBindCodec.Write(ref answer, oid, SnmpValue.EndOfMibView);
        return ErrorStatus.NoError;
    }

    /// <summary>
    /// noSuchInstance where the object has other instances beside the one asked; the view does not know its objects better than that.
    /// </summary>
    private static SnmpValue Missing(IMibView view, ReadOnlySpan<uint> oid)
    {
        if (oid.Length < 2) return SnmpValue.NoSuchObject;
        ReadOnlySpan<uint> column = oid[..^1];
        bool exists = view.TryGetNext(column, out VarBind beside) && beside.Oid.SubIdentifiers.StartsWith(column);
        return exists ? SnmpValue.NoSuchInstance : SnmpValue.NoSuchObject;
    }

    private static bool Refuse(SnmpVersion version, out PduError error)
    {
        error = new(version == SnmpVersion.V1 ? ErrorStatus.NoSuchName : ErrorStatus.NotWritable, 1);
        return true;
    }

    private static bool Unexpected(out PduError error)
    {
        error = default;
        return false;
    }

    /// <summary>An error comes with the bindings of the request, except that v2's tooBig has none (RFC 3416 section 4.2.1).</summary>
    private static void Echo(SnmpVersion version, scoped in Pdu request, scoped ref BerWriter answer, ref PduError error)
    {
        answer.Rewind(0);
        if (error.Status == ErrorStatus.TooBig && version != SnmpVersion.V1) return;
        answer.WriteRaw(request.VarBinds);
        if (!answer.Overflowed) return;
        answer.Rewind(0);
        error = new(ErrorStatus.TooBig, 0);
    }
}
