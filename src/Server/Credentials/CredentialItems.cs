using System.Globalization;
using Towpath.Contracts;
using Towpath.Inventory;

namespace Towpath.Server;

/// <summary>Stored credentials as the API shows them: never a secret.</summary>
internal static class CredentialItems
{
    public static string SubType(CredentialKind kind) => kind switch
    {
        CredentialKind.Cli => CredentialSubType.Cli,
        CredentialKind.SnmpV2ReadCommunity => CredentialSubType.SnmpV2ReadCommunity,
        CredentialKind.SnmpV2WriteCommunity => CredentialSubType.SnmpV2WriteCommunity,
        CredentialKind.HttpRead => CredentialSubType.HttpRead,
        CredentialKind.HttpWrite => CredentialSubType.HttpWrite,
        CredentialKind.Netconf => CredentialSubType.Netconf,
        _ => CredentialSubType.SnmpV3,
    };

    public static GlobalCredentialItem Of(Inventory.GlobalCredential credential)
    {
        GlobalCredentialItem item = new()
        {
            Id = credential.Id.ToString(),
            InstanceUuid = credential.Id.ToString(),
            Description = credential.Description,
            Comments = credential.Comments,
            CredentialType = "GLOBAL",
            Ranges = credential.Ranges.Texts,
        };
        return credential.Content switch
        {
            CredentialContent.Cli cli =>
                item with { Username = cli.UserName, Password = CredentialBody.Mask, EnablePassword = Masked(cli.EnablePassword) },
            CredentialContent.ReadCommunity => item with { ReadCommunity = CredentialBody.Mask },
            CredentialContent.WriteCommunity => item with { WriteCommunity = CredentialBody.Mask },
            CredentialContent.Http http =>
                item with { Username = http.UserName, Password = CredentialBody.Mask, Port = http.Port, Secure = http.Secure },
            CredentialContent.Netconf netconf => item with { NetconfPort = netconf.Port.ToString(CultureInfo.InvariantCulture) },
            CredentialContent.V3 { Credential: var v3 } => item with
            {
                Username = v3.User,
                SnmpMode = SnmpWords.ModeOf(v3),
                AuthType = NullIfEmpty(SnmpWords.Of(v3.Auth)),
                AuthPassword = Masked(v3.AuthPassword),
                PrivacyType = NullIfEmpty(SnmpWords.Of(v3.Priv)),
                PrivacyPassword = Masked(v3.PrivPassword),
            },
            _ => item with { Comments = $"{credential.Comments} (its key ring is gone: enter it again)".Trim() },
        };
    }

    private static string? Masked(string secret) => secret.Length == 0 ? null : CredentialBody.Mask;

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
