namespace Towpath.Snmp;

/// <summary>GetBulk (RFC 3416 section 4.2.3): as many repetitions as fit; what does not fit is left out.</summary>
internal static class GetBulkResponder
{
    /// <summary>An answer cannot hold more rows than octets, so this only bounds the work on a careless view.</summary>
    private const int MaxRepeaters = 128;

    public static bool TryAnswer(IMibView view, scoped in Pdu request, scoped ref BerWriter answer, out PduError error)
    {
        error = default;
        var repeaters = new List<ObjectIdentifier>();
        scoped var names = new BerReader(request.VarBinds);
        Span<uint> oid = stackalloc uint[OidCodec.MaxSubIdentifiers];
        int nonRepeaters = Math.Max(request.NonRepeaters, 0);
        bool room = true;
        for (int index = 0; VarBindCodec.TryRead(ref names, oid, out VarBindView name); index++)
        {
            if (index >= nonRepeaters) repeaters.Add(new ObjectIdentifier(name.Oid));
            else if (room) room = TryWriteNext(view, name.Oid, ref answer, out _);
        }
        if (names.Failed || repeaters.Count > MaxRepeaters) return false;
        if (room) Repeat(view, repeaters, Math.Max(request.MaxRepetitions, 0), ref answer);
        // Not even the first one fits: an empty answer would say nothing.
        bool asked = repeaters.Count > 0 && request.MaxRepetitions > 0 || nonRepeaters > 0 && request.VarBinds.Length > 0;
        if (asked && answer.Position == 0) error = new(ErrorStatus.TooBig, 0);
        return true;
    }

    private static void Repeat(IMibView view, List<ObjectIdentifier> repeaters, int maxRepetitions, scoped ref BerWriter answer)
    {
        for (int repetition = 0; repetition < maxRepetitions; repetition++)
        {
            bool allEnded = true;
            for (int column = 0; column < repeaters.Count; column++)
            {
                if (!TryWriteNext(view, repeaters[column].SubIdentifiers, ref answer, out ObjectIdentifier? next)) return;
                if (next is null) continue;
                repeaters[column] = next;
                allEnded = false;
            }
            if (allEnded) return;
        }
    }

    /// <summary>False when there is no room for it. <paramref name="next"/> is null at the end of the view.</summary>
    private static bool TryWriteNext(IMibView view, scoped ReadOnlySpan<uint> oid, scoped ref BerWriter answer, out ObjectIdentifier? next)
    {
        int before = answer.Position;
        next = null;
        if (view.TryGetNext(oid, out VarBind found))
        {
            next = found.Oid;
            VarBindCodec.Write(ref answer, next.SubIdentifiers, found.Value);
        }
        else
        {
            VarBindCodec.Write(ref answer, oid, SnmpValue.EndOfMibView);
        }
        if (!answer.Overflowed) return true;
        answer.Rewind(before);
        return false;
    }
}
