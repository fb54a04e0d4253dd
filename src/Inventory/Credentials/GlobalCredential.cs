using System.Collections.Immutable;
using Towpath.Network;

namespace Towpath.Inventory;

/// <summary>A credential that an operator stored once and that discoveries and devices name by id.</summary>
/// <param name="CreatedAt">Lists are in this order, then by id.</param>
public sealed record GlobalCredential(Guid Id, string Description, string Comments, CredentialContent Content, DateTimeOffset CreatedAt)
{
    /// <summary>It is never sent outside of them.</summary>
    public CredentialRanges Ranges { get; init; } = CredentialRanges.Anywhere;

    /// <summary>The version that is stored; a change names the one it was made from. Default while it is not stored.</summary>
    public ImmutableArray<byte> Version { get; init; }

    /// <summary>What operators know it by, never a secret.</summary>
    public string Name => Description.Length > 0 ? Description : Id.ToString();
}

/// <summary>The API's <c>credentialSubType</c>.</summary>
public enum CredentialKind : byte
{
    Cli,
    SnmpV2ReadCommunity,
    SnmpV2WriteCommunity,
    SnmpV3,
    HttpRead,
    HttpWrite,
    Netconf,
}

/// <summary>What a credential consists of. Closed. <see cref="object.ToString"/> never shows a secret.</summary>
public abstract record CredentialContent
{
    private CredentialContent() { }

    public abstract CredentialKind Kind { get; }

    /// <param name="EnablePassword">Empty when there is none.</param>
    public sealed record Cli(string UserName, string Password, string EnablePassword) : CredentialContent
    {
        public override CredentialKind Kind => CredentialKind.Cli;

        public override string ToString() => $"CLI user {UserName}";
    }

    public sealed record ReadCommunity(string Community) : CredentialContent
    {
        public override CredentialKind Kind => CredentialKind.SnmpV2ReadCommunity;

        public override string ToString() => "SNMPv2c read community";
    }

    public sealed record WriteCommunity(string Community) : CredentialContent
    {
        public override CredentialKind Kind => CredentialKind.SnmpV2WriteCommunity;

        public override string ToString() => "SNMPv2c write community";
    }

    public sealed record V3(DeviceCredential.SnmpV3 Credential) : CredentialContent
    {
        public override CredentialKind Kind => CredentialKind.SnmpV3;

        public override string ToString() => Credential.ToString();
    }

    /// <summary>A login at a device's web server, kept for clients that bring one: nothing is read over HTTP.</summary>
    /// <param name="Writes">The API keeps those that change a device apart.</param>
    public sealed record Http(bool Writes, string UserName, string Password, ushort Port, bool Secure) : CredentialContent
    {
        public override CredentialKind Kind => Writes ? CredentialKind.HttpWrite : CredentialKind.HttpRead;

        public override string ToString() => $"HTTP user {UserName}";
    }

    /// <summary>Where a device's NETCONF server listens, which goes with a CLI login; kept as <see cref="Http"/> is.</summary>
    public sealed record Netconf(ushort Port) : CredentialContent
    {
        public override CredentialKind Kind => CredentialKind.Netconf;
    }

    /// <summary>It was encrypted with a key ring that is gone; only entering it again helps.</summary>
    public sealed record Unreadable(CredentialKind StoredKind) : CredentialContent
    {
        public override CredentialKind Kind => StoredKind;
    }

    /// <summary>To read devices with; null for what no reading uses.</summary>
    public DeviceCredential? ForReading() => this switch
    {
        ReadCommunity read => new DeviceCredential.SnmpV2c(read.Community),
        // It reads, too; discoveries use it only where no other is given.
        WriteCommunity write => new DeviceCredential.SnmpV2c(write.Community),
        V3 v3 => v3.Credential,
        _ => null,
    };
}
