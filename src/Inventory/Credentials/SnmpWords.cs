using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using Towpath.Network;

namespace Towpath.Inventory;

/// <summary>
/// The API's words for SNMPv3, compared case-blind. SHA, MD5, DES and AES128 are the documented ones. AES192 and AES256 extend the key as
/// net-snmp does (Blumenthal), CISCOAES192 and CISCOAES256 as Cisco devices do (Reeder).
/// </summary>
public static class SnmpWords
{
    /// <summary>RFC 3414 section 11.2: a password has at least 8 octets.</summary>
    public const int ShortestPassword = 8;

    /// <summary>Octets in UTF-8. A message can hold 255 of them; five are for the context of a VLAN (<c>@4094</c>).</summary>
    public const int LongestCommunity = 250;

    /// <summary>Octets in UTF-8: RFC 3414 section 5, usmUserName.</summary>
    public const int LongestUser = 32;

    private static readonly FrozenDictionary<string, AuthenticationProtocol> s_auth = new Dictionary<string, AuthenticationProtocol>
    {
        ["SHA"] = AuthenticationProtocol.Sha1,
        ["MD5"] = AuthenticationProtocol.Md5,
        ["SHA224"] = AuthenticationProtocol.Sha224,
        ["SHA256"] = AuthenticationProtocol.Sha256,
        ["SHA384"] = AuthenticationProtocol.Sha384,
        ["SHA512"] = AuthenticationProtocol.Sha512,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, PrivacyProtocol> s_priv = new Dictionary<string, PrivacyProtocol>
    {
        ["AES128"] = PrivacyProtocol.Aes128,
        ["DES"] = PrivacyProtocol.Des,
        ["AES192"] = PrivacyProtocol.Aes192,
        ["AES256"] = PrivacyProtocol.Aes256,
        ["CISCOAES192"] = PrivacyProtocol.Aes192Reeder,
        ["CISCOAES256"] = PrivacyProtocol.Aes256Reeder,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>2 or 3 for <c>snmpVersion</c>: v2, v2c or v3 in any case, or the number alone; 0 for blank; null for other words.</summary>
    public static int? VersionOf(string? word) => word?.Trim().ToUpperInvariant() switch
    {
        null or "" => 0,
        "V2" or "V2C" or "2" or "2C" => 2,
        "V3" or "3" => 3,
        _ => null,
    };

    /// <summary>The word of <c>snmpAuthProtocol</c> and <c>authType</c>; empty for none.</summary>
    public static string Of(AuthenticationProtocol protocol) => s_auth.FirstOrDefault(word => word.Value == protocol).Key ?? "";

    /// <summary>The word of <c>snmpPrivProtocol</c> and <c>privacyType</c>; empty for none.</summary>
    public static string Of(PrivacyProtocol protocol) => s_priv.FirstOrDefault(word => word.Value == protocol).Key ?? "";

    /// <summary>AUTHPRIV, AUTHNOPRIV or NOAUTHNOPRIV, as the protocols have it.</summary>
    public static string ModeOf(DeviceCredential.SnmpV3 credential) => credential switch
    {
        { Priv: not PrivacyProtocol.None } => "AUTHPRIV",
        { Auth: not AuthenticationProtocol.None } => "AUTHNOPRIV",
        _ => "NOAUTHNOPRIV",
    };

    /// <summary>What is wrong with a community, in words that do not quote it; null when nothing is.</summary>
    public static string? ProblemOf(string? community) => Encoding.UTF8.GetByteCount(community ?? "") > LongestCommunity
        ? $"An SNMP community has at most {LongestCommunity} octets."
        : null;

    /// <summary>
    /// Reads the fields of an SNMPv3 credential, inline or stored. Blank is absent; without a mode it follows from what is given, and to
    /// ask without authentication must be said. Fields that a given mode does not use are ignored.
    /// </summary>
    /// <param name="problems">Everything that is wrong, in words that quote no secret; empty when all is well.</param>
    /// <returns>Null when there are problems.</returns>
    public static DeviceCredential.SnmpV3? ReadV3(
        string? user, string? mode, string? authWord, string? authPassword, string? privWord, string? privPassword,
        out ImmutableArray<string> problems)
    {
        List<string> found = [];
        if (string.IsNullOrWhiteSpace(user)) found.Add("An SNMPv3 credential needs a user name.");
        else if (Encoding.UTF8.GetByteCount(user) > LongestUser) found.Add($"An SNMPv3 user name has at most {LongestUser} octets.");
        (bool authenticates, bool encrypts) = Level(mode, authWord ?? authPassword, privWord ?? privPassword, found);
        AuthenticationProtocol auth = default;
        PrivacyProtocol priv = default;
        if (authenticates)
        {
            if (!s_auth.TryGetValue(authWord?.Trim() ?? "", out auth)) found.Add(Unknown("authentication", authWord, s_auth.Keys));
            if ((authPassword ?? "").Length < ShortestPassword)
                found.Add($"The SNMPv3 authentication password needs at least {ShortestPassword} characters.");
        }
        if (encrypts)
        {
            if (!s_priv.TryGetValue(privWord?.Trim() ?? "", out priv)) found.Add(Unknown("privacy", privWord, s_priv.Keys));
            if ((privPassword ?? "").Length < ShortestPassword)
                found.Add($"The SNMPv3 privacy password needs at least {ShortestPassword} characters.");
        }
        problems = [.. found];
        return found.Count > 0
            ? null : new DeviceCredential.SnmpV3(user!, auth, authenticates ? authPassword! : "", priv, encrypts ? privPassword! : "");
    }

    private static (bool Authenticates, bool Encrypts) Level(string? mode, string? auth, string? priv, List<string> problems)
    {
        switch (mode?.Trim().ToUpperInvariant())
        {
            case "AUTHPRIV": return (true, true);
            case "AUTHNOPRIV": return (true, false);
            case "NOAUTHNOPRIV": return (false, false);
            case null or "":
                bool encrypts = !string.IsNullOrWhiteSpace(priv);
                bool authenticates = encrypts || !string.IsNullOrWhiteSpace(auth);
                if (!authenticates)
                    problems.Add("An SNMPv3 credential without passwords needs the mode NOAUTHNOPRIV: nobody is to be asked without authentication by mistake.");
                return (authenticates, encrypts);
            default:
                problems.Add($"'{mode}' is no SNMPv3 mode; use AUTHPRIV, AUTHNOPRIV or NOAUTHNOPRIV.");
                return (false, false);
        }
    }

    private static string Unknown(string what, string? word, IEnumerable<string> known) =>
        (string.IsNullOrWhiteSpace(word) ? $"The SNMPv3 {what} protocol is missing" : $"'{word}' is no SNMPv3 {what} protocol")
            + $"; use one of {string.Join(", ", known.Order(StringComparer.Ordinal))}.";
}
