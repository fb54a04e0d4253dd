using System.CommandLine;
using System.Net;
using Towpath.Network;
using Towpath.Server;

namespace Towpath.Commands;

/// <summary><c>towpath serve</c>: the controller, until Ctrl+C.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        Option<string> data = Arguments.Data("towpath");
        Option<string?> database = Arguments.Database();
        Option<string?> passwordFile = Arguments.DatabasePasswordFile();
        Option<string?> masterKey = Arguments.MasterKey();
        Option<NodeRoles?> roles = Arguments.Roles();
        Option<int> http = Arguments.Http();
        Option<int> https = Arguments.Https();
        Option<string[]> hosts = Arguments.Hosts();
        Option<string[]> proxies = Arguments.Proxies();
        Option<int> connections = Arguments.Connections();
        Option<string[]> webhooks = Arguments.WebhookNetworks();
        Option<int> snmpPort = Arguments.SnmpPort(161, "The UDP port that the devices' agents listen on.");
        Option<SearchPace?> pace = Arguments.Pace();
        var map = new MapOption();
        Option<TimeSpan?> keep = Arguments.Keep();
        Option<int?> keepMost = Arguments.KeepMost();
        Option<string[]> logLevels = Arguments.LogLevels();
        Option<bool> logJson = Arguments.LogJson();
        Option<string?> metricsToken = Arguments.MetricsToken();
        var command = new Command("serve", "Runs the controller for your network.")
        {
            data, database, passwordFile, masterKey, roles, http, https, hosts, proxies, connections, webhooks, snmpPort, map, pace,
            keep, keepMost, logLevels, logJson, metricsToken,
        };
        command.SetAction((arguments, cancellationToken) => RunAsync(
            Screen.For(arguments),
            LogLevels.Apply(arguments.GetValue(logLevels) ?? [], new TowpathServerOptions
            {
                DataFolder = arguments.GetRequiredValue(data),
                Database = arguments.GetValue(database),
                DatabasePasswordFile = arguments.GetValue(passwordFile),
                MasterKeyFile = arguments.GetValue(masterKey),
                Roles = arguments.GetValue(roles) ?? NodeRoles.All,
                HttpPort = arguments.GetValue(http),
                HttpsPort = arguments.GetValue(https),
                Hosts = arguments.GetValue(hosts) ?? [],
                Proxies = [.. (arguments.GetValue(proxies) ?? []).Select(text => IPNetwork.Parse(text))],
                MostConnections = arguments.GetValue(connections),
                WebhookNetworks = [.. (arguments.GetValue(webhooks) ?? []).Select(text => IPNetwork.Parse(text))],
                SnmpPort = arguments.GetValue(snmpPort),
                AddressMap = map.Of(arguments),
                Pace = arguments.GetValue(pace),
                Keep = arguments.GetValue(keep),
                KeepMost = arguments.GetValue(keepMost),
                LogJson = arguments.GetValue(logJson),
                MetricsTokenFile = arguments.GetValue(metricsToken),
                AdminPassword = Administrator.PasswordFromEnvironment(),
            }),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Screen screen, TowpathServerOptions options, CancellationToken cancellationToken)
    {
        if (options is { HttpPort: 0, HttpsPort: 0 }) throw new UsageException("--http 0 and --https 0 switch everything off. Keep one.");
        await using RunningServer server = await TowpathServer.StartAsync(options, cancellationToken);
        if (screen.Json) Screen.WriteJson(Serving.Of(server, options));
        else Serving.Of(server, options).Describe(screen);
        await server.WaitForShutdownAsync(cancellationToken);
        return ExitCode.Done;
    }
}
