using System.CommandLine;
using Towpath.Contracts;

namespace Towpath.Commands;

/// <summary>How a discovery logs in to devices. Passphrases come from the environment: a command line is seen by everybody on the machine.</summary>
internal sealed class SnmpArguments
{
    private readonly Option<string?> _community = new("--community") { Description = "SNMP v2c read community; also TOWPATH_COMMUNITY." };
    private readonly Option<string?> _user = new("--v3-user") { Description = "SNMPv3 user; passphrases come from TOWPATH_AUTH_PASSPHRASE and TOWPATH_PRIV_PASSPHRASE." };
    private readonly Option<string> _auth = new("--v3-auth") { Description = "MD5, SHA, SHA224, SHA256, SHA384 or SHA512.", DefaultValueFactory = _ => "SHA256" };
    private readonly Option<string> _priv = new("--v3-priv") { Description = "DES, AES128, AES192, AES256, CISCOAES192 or CISCOAES256.", DefaultValueFactory = _ => "AES128" };
    private readonly Option<string[]> _credentials = new("--credential") { Description = "Id of a global credential. Repeatable.", HelpName = "ID" };

    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { _community, _user, _auth, _priv, _credentials }) command.Options.Add(option);
    }

    public DiscoveryInput Fill(ParseResult arguments, DiscoveryInput input)
    {
        string[] ids = arguments.GetValue(_credentials) ?? [];
        string? user = arguments.GetValue(_user);
        string? community = arguments.GetValue(_community) ?? FromEnvironment("TOWPATH_COMMUNITY");
        if (user is null && community is null && ids.Length == 0)
            throw new UsageException("Name a way in: --community, --v3-user or --credential.");

        DiscoveryInput filled = input with { GlobalCredentialIdList = ids.Length > 0 ? ids : null };
        if (community is not null) filled = filled with { SnmpVersion = "v2", SnmpROCommunity = community };
        return user is null ? filled : WithUser(arguments, filled, user);
    }

    private DiscoveryInput WithUser(ParseResult arguments, DiscoveryInput input, string user)
    {
        string? auth = FromEnvironment("TOWPATH_AUTH_PASSPHRASE");
        string? priv = FromEnvironment("TOWPATH_PRIV_PASSPHRASE");
        return input with
        {
            SnmpVersion = "v3",
            SnmpUserName = user,
            SnmpMode = (auth, priv) switch { (null, _) => "NOAUTHNOPRIV", (_, null) => "AUTHNOPRIV", _ => "AUTHPRIV" },
            SnmpAuthProtocol = auth is null ? null : arguments.GetValue(_auth),
            SnmpAuthPassphrase = auth,
            SnmpPrivProtocol = auth is null || priv is null ? null : arguments.GetValue(_priv),
            SnmpPrivPassphrase = auth is null ? null : priv,
        };
    }

    private static string? FromEnvironment(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
