namespace Towpath.Snmp;

/// <summary>What an agent serves in one context: object instances in walk order. Implementations are safe for concurrent reads.</summary>
public interface IMibView
{
    /// <summary>The value of exactly this instance; false when there is none.</summary>
    bool TryGet(ReadOnlySpan<uint> oid, out SnmpValue value);

    /// <summary>The first instance after <paramref name="oid"/>; false at the end of the view.</summary>
    bool TryGetNext(ReadOnlySpan<uint> oid, out VarBind next);
}
