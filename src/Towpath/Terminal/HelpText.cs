using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Towpath.Commands;

/// <summary>What help says beside the options: examples, the environment, exit codes.</summary>
internal static class HelpText
{
    private const string Everywhere = """
        Environment:
          TOWPATH_URL, TOWPATH_USER, TOWPATH_PASSWORD or TOWPATH_TOKEN,
          TOWPATH_FINGERPRINT     a login in place of the saved one
          TOWPATH_PROFILE         a saved login by its name, in place of the current one
          TOWPATH_COMMUNITY, TOWPATH_AUTH_PASSPHRASE, TOWPATH_PRIV_PASSPHRASE
                                  what devices are asked with
          TOWPATH_ADMIN_PASSWORD  for a new server; else one is made and printed once
          TOWPATH_DEBUG=1         an error says where it comes from
          NO_COLOR=1, COLUMNS=N   no bold; the width of tables

        Exit codes:
          0 done   1 failed or refused   2 the command line or a file
          3 nobody answers   4 not logged in   130 interrupted
        """;

    /// <summary>By the names of the command, for instance <c>credentials add</c>; without the <c>towpath</c> before them.</summary>
    internal static readonly Dictionary<string, string[]> Examples = new()
    {
        [""] = ["demo", "trace 10.1.15.117 10.2.1.22", "status", "find 10.1.15.117"],
        ["trace"] = ["trace 10.1.15.117 10.2.1.22 --stats", "trace core-1 00:1b:21:00:21:00 --reverse",
            "trace 10.1.1.5 10.2.1.9 --protocol TCP --dest-port 443 --verify", "trace 10.1.1.5 10.2.1.9 --explain",
            "trace --from flows.csv --save before", "trace --from flows.csv --compare before"],
        ["discover"] = ["discover 192.0.2.0/24 --community public", "discover 192.0.2.1 --crawl LLDP --v3-user towpath",
            "discover 192.0.2.0/24 --community public --preview", "discover show 'CIDR 192.0.2.0/24' --all"],
        ["devices"] = ["devices 'core*'", "devices --role core -o csv", "devices --columns name,address,serial"],
        ["device"] = ["device core-1", "device core-1 --coverage", "device FOC2048X0AB"],
        ["interfaces"] = ["interfaces core-1 --down", "interfaces --where 'name=Gi*' -o csv"],
        ["routes"] = ["routes core-1", "routes 'core*' 192.0.2.7", "routes --where protocol=Ospf --ago 2h"],
        ["hosts"] = ["where 10.1.15.117", "hosts 10.1.0.0/16 -o csv"],
        ["mac"] = ["mac 00:1b:21:00:21:00"],
        ["arp"] = ["arp 10.1.0.0/16 --sort address"],
        ["events"] = ["changes --since 24h", "changes --path 10.1.1.5 10.2.1.9", "changes core-1 --table routes"],
        ["find"] = ["find FOC2048X0AB", "find 10.1.0.0/24"],
        ["credentials"] = ["credentials list", "credentials add lab --v3-user towpath --range 10.0.0.0/8", "credentials test lab 10.1.1.1"],
        ["credentials list"] = ["credentials list", "credentials list -o csv"],
        ["credentials delete"] = ["credentials delete lab"],
        ["credentials add"] = ["credentials add lab --community public", "credentials add core --v3-user towpath --range 10.0.0.0/8"],
        ["credentials test"] = ["credentials test lab 10.1.1.1"],
        ["device add"] = ["device add 10.1.1.1 --community public", "device add 10.1.1.1 --v3-user towpath --port 1161"],
        ["device delete"] = ["device delete core-1", "device delete 10.1.1.1"],
        ["discover list"] = ["discover list", "discover list -o json"],
        ["discover start"] = ["discover start 'CIDR 192.0.2.0/24'"],
        ["discover stop"] = ["discover stop 'CIDR 192.0.2.0/24'"],
        ["discover delete"] = ["discover delete 'CIDR 192.0.2.0/24'"],
        ["discover show"] = ["discover show 'CIDR 192.0.2.0/24' --all"],
        ["backup"] = ["backup /var/backups/towpath-monday"],
        ["restore"] = ["restore /var/backups/towpath-monday --data /srv/towpath"],
        ["diagnose"] = ["diagnose --data /srv/towpath"],
        ["reset-password"] = ["reset-password --data /srv/towpath"],
        ["verify"] = ["verify recordings/campus"],
        ["profile"] = ["profile list", "profile use demo"],
        ["profile list"] = ["profile list"],
        ["profile use"] = ["profile use demo"],
        ["login"] = ["login https://controller.example:8443 --fingerprint ..."],
        ["table"] = ["table", "table stpPorts --where state=Blocking --columns device,vlan,interface"],
        ["serve"] = ["serve", "serve --data /srv/towpath --host towpath.example.net", "serve --http 0 --keep 30d"],
        ["demo"] = ["demo", "demo --http 8081 --https 0"],
        ["simulate"] = ["simulate", "simulate --devices 300 --seed 7", "simulate --walks walks/"],
        ["status"] = ["status", "status --older 2h -o csv"],
        ["collect"] = ["collect core-1", "collect all", "collect all --pause"],
        ["links"] = ["links core-1", "links --where status=down"],
        ["neighbors"] = ["neighbors core-1", "neighbors --where protocol=CDP -o csv"],
        ["vlans"] = ["vlans 'dist*'", "vlans --where id=20"],
        ["task"] = ["task", "task ID --tree"],
        ["task cancel"] = ["task cancel ID"],
        ["token list"] = ["token list"],
        ["token revoke"] = ["token revoke NAME"],
        ["token"] = ["token list", "token revoke NAME"],
        ["logout"] = ["logout", "logout demo"],
        ["whoami"] = ["whoami", "whoami -o json"],
        ["completion"] = ["completion bash > /etc/bash_completion.d/towpath"],
    };

    public static void AddTo(RootCommand root)
    {
        HelpOption help = root.Options.OfType<HelpOption>().Single();
        foreach (string foreign in (string[])["/?", "/h"]) help.Aliases.Remove(foreign); // a shell would offer them as words
        help.Action = new More((SynchronousCommandLineAction)help.Action!);
    }

    private sealed class More(SynchronousCommandLineAction usual) : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            int code = usual.Invoke(parseResult);
            if (Examples.TryGetValue(CommandLine.NameOf(parseResult.CommandResult), out string[]? examples))
            {
                Console.Out.WriteLine("Examples:");
                foreach (string example in examples) Console.Out.WriteLine($"  towpath {example}");
                Console.Out.WriteLine();
            }
            Console.Out.WriteLine(Everywhere);
            return code;
        }
    }
}
