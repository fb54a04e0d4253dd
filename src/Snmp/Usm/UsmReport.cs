namespace Towpath.Snmp;

/// <summary>
/// What a Report PDU can say: the counters of SNMP-USER-BASED-SM-MIB (RFC 3414 section 5) and SNMP-TARGET-MIB (RFC 3413).
/// </summary>
internal static class UsmReport
{
    public static readonly ObjectIdentifier UnsupportedSecLevels = new(1, 3, 6, 1, 6, 3, 15, 1, 1, 1, 0);
    public static readonly ObjectIdentifier NotInTimeWindows = new(1, 3, 6, 1, 6, 3, 15, 1, 1, 2, 0);
    public static readonly ObjectIdentifier UnknownUserNames = new(1, 3, 6, 1, 6, 3, 15, 1, 1, 3, 0);
    public static readonly ObjectIdentifier UnknownEngineIds = new(1, 3, 6, 1, 6, 3, 15, 1, 1, 4, 0);
    public static readonly ObjectIdentifier WrongDigests = new(1, 3, 6, 1, 6, 3, 15, 1, 1, 5, 0);
    public static readonly ObjectIdentifier DecryptionErrors = new(1, 3, 6, 1, 6, 3, 15, 1, 1, 6, 0);
    public static readonly ObjectIdentifier UnknownContexts = new(1, 3, 6, 1, 6, 3, 12, 1, 5, 0);

    private static readonly (ObjectIdentifier Counter, SnmpStatus Status)[] s_meanings =
    [
        (UnsupportedSecLevels, SnmpStatus.UnsupportedSecurityLevel),
        (NotInTimeWindows, SnmpStatus.NotInTimeWindow),
        (UnknownUserNames, SnmpStatus.UnknownUser),
        (UnknownEngineIds, SnmpStatus.UnknownEngine),
        (WrongDigests, SnmpStatus.WrongDigest),
        (DecryptionErrors, SnmpStatus.DecryptionError),
        (UnknownContexts, SnmpStatus.NotAuthorized),
    ];

    /// <summary>What the first variable of a Report says; AgentError for one we do not know.</summary>
    public static SnmpStatus Meaning(scoped in Pdu report)
    {
        Span<uint> oid = stackalloc uint[OidCodec.MaxSubIdentifiers];
        scoped var list = new BerReader(report.VarBinds);
        if (VarBindCodec.TryRead(ref list, oid, out VarBindView view))
        {
            foreach ((ObjectIdentifier counter, SnmpStatus status) in s_meanings)
            {
                if (counter.SubIdentifiers.SequenceEqual(view.Oid)) return status;
            }
        }
        return SnmpStatus.AgentError;
    }
}
