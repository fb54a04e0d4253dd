using System.Collections.Immutable;
using System.Globalization;
using Towpath.Inventory;
using Towpath.Network;

namespace Towpath.Server;

/// <summary>Reads credentials from request bodies.</summary>
internal static class CredentialBody
{
    /// <summary>Shown in place of every secret; sent back, it stands for the secret that is stored.</summary>
    public const string Mask = "NO!$DATA!$";

    /// <summary>Notes problems in the body; the result counts only if it then validates.</summary>
    /// <param name="known">The stored credential that the body changes; what is absent or masked stays as it is. Null for a new
    /// one.</param>
    public static GlobalCredential Read(RequestBody body, CredentialKind kind, GlobalCredential? known, Guid id, DateTimeOffset createdAt)
    {
        foreach (string name in (ReadOnlySpan<string>)["id", "instanceUuid", "instanceTenantId", "credentialType"]) body.Ignore(name);
        CredentialContent content = kind switch
        {
            CredentialKind.Cli => Cli(body, known?.Content as CredentialContent.Cli),
            CredentialKind.SnmpV2ReadCommunity => new CredentialContent.ReadCommunity(
                Community(body, "readCommunity", (known?.Content as CredentialContent.ReadCommunity)?.Community)),
            CredentialKind.SnmpV2WriteCommunity => new CredentialContent.WriteCommunity(
                Community(body, "writeCommunity", (known?.Content as CredentialContent.WriteCommunity)?.Community)),
            CredentialKind.HttpRead or CredentialKind.HttpWrite =>
                Http(body, kind == CredentialKind.HttpWrite, known?.Content as CredentialContent.Http),
            CredentialKind.Netconf => new CredentialContent.Netconf(NetconfPort(body, known?.Content as CredentialContent.Netconf)),
            _ => V3(body, (known?.Content as CredentialContent.V3)?.Credential),
        };
        return new GlobalCredential(
            id, body.Text("description") ?? known?.Description ?? "", body.Text("comments") ?? known?.Comments ?? "", content,
            known?.CreatedAt ?? createdAt)
        {
            Ranges = Ranges(body, known),
        };
    }

    /// <summary>An empty list that is sent allows every address again.</summary>
    private static CredentialRanges Ranges(RequestBody body, GlobalCredential? known)
    {
        if (!body.IsGiven("ranges")) return known?.Ranges ?? CredentialRanges.Anywhere;
        List<string> problems = [];
        CredentialRanges? ranges = CredentialRanges.Read(body.Texts("ranges"), problems);
        foreach (string problem in problems) body.Refuse($"ranges: {problem}");
        return ranges ?? CredentialRanges.Anywhere;
    }

    private static CredentialContent.Cli Cli(RequestBody body, CredentialContent.Cli? known) => new(
        Required(body, "username", known?.UserName),
        Required(body, "password", known?.Password),
        Secret(body, "enablePassword", known?.EnablePassword) ?? "");

    private static CredentialContent.Http Http(RequestBody body, bool writes, CredentialContent.Http? known)
    {
        bool secure = body.Flag("secure") ?? known?.Secure ?? true;
        int usual = secure ? 443 : 80;
        int port = body.Number("port", 1, ushort.MaxValue) ?? (known?.Secure == secure ? known.Port : usual);
        return new CredentialContent.Http(
            writes, Required(body, "username", known?.UserName), Required(body, "password", known?.Password), (ushort)port, secure);
    }

    private static ushort NetconfPort(RequestBody body, CredentialContent.Netconf? known)
    {
        string text = Required(body, "netconfPort", known?.Port.ToString(CultureInfo.InvariantCulture));
        if (ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ushort port) && port > 0) return port;
        if (text.Length > 0) body.Refuse($"netconfPort must be a port from 1 to 65535, not '{Texts.Shorten(text)}'.");
        return 0;
    }

    private static CredentialContent V3(RequestBody body, DeviceCredential.SnmpV3? known)
    {
        DeviceCredential.SnmpV3? credential = SnmpWords.ReadV3(
            body.Text("username") ?? known?.User,
            body.Text("snmpMode") ?? (known is null ? null : SnmpWords.ModeOf(known)),
            body.Text("authType") ?? (known is null ? null : SnmpWords.Of(known.Auth)),
            Secret(body, "authPassword", known?.AuthPassword),
            body.Text("privacyType") ?? (known is null ? null : SnmpWords.Of(known.Priv)),
            Secret(body, "privacyPassword", known?.PrivPassword),
            out ImmutableArray<string> problems);
        foreach (string problem in problems) body.Refuse(problem);
        return credential is null ? new CredentialContent.Unreadable(CredentialKind.SnmpV3) : new CredentialContent.V3(credential);
    }

    private static string Community(RequestBody body, string name, string? known)
    {
        string community = Required(body, name, known);
        if (SnmpWords.ProblemOf(community) is { } tooLong) body.Refuse(tooLong);
        return community;
    }

    private static string Required(RequestBody body, string name, string? known)
    {
        string? value = Secret(body, name, known);
        if (string.IsNullOrEmpty(value)) body.Refuse($"{name} is required.");
        return value ?? "";
    }

    private static string? Secret(RequestBody body, string name, string? known) =>
        body.Text(name) is { Length: > 0 } sent && sent != Mask ? sent : known;
}
