using System.Text.RegularExpressions;

namespace Towpath.Collection;

/// <summary>
/// Operating system and version out of sysDescr, by the words its makers put there. The first pattern that matches decides.
/// </summary>
internal static partial class SoftwareVersion
{
    private static readonly (string Type, Regex Pattern)[] s_patterns =
    [
        ("IOS-XR", IosXr()), ("NX-OS", NxOs()), ("IOS-XE", IosXe()), ("IOS", Ios()), ("ASA", Asa()), ("AireOS", AireOs()), ("EOS", Eos()),
        ("Junos", Junos()), ("Cumulus Linux", Cumulus()), ("VRP", Vrp()), ("Comware", Comware()), ("ArubaOS-CX", ArubaCx()),
        ("ProVision", ProVision()), ("RouterOS", RouterOs()), ("Linux", Linux()), ("FreeBSD", FreeBsd()),
    ];

    /// <summary>
    /// Enterprises (sysObjectID below 1.3.6.1.4.1) that have one operating system, for devices whose sysDescr an operator has rewritten.
    /// </summary>
    private static readonly Dictionary<string, string> s_enterprises = new()
    {
        ["2011"] = "VRP", ["2636"] = "Junos", ["12356"] = "FortiOS", ["14988"] = "RouterOS", ["25506"] = "Comware", ["30065"] = "EOS",
        ["40310"] = "Cumulus Linux", ["47196"] = "ArubaOS-CX",
    };

    /// <summary>Null when the enterprise has several systems or is not known.</summary>
    public static string? TypeOf(string sysObjectId) =>
        sysObjectId.StartsWith("1.3.6.1.4.1.", StringComparison.Ordinal)
            ? s_enterprises.GetValueOrDefault(sysObjectId["1.3.6.1.4.1.".Length..].Split('.')[0]) : null;

    /// <summary>Both null when no pattern matches; the version null where sysDescr has none.</summary>
    public static (string? Type, string? Version) Of(string sysDescr)
    {
        foreach ((string type, Regex pattern) in s_patterns)
        {
            Match match = pattern.Match(sysDescr);
            if (match.Success) return (type, match.Groups["version"] is { Success: true, Value: var version } ? version : null);
        }
        return (null, null);
    }

    [GeneratedRegex(@"^Cisco IOS XR Software\b(.*?\bVersion (?<version>[^,\s\[]+))?", RegexOptions.NonBacktracking)]
    private static partial Regex IosXr();

    [GeneratedRegex(@"^Cisco NX-OS\b(.*?, Version (?<version>[^,\s]+))?", RegexOptions.NonBacktracking)]
    private static partial Regex NxOs();

    // IOS-XE says it in one of these: "IOS-XE Software", a release train in brackets ("[Fuji]", "[IOSXE]"), or the IOSD image name.
    [GeneratedRegex(@"Cisco IOS Software,? (\[|.*IOS-XE|.*LINUX_IOSD|.*Linux Software|.*linux_iosd).*?\bVersion (?<version>[^,\s]+)",
        RegexOptions.NonBacktracking)]
    private static partial Regex IosXe();

    [GeneratedRegex(@"(Cisco IOS Software|Cisco Internetwork Operating System Software|IOS \(tm\)).*?\bVersion (?<version>[^,\s]+)",
        RegexOptions.NonBacktracking)]
    private static partial Regex Ios();

    [GeneratedRegex(@"^Cisco Adaptive Security Appliance Version (?<version>\S+)", RegexOptions.NonBacktracking)]
    private static partial Regex Asa();

    [GeneratedRegex(@"^Cisco Controller\b", RegexOptions.NonBacktracking)]
    private static partial Regex AireOs();

    [GeneratedRegex(@"^Arista Networks EOS version (?<version>\S+)", RegexOptions.NonBacktracking)]
    private static partial Regex Eos();

    [GeneratedRegex(@"\bJUNOS (?<version>[^,\s]+)", RegexOptions.NonBacktracking)]
    private static partial Regex Junos();

    [GeneratedRegex(@"^Cumulus[- ]Linux (?<version>\S+)", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex Cumulus();

    [GeneratedRegex(@"Versatile Routing Platform Software.*?\bVersion (?<version>[^,\s]+( \([^)]*\))?)", RegexOptions.NonBacktracking)]
    private static partial Regex Vrp();

    [GeneratedRegex(@"Comware.*?\bVersion (?<version>[^,\s]+( Release \w+)?)", RegexOptions.NonBacktracking)]
    private static partial Regex Comware();

    [GeneratedRegex(@"^(HPE )?(ANW )?Aruba .* (?<version>[A-Z]{2}\.\d+\.\d+\.\d+)", RegexOptions.NonBacktracking)]
    private static partial Regex ArubaCx();

    [GeneratedRegex(@"\b(ProCurve|HP|HPE|Aruba)\b.*\brevision (?<version>[^,\s]+)", RegexOptions.NonBacktracking)]
    private static partial Regex ProVision();

    [GeneratedRegex(@"^RouterOS\b", RegexOptions.NonBacktracking)]
    private static partial Regex RouterOs();

    [GeneratedRegex(@"^Linux \S+ (?<version>\S+)", RegexOptions.NonBacktracking)]
    private static partial Regex Linux();

    [GeneratedRegex(@"^FreeBSD \S+ (?<version>\S+)", RegexOptions.NonBacktracking)]
    private static partial Regex FreeBsd();
}
