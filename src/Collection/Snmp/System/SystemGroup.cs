using Towpath.Network;
using Towpath.Snmp;

namespace Towpath.Collection;

/// <summary>
/// The system group of SNMPv2-MIB (RFC 3418): sysDescr .1, sysObjectID .2, sysUpTime .3, sysName .5. These four are the first question to
/// every address, since agents are known that drop one of more than six variables; <see cref="DeviceScalars"/> asks for the others.
/// </summary>
internal sealed record SystemGroup(SnmpStatus Status, string? Reason)
{
    /// <summary>How many objects <see cref="AskAgainAsync"/> asks for.</summary>
    public const int VariablesAgain = 3;

    private static readonly ObjectIdentifier s_system = ObjectIdentifier.Parse("1.3.6.1.2.1.1");
    internal static readonly ObjectIdentifier SysUpTime = s_system.Append(3, 0);
    private static readonly ObjectIdentifier[] s_scalars =
        [s_system.Append(1, 0), s_system.Append(2, 0), SysUpTime, s_system.Append(5, 0)];

    public string SysDescr { get; private init; } = "";

    public string SysObjectId { get; private init; } = "";

    /// <summary>Hundredths of a second; null when the agent hides sysUpTime.</summary>
    public uint? UptimeTicks { get; private init; }

    public string SysName { get; private init; } = "";

    /// <summary>See <see cref="SnmpResponse.IsSilent"/>.</summary>
    public bool IsSilent { get; private init; }

    /// <summary>See <see cref="SnmpResponse.SpeaksV3"/>; told when the request failed.</summary>
    public bool SpeaksV3 { get; private init; }

    /// <summary>See <see cref="SnmpResponse.Took"/>.</summary>
    public TimeSpan Took { get; private init; }

    /// <summary>Zero when the agent hides sysUpTime.</summary>
    public TimeSpan Uptime => TimeSpan.FromMilliseconds(10.0 * (UptimeTicks ?? 0));

    /// <summary>
    /// The agent answers, and shows neither sysDescr nor sysObjectID: <see cref="Reason"/> says what to allow. Other tables may be open.
    /// </summary>
    public bool IsHidden => Status == SnmpStatus.Ok && Reason is not null;

    /// <summary>
    /// It is the device that told this before, and it has not restarted since, or hides that.
    /// </summary>
    public bool Continues(DeviceSnapshot before) => SysName == before.Identity.SysName && SysDescr == before.Identity.SysDescr
        && SysObjectId == before.Identity.SysObjectId && (UptimeTicks is null || Uptime >= before.SysUpTime);

    public static Task<SystemGroup> AskAsync(ISnmpSession session, CancellationToken cancellationToken) =>
        AskAsync(session, s_scalars, cancellationToken);

    /// <summary>Only what tells a known device from another one, and whether it has restarted: all but sysDescr.</summary>
    public static Task<SystemGroup> AskAgainAsync(ISnmpSession session, CancellationToken cancellationToken) =>
        AskAsync(session, s_scalars[1..], cancellationToken);

    private static async Task<SystemGroup> AskAsync(ISnmpSession session, ObjectIdentifier[] scalars, CancellationToken cancellationToken)
    {
        SnmpResponse answer = await session.GetAsync(scalars, cancellationToken);
        if (answer.Status != SnmpStatus.Ok)
        {
            return new SystemGroup(answer.Status, answer.Reason ?? $"{session.Target.Name}: {answer.Status}.")
            {
                IsSilent = answer.IsSilent,
                SpeaksV3 = answer.SpeaksV3,
            };
        }

        var values = new ScalarAnswers(answer);
        string sysObjectId = values.ObjectIdentifier(s_scalars[1]), sysDescr = values.Text(s_scalars[0]);
        string? hidden = sysObjectId.Length == 0 && sysDescr.Length == 0
            ? $"{session.Target.Name} answers but shows no system group (1.3.6.1.2.1.1) to this user; allow it in the agent's SNMP view."
            : null;
        return new SystemGroup(SnmpStatus.Ok, hidden)
        {
            SysDescr = sysDescr,
            SysObjectId = sysObjectId,
            UptimeTicks = values.Ticks(SysUpTime),
            SysName = values.Text(s_scalars[3]),
            Took = answer.Took,
        };
    }

    /// <summary>Only sysUpTime: is the device still there, and did it restart?</summary>
    public static async Task<UptimeReading> AskUptimeAsync(CollectionRun run, CancellationToken cancellationToken)
    {
        SnmpResponse answer = await run.GetAsync(run.Session, [SysUpTime], cancellationToken);
        return new UptimeReading(answer.Status, answer.Status == SnmpStatus.Ok ? new ScalarAnswers(answer).Ticks(SysUpTime) : null,
            answer.Reason) { Took = answer.Took };
    }

    public void Record(CollectionRun run)
    {
        (string? type, string? version) = SoftwareVersion.Of(SysDescr);
        run.Draft.SysUpTime = Uptime;
        run.Draft.Identity = run.Draft.Identity with
        {
            SysName = SysName,
            SysDescr = SysDescr,
            SysObjectId = SysObjectId,
            SoftwareType = type ?? SoftwareVersion.TypeOf(SysObjectId),
            SoftwareVersion = version,
            EngineId = run.Session.EngineId is { IsEmpty: false } engine ? Convert.ToHexStringLower(engine.AsSpan()) : null,
        };
        if (IsHidden) run.Note(DeviceIdentity.System, default, ReadingOutcome.Refused, 0, Reason);
        else run.Note(DeviceIdentity.System, default, ReadingOutcome.Answered, 1,
            UptimeTicks is null ? "The agent shows no sysUpTime (1.3.6.1.2.1.1.3.0), so a restart in the middle of a walk goes unnoticed; allow it in the SNMP view." : null);
    }
}

/// <param name="Ticks">Hundredths of a second; null when the agent answers but hides it.</param>
internal readonly record struct UptimeReading(SnmpStatus Status, uint? Ticks, string? Reason)
{
    /// <summary>See <see cref="SnmpResponse.Took"/>.</summary>
    public TimeSpan Took { get; init; }
}

/// <summary>The values of one GET, by object identifier; an unusable or missing one is null or empty.</summary>
internal readonly struct ScalarAnswers(SnmpResponse response)
{
    public string Text(ObjectIdentifier oid) =>
        Value(oid) is { Type: SnmpType.OctetString } value ? Words.Clean(value.Octets.AsSpan()) : "";

    public ReadOnlySpan<byte> Octets(ObjectIdentifier oid) =>
        Value(oid) is { Type: SnmpType.OctetString } value ? value.Octets.AsSpan() : [];

    /// <summary>Null also for 0.0.0.0, which in these objects means that there is none.</summary>
    public Ipv4Address? Address(ObjectIdentifier oid) =>
        Value(oid) is { Type: SnmpType.IpAddress, Number: not 0 and var bits } ? new Ipv4Address((uint)bits) : null;

    /// <summary>Not negative, of whichever integer type.</summary>
    public long? Number(ObjectIdentifier oid) => Value(oid) switch
    {
        { Type: SnmpType.Integer, Integer: >= 0 and var number } => number,
        { Type: SnmpType.Gauge32 or SnmpType.Counter32 or SnmpType.Counter64 or SnmpType.TimeTicks } value =>
            (long)Math.Min(value.Number, long.MaxValue),
        _ => null,
    };

    /// <summary>TimeTicks: hundredths of a second, modulo 2^32.</summary>
    public uint? Ticks(ObjectIdentifier oid) => Number(oid) is { } ticks ? (uint)Math.Min(ticks, uint.MaxValue) : null;

    public string ObjectIdentifier(ObjectIdentifier oid) =>
        Value(oid) is { Type: SnmpType.ObjectIdentifier, Identifier: { } id } ? id.ToString() : "";

    public static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;

    private SnmpValue? Value(ObjectIdentifier oid)
    {
        foreach (VarBind varBind in response.VarBinds)
        {
            if (varBind.Oid.Equals(oid)) return varBind.Value;
        }
        return null;
    }
}
