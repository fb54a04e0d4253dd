using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;
using Towpath.Network;
using Towpath.Server;

namespace Towpath.Commands;

/// <summary>Options and arguments that several commands share.</summary>
internal static class Arguments
{
    public static Option<string> Data(string folder) => new("--data")
    {
        Description = "The folder that holds everything; it can be copied.",
        HelpName = "DIR",
        DefaultValueFactory = _ => DefaultFolder(folder),
    };

    public static Option<string?> Database() => new("--database")
    {
        Description = "Where all state is: a file of SQLite (by default one in --data), or a database of PostgreSQL that several servers "
            + "may share, like 'Host=db1.example.net;Database=towpath;Username=towpath'.",
        HelpName = "FILE-OR-CONNECTION",
    };

    public static Option<string?> DatabasePasswordFile() => new("--database-password-file")
    {
        Description = "A file of mode 0600 whose first line is the password for --database.",
        HelpName = "FILE",
    };

    public static Option<string?> MasterKey() => new("--master-key")
    {
        Description = "A file of mode 0600 with 32 random octets as base64: the key around the keys in a database of PostgreSQL.",
        HelpName = "FILE",
    };

    /// <summary>Null: all.</summary>
    public static Option<NodeRoles?> Roles() => new("--roles")
    {
        Description = "Which part of the work this server takes, of several on one database: "
            + $"{string.Join(',', NodeRoleWords.All)} by default, or some of these.",
        HelpName = "ROLES",
        CustomParser = result =>
        {
            if (NodeRoleWords.TryParse(result.Tokens[0].Value, out NodeRoles roles)) return roles;
            result.AddError($"--roles {result.Tokens[0].Value}: write some of {string.Join(',', NodeRoleWords.All)}, with commas between.");
            return null;
        },
    };

    public static Option<int> Http() => Port("--http", 8080, "Serve http on 127.0.0.1 at this port; 0 switches it off.");

    public static Option<int> Https() => Port("--https", 8443, "Serve https at this port; 0 switches it off.");

    public static Option<string[]> Hosts() => new("--host")
    {
        Description = "Another name that clients call this server by; names that are not in its certificate are refused else. Repeatable.",
        HelpName = "NAME",
    };

    public static Option<string[]> WebhookNetworks() => Networks("--webhook-allow",
        "A prefix of this machine or link where webhooks may be called, for instance 127.0.0.1/32. Repeatable.", "127.0.0.1/32");

    public static Option<string[]> Proxies() => Networks("--proxy",
        "A prefix of load balancers, for instance 192.0.2.8/32, whose X-Forwarded-For and -Proto say who asks and how. Repeatable.",
        "192.0.2.8/32");

    private static Option<string[]> Networks(string name, string description, string example)
    {
        var option = new Option<string[]>(name) { Description = description, HelpName = "PREFIX" };
        option.Validators.Add(result =>
        {
            foreach (string text in result.Tokens.Select(token => token.Value).Where(text => !IPNetwork.TryParse(text, out _)))
                result.AddError($"{name} {text}: give a prefix such as {example}.");
        });
        return option;
    }

    public static Option<int> Connections()
    {
        var option = new Option<int>("--max-connections")
        {
            Description = "Connections that may be open at once; more are closed as they come.",
            HelpName = "N",
            DefaultValueFactory = _ => 1000,
        };
        option.Validators.Add(result =>
        {
            if (Value(result) is { } text && int.TryParse(text, out int given) && given <= 0)
                result.AddError($"--max-connections {text}: give a number above 0.");
        });
        return option;
    }

    public static Option<int> SnmpPort(int port, string description) => Port("--snmp-port", port, description);

    public static Option<SearchPace?> Pace() => new("--pace")
    {
        Description = $"Datagrams a second to addresses that have not answered yet, and of these in one /24: {new SearchPace()}, or "
            + "'off', which --map is anyway.",
        HelpName = "N,M",
        CustomParser = result =>
        {
            if (SearchPace.TryParse(result.Tokens[0].Value, out SearchPace? pace)) return pace;
            result.AddError($"--pace {result.Tokens[0].Value}: write it like {new SearchPace()}, datagrams a second and of "
                + "these in one /24, or 'off'.");
            return null;
        },
    };

    public static Option<string?> Network() => new("--network")
    {
        Description = "Another network's description in place of the demo campus.",
        HelpName = "FILE",
    };

    public static Option<int?> Seconds(string name, string description)
    {
        var option = new Option<int?>(name) { Description = description, HelpName = "SECONDS" };
        option.Validators.Add(result =>
        {
            if (Value(result) is { } text && int.TryParse(text, out int seconds) && seconds <= 0)
                result.AddError($"{name} {text}: give a number above 0.");
        });
        return option;
    }

    /// <summary>An agent's port, 1 to 65535; null when it is not given.</summary>
    public static Option<int?> AgentPort(string name, string description)
    {
        var option = new Option<int?>(name) { Description = description, HelpName = "PORT" };
        option.Validators.Add(result =>
        {
            if (Value(result) is { } text && int.TryParse(text, out int given) && given is < 1 or > 65535)
                result.AddError($"{name} {text}: a port is 1 to 65535.");
        });
        return option;
    }

    /// <summary>A time span: 90s, 30m, 12h, 7d.</summary>
    public static Option<TimeSpan?> Span(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "SPAN",
        CustomParser = result => ReadSpan(name, result),
    };

    /// <summary>A time span of at least a day, in days; what is left of one counts as one.</summary>
    public static Option<int?> Days(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "SPAN",
        CustomParser = result =>
        {
            if (ReadSpan(name, result) is not { TotalDays: var days }) return null;
            if (days >= 1) return (int)Math.Ceiling(days);
            result.AddError($"{name} counts whole days: write it like 30d.");
            return null;
        },
    };

    private static TimeSpan? ReadSpan(string name, ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        TimeSpan? unit = text.Length == 0 ? null : text[^1] switch
        {
            's' => TimeSpan.FromSeconds(1),
            'm' => TimeSpan.FromMinutes(1),
            'h' => TimeSpan.FromHours(1),
            'd' => TimeSpan.FromDays(1),
            _ => null,
        };
        ushort.TryParse(text.AsSpan(0, Math.Max(0, text.Length - 1)), NumberStyles.None, CultureInfo.InvariantCulture, out ushort many);
        if (unit is { } one && many > 0) return many * one;
        result.AddError($"{name} {text}: write it like 90s, 30m, 12h or 7d.");
        return null;
    }

    public static Option<TimeSpan?> Keep() =>
        Span("--keep", "Delete tasks and traces so long after their end, 1h to 3650d; 7d by default.");

    public static Option<int?> KeepMost() => new("--keep-most")
    {
        Description = "Keep at most so many tasks, and as many traces; 1000000 by default. The oldest that have ended go first.",
        HelpName = "N",
    };

    public static Option<string[]> LogLevels() => new("--log-level")
    {
        Description = "What is logged: trace, debug, information, warning (by default), error or none; of one part with "
            + "Towpath.Snmp=debug. Repeatable.",
        HelpName = "[PART=]LEVEL",
    };

    public static Option<bool> LogJson() => new("--log-json") { Description = "Log each event as an object of JSON." };

    public static Option<string?> MetricsToken() => new("--metrics-token")
    {
        Description = "A file of mode 0600 whose first line opens /metrics as a Bearer token, and nothing else.",
        HelpName = "FILE",
    };

    private static Option<int> Port(string name, int port, string description)
    {
        var option = new Option<int>(name) { Description = description, HelpName = "PORT", DefaultValueFactory = _ => port };
        option.Validators.Add(result =>
        {
            if (Value(result) is { } text && int.TryParse(text, out int given) && given is < 0 or > 65535)
                result.AddError($"{name} {text}: a port is 0 to 65535.");
        });
        return option;
    }

    private static string? Value(OptionResult result) => result.Tokens is [{ } token] ? token.Value : null;

    public static string DefaultFolder(string folder) => Path.Combine(
        Environment.GetEnvironmentVariable("XDG_DATA_HOME") is { Length: > 0 } home
            ? home
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "share"),
        folder);
}
