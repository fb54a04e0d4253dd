using System.CommandLine;
using Towpath.Contracts;

namespace Towpath.Commands;

/// <summary>
/// How a discovery, or who adds a device, logs in to devices. Passphrases come from the environment: a command line is seen by everybody on
/// the machine.
/// </summary>
internal sealed class SnmpArguments
{
    // snmpcmd's words, RFC 3411 section 3.4.3.
    private const string NoAuthNoPriv = "noAuthNoPriv", AuthNoPriv = "authNoPriv", AuthPriv = "authPriv";

    private readonly Option<string?> _community = new("--community")
    {
        Description = "SNMP v2c read community; also TOWPATH_COMMUNITY.", HelpName = "WORD",
    };
    private readonly Option<string?> _user = new("--v3-user")
    {
        Description = "SNMPv3 user; passphrases come from TOWPATH_AUTH_PASSPHRASE and TOWPATH_PRIV_PASSPHRASE.", HelpName = "NAME",
    };
    private readonly Option<string> _auth = new("--v3-auth")
    {
        Description = "MD5, SHA, SHA224, SHA256, SHA384 or SHA512.", HelpName = "PROTOCOL", DefaultValueFactory = _ => "SHA256",
    };
    private readonly Option<string> _priv = new("--v3-priv")
    {
        Description = "DES, AES128, AES192, AES256, CISCOAES192 or CISCOAES256.", HelpName = "PROTOCOL",
        DefaultValueFactory = _ => "AES128",
    };
    private readonly Option<string?> _level = Level();
    private readonly Option<int?> _port = Port();
    private readonly Option<string[]> _credentials = new("--credential")
    {
        Description = "A stored credential: its description or id. Repeatable.", HelpName = "CREDENTIAL",
    };

    public void AddTo(Command command)
    {
        AddAccessTo(command);
        command.Options.Add(_credentials);
    }

    /// <summary>Without stored credentials.</summary>
    public void AddAccessTo(Command command)
    {
        AddLoginTo(command);
        command.Options.Add(_port);
    }

    /// <summary>Only the secrets and their kinds.</summary>
    public void AddLoginTo(Command command)
    {
        foreach (Option option in new Option[] { _community, _user, _level, _auth, _priv }) command.Options.Add(option);
    }

    public NetworkDeviceInput Login(ParseResult arguments, string address)
    {
        DiscoveryInput login = Fill(arguments, new DiscoveryInput());
        return new NetworkDeviceInput
        {
            IpAddress = [address],
            SnmpPort = login.SnmpPort,
            SnmpVersion = login.SnmpVersion,
            SnmpROCommunity = login.SnmpROCommunity,
            SnmpUserName = login.SnmpUserName,
            SnmpMode = login.SnmpMode,
            SnmpAuthProtocol = login.SnmpAuthProtocol,
            SnmpAuthPassphrase = login.SnmpAuthPassphrase,
            SnmpPrivProtocol = login.SnmpPrivProtocol,
            SnmpPrivPassphrase = login.SnmpPrivPassphrase,
        };
    }

    public DiscoveryInput Fill(ParseResult arguments, DiscoveryInput input)
    {
        string[] ids = arguments.GetValue(_credentials) ?? [];
        string? user = arguments.GetValue(_user);
        string? community = arguments.GetValue(_community) ?? FromEnvironment("TOWPATH_COMMUNITY");
        if (user is null && community is null && ids.Length == 0)
            throw new UsageException($"Name a way in: {string.Join(", ", arguments.CommandResult.Command.Options
                .Intersect([_community, _user, _credentials]).Select(option => option.Name))}.");

        DiscoveryInput filled = input with
        {
            GlobalCredentialIdList = ids.Length > 0 ? ids : null,
            SnmpPort = arguments.GetValue(_port),
        };
        if (community is not null) filled = filled with { SnmpVersion = "v2", SnmpROCommunity = community };
        return user is null ? filled : WithUser(arguments, filled, user);
    }

    public static Option<int?> Port() =>
        Arguments.AgentPort("--port", "UDP port at which devices answer SNMP; by default the server's.");

    private DiscoveryInput WithUser(ParseResult arguments, DiscoveryInput input, string user)
    {
        string? auth = FromEnvironment("TOWPATH_AUTH_PASSPHRASE");
        string? priv = FromEnvironment("TOWPATH_PRIV_PASSPHRASE");
        string level = arguments.GetValue(_level) ?? (auth, priv) switch
        {
            (null, null) => throw new UsageException(
                $"--v3-user {user}: set TOWPATH_AUTH_PASSPHRASE (and TOWPATH_PRIV_PASSPHRASE), or say --v3-level {NoAuthNoPriv} to "
                    + "ask without authentication."),
            (_, null) => AuthNoPriv,
            _ => AuthPriv,
        };
        bool authenticates = level != NoAuthNoPriv, encrypts = level == AuthPriv;
        if (authenticates && auth is null)
            throw new UsageException($"--v3-user {user} at the level {level} needs TOWPATH_AUTH_PASSPHRASE.");
        if (encrypts && priv is null) throw new UsageException($"--v3-user {user} at the level {level} needs TOWPATH_PRIV_PASSPHRASE.");
        return input with
        {
            SnmpVersion = "v3",
            SnmpUserName = user,
            SnmpMode = level.ToUpperInvariant(),
            SnmpAuthProtocol = authenticates ? arguments.GetValue(_auth) : null,
            SnmpAuthPassphrase = authenticates ? auth : null,
            SnmpPrivProtocol = encrypts ? arguments.GetValue(_priv) : null,
            SnmpPrivPassphrase = encrypts ? priv : null,
        };
    }

    private static Option<string?> Level()
    {
        var option = new Option<string?>("--v3-level") { Description =
            "noAuthNoPriv, authNoPriv or authPriv; by default what the passphrases allow.", HelpName = "LEVEL" };
        option.AcceptOnlyFromAmong(NoAuthNoPriv, AuthNoPriv, AuthPriv);
        return option;
    }

    private static string? FromEnvironment(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
