namespace Towpath.Snmp;

/// <summary>What an operator is told: what happened, to what, what to try. Never a secret.</summary>
internal static class Reasons
{
    public static string? Of(SnmpStatus status, SnmpTarget target) => status switch
    {
        SnmpStatus.Ok => null,
        SnmpStatus.Timeout =>
            $"No SNMP answer from {target.Name} in {Attempts(target)} of at most {target.Timeout.TotalSeconds:0.###} s. "
            + $"Check that the agent runs, that UDP {target.EndPoint.Port} is open from this host, and "
            + (target.Credential is SnmpCredential.V3 ? "that it speaks SNMPv3: an agent that only knows communities stays silent."
                : $"the credential ({target.Credential}): an agent stays silent on a wrong community, and on a version that it does not speak."),
        SnmpStatus.UnknownUser =>
            $"{target.Name} does not know the user of {target.Credential}. Check the user's name and that it is configured on this device.",
        SnmpStatus.WrongDigest => $"The authentication password or protocol of {target.Credential} is not the one of {target.Name}.",
        SnmpStatus.DecryptionError => $"The privacy password or protocol of {target.Credential} is not the one of {target.Name}.",
        SnmpStatus.NotInTimeWindow => $"{target.Name} refuses its own clock (not in time window), also after one resynchronisation. Restart its agent; two devices may share one engine id.",
        SnmpStatus.UnsupportedSecurityLevel => $"{target.Name} does not support the security level of {target.Credential} for this user.",
        SnmpStatus.UnknownEngine => $"{target.Name} refuses the engine id that it gave itself. Two agents may answer on this address.",
        SnmpStatus.NotAuthorized =>
            $"{target.Name} does not let {target.Credential} read this"
            + (target.Context.Length > 0 ? $", or has no context '{target.Context}'." : "."),
        SnmpStatus.Unreachable => $"The request to {target.Name} cannot be sent. Check this host's routes and local firewall.",
        _ => $"{target.Name} ended the exchange: {status}.",
    };

    /// <summary>net-snmp does not report a request that it cannot decrypt, it drops it.</summary>
    public static string OfSilenceAfterDiscovery(SnmpTarget target) =>
        $"{target.Name} has told its engine id, but does not answer requests of {target.Credential} "
        + $"({Attempts(target)} of at most {target.Timeout.TotalSeconds:0.###} s). "
        + "Some agents stay silent on a wrong privacy password or protocol: check these first, then whether the agent still runs.";

    /// <summary>Signed answers that are older than earlier ones.</summary>
    public static string OfUntimely(SnmpTarget target) =>
        $"{target.Name} answers with a clock (snmpEngineBoots, snmpEngineTime) that is behind what it has told before, which is not "
        + "accepted. Ask again: the new clock is taken over after three such answers. "
        + "If it goes on, two devices share one engine id, or somebody replays old answers.";

    /// <summary>The engine is believed, and yet this cannot be.</summary>
    public static string OfSetBackClock(SetBackClock clock, SnmpTarget target) =>
        $"The snmpEngineBoots of {target.Name} went back from {clock.Before} to {clock.Now}, and it has not restarted since it was heard. "
        + "Give each device an engine id of its own: two may share this one. If there is only one, somebody may be replaying old answers.";

    /// <summary>Something came, and was not taken for the answer.</summary>
    public static string OfMisfit(Misfit misfit, SnmpTarget target) => misfit.Kind switch
    {
        MisfitKind.OtherSource => $"Requests to {target.Name} are answered from {misfit.From}, which could be anybody. Discover the device at that address, or make its agent answer from the address it is asked at.",
        MisfitKind.OtherVersion => $"{target.Name} was asked with {target.Credential} and answers in SNMP{Word(misfit.Version)}, which is not accepted. Ask it in that version; else its software is faulty.",
        MisfitKind.OtherCommunity => $"{target.Name} answers with another community than it was asked with, which is not accepted. Look for an SNMP proxy on the way; else its software is faulty.",
        _ => $"{target.Name} answers for another user, engine or level than it was asked with ({target.Credential}), which is not accepted: its software is faulty, or something on the way changes its messages.",
    };

    /// <summary>
    /// Something came in the agent's name, and nothing proves that it is the agent's. Said behind the reason of the silence.
    /// </summary>
    public static string OfNoise(Misfit noise, SnmpTarget target) => noise.Kind == MisfitKind.Unreadable
        ? $"Something sends datagrams that are no whole SNMP message in the name of {target.Name}, which anybody can: if it is the agent, "
            + "look for a link or firewall on the way that cuts or changes them, else update its software."
        : $"Something answers with a request-id that was not asked in the name of {target.Name}, which anybody can, or later than "
            + $"{target.Timeout.TotalSeconds:0.###} s: if it is the agent, raise the timeout; if that does not help, its software is faulty.";

    private static string Word(SnmpVersion? version) => version switch
    {
        SnmpVersion.V1 => "v1",
        SnmpVersion.V2c => "v2c",
        _ => "v3",
    };

    public static string OfError(ErrorStatus error, SnmpTarget target) => error switch
    {
        ErrorStatus.TooBig => $"{target.Name} cannot fit even one variable into an answer (tooBig).",
        _ => $"{target.Name} answered with error-status {(int)error} ({error}).",
    };

    private static string Attempts(SnmpTarget target) => target.Retries == 0 ? "1 attempt" : $"{target.Retries + 1} attempts";
}
