using System.Net;

namespace Towpath.Snmp;

/// <summary>How to speak to an agent. Closed: v1, v2c, v3. <see cref="object.ToString"/> never shows a secret.</summary>
public abstract record SnmpCredential
{
    private SnmpCredential() { }

    public sealed record V1(string Community) : SnmpCredential
    {
        public override string ToString() => "SNMPv1";
    }

    public sealed record V2c(string Community) : SnmpCredential
    {
        public override string ToString() => "SNMPv2c";
    }

    /// <summary>
    /// User-based Security Model (RFC 3414). The level follows from which protocols are set; privacy without authentication does not exist.
    /// </summary>
    public sealed record V3(string User, AuthProtocol Auth, string AuthPassword, PrivProtocol Priv, string PrivPassword) : SnmpCredential
    {
        public override string ToString() => $"SNMPv3 user {User}, {(Auth == AuthProtocol.None ? "no authentication" : Auth)}, {(Priv == PrivProtocol.None ? "no privacy" : Priv)}";
    }
}

/// <summary>RFC 3414 (MD5, SHA-1) and RFC 7860 (SHA-2).</summary>
public enum AuthProtocol : byte { None, Md5, Sha1, Sha224, Sha256, Sha384, Sha512 }

/// <summary>RFC 3414 (DES), RFC 3826 (AES-128); AES-192/256 with Blumenthal's key extension (net-snmp) or Reeder's (Cisco).</summary>
public enum PrivProtocol : byte { None, Des, Aes128, Aes192, Aes256, Aes192Reeder, Aes256Reeder }

/// <summary>One agent, and how to speak to it.</summary>
public sealed record SnmpTarget(IPEndPoint EndPoint, SnmpCredential Credential)
{
    /// <summary>What operators know the agent by, in reasons; by default the end point.</summary>
    public string Name { get => field ?? EndPoint.ToString(); init; }

    /// <summary>
    /// Why no packet may be sent there, in words for the operator; null where one may. Every request then ends as
    /// <see cref="SnmpStatus.Unreachable"/>.
    /// </summary>
    public string? Barred { get; init; }

    /// <summary>SNMPv3 context name; a v2c agent's contexts are reached by the community instead.</summary>
    public string Context { get; init; } = "";

    internal const int MaxRetries = 10;

    /// <summary>Repetitions after the first request, 0..10.</summary>
    public int Retries { get; init; } = 2;

    /// <summary>The longest wait for one answer; the engine waits less once it knows the round trip.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Counts in place of <see cref="SnmpEngineOptions.Pace"/> until the address has answered; null: that one counts.</summary>
    public SnmpPace? Pace { get; init; }

    /// <summary>
    /// The same agent in the context of one VLAN, as Cisco switches have it: <c>community@N</c>, in v3 the context <c>vlan-N</c>.
    /// </summary>
    public SnmpTarget ForVlan(int vlan) => Credential switch
    {
        SnmpCredential.V1 v1 => this with { Credential = new SnmpCredential.V1($"{v1.Community}@{vlan}") },
        SnmpCredential.V2c v2 => this with { Credential = new SnmpCredential.V2c($"{v2.Community}@{vlan}") },
        _ => this with { Context = $"vlan-{vlan}" },
    };
}
