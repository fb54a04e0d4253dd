using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using Towpath.Client;
using Towpath.Contracts;

namespace Towpath.Commands;

/// <summary><c>towpath discover ADDRESSES</c>: finds devices; below it list, start, stop, delete.</summary>
internal static class DiscoverCommand
{
    private static readonly Listing<DiscoveryItem> s_discoveries = new(
        new("id", item => item.Id), new("name", item => item.Name), new("kind", item => item.DiscoveryType, 1),
        new("addresses", item => item.IpAddressList, 2), new("status", item => item.DiscoveryStatus, 1),
        new("condition", item => item.DiscoveryCondition),
        new("devices", item => item.NumDevices?.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    public static Command Create()
    {
        var addresses = new Argument<string>("ADDRESSES") { Description =
            "An address, a range a-b, ranges a-b,c-d, a prefix a/n, or the seeds of a crawl a,b." };
        var name = new Option<string?>("--name")
        {
            Description = "The discovery's name; by default the kind and the addresses.", HelpName = "NAME",
        };
        var crawl = new Option<string?>("--crawl") { Description = "Follow the neighbor tables from the given addresses: CDP or LLDP." };
        crawl.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, "CDP", "LLDP");
        var level = new Option<int?>("--level") { Description = "How many neighbors deep a crawl goes; 16 by default.", HelpName = "N" };
        var within = new Option<string[]>("--within")
        {
            Description = "An address, range or prefix that a crawl stays in, in place of private space. Repeatable.",
            HelpName = "ADDRESS",
        };
        var budget = new Option<int?>("--budget")
        {
            Description = "How many addresses a crawl contacts at most; 2000 by default.",
            HelpName = "N",
        };
        var pace = new Option<string?>("--pace")
        {
            Description = "Datagrams a second to addresses that have not answered yet, and in one /24, or 'off'; by default the server's.",
            HelpName = "N,M",
        };
        var filter = new Option<string[]>("--filter") { Description = "An address or a prefix that is not contacted. Repeatable.",
            HelpName = "ADDRESS" };
        var preview = new Option<bool>("--preview")
        {
            Description = "Say how many addresses would be asked and how many minutes that takes; send nothing.",
        };
        var noWait = new Option<bool>("--no-wait") { Description = "Return as soon as the discovery exists." };
        Option<int?> wait = Arguments.Seconds("--wait", "How long to wait for the discovery's end; 600 by default.");
        var retries = new Option<int?>("--retries")
        {
            Description = "How often a device that does not answer is asked again; by default as the server is set.", HelpName = "N",
        };
        Option<int?> timeout = Arguments.Seconds("--timeout", "How long a device has for each answer; by default as the server is set.");
        var snmp = new SnmpArguments();
        var command = new Command("discover", "Discovers devices by SNMP.")
        {
            addresses, name, crawl, level, within, budget, filter, pace, retries, timeout, preview, noWait, wait,
        };
        command.WithAnswerOptions();
        snmp.AddTo(command);
        command.Subcommands.Add(ListCommand());
        command.Subcommands.Add(ShowCommand());
        command.Subcommands.Add(ByName("start", "Starts a discovery again.",
            (client, id, token) => client.Discovery.StartDiscoveryAsync(id, token)));
        command.Subcommands.Add(ByName("stop", "Stops a running discovery.",
            (client, id, token) => client.Discovery.StopDiscoveryAsync(id, token)));
        command.Subcommands.Add(ByName("delete", "Deletes a discovery; its devices stay.",
            (client, id, token) => client.Discovery.DeleteDiscoveryAsync(id, token)));
        command.SetAction((arguments, cancellationToken) =>
        {
            string given = arguments.GetRequiredValue(addresses);
            string kind = arguments.GetValue(crawl)?.ToUpperInvariant() ?? Kind(given);
            DiscoveryInput input = snmp.Fill(arguments, new DiscoveryInput
            {
                Name = arguments.GetValue(name) ?? NameOf(kind, given),
                DiscoveryType = kind,
                IpAddressList = given,
                IpFilterList = arguments.GetValue(filter) is { Length: > 0 } filters ? filters : null,
                WithinList = arguments.GetValue(within) is { Length: > 0 } ranges ? ranges : null,
                AddressBudget = arguments.GetValue(budget),
                Pace = arguments.GetValue(pace),
                Retry = arguments.GetValue(retries),
                Timeout = arguments.GetValue(timeout),
                CdpLevel = kind == "CDP" ? arguments.GetValue(level) : null,
                LldpLevel = kind == "LLDP" ? arguments.GetValue(level) : null,
            });
            return arguments.GetValue(preview) ? PreviewAsync(Screen.For(arguments), input, cancellationToken) : RunAsync(
                Screen.For(arguments), input, !arguments.GetValue(noWait),
                arguments.GetValue(wait) is { } seconds ? TimeSpan.FromSeconds(seconds) : null, cancellationToken);
        });
        return command;
    }

    private static async Task<int> PreviewAsync(Screen screen, DiscoveryInput input, CancellationToken cancellationToken)
    {
        using TowpathClient client = await TowpathClient.LoginAsync(cancellationToken);
        input = await NamedAsync(client, input, cancellationToken);
        DiscoveryPreview preview = await client.Discovery.PreviewDiscoveryAsync(input, cancellationToken);
        if (screen.Json) Screen.WriteJson(preview);
        else screen.Line(DiscoveryText.Of(preview, input));
        return ExitCode.Done;
    }

    /// <summary>People name credentials, the controller knows them by their ids.</summary>
    private static async Task<DiscoveryInput> NamedAsync(
        TowpathClient client, DiscoveryInput input, CancellationToken cancellationToken)
    {
        if (input.GlobalCredentialIdList is not { Count: > 0 } named) return input;
        var ids = new List<string>();
        foreach (string name in named) ids.Add((await CredentialsCommand.FindAsync(client, name, cancellationToken)).Id!);
        return input with { GlobalCredentialIdList = ids };
    }

    private static async Task<int> RunAsync(Screen screen, DiscoveryInput input, bool wait, TimeSpan? timeout,
        CancellationToken cancellationToken)
    {
        using TowpathClient client = await TowpathClient.LoginAsync(cancellationToken);
        input = await NamedAsync(client, input, cancellationToken);
        TaskItem created = await Waiting.ForTaskAsync(screen, client, await client.Discovery.CreateDiscoveryAsync(input, cancellationToken),
            null, cancellationToken);
        string id = created.Progress ?? throw new InvalidDataException($"Task {created.Id} names no discovery.");
        DiscoveryItem discovery = wait
            ? await Waiting.ForDiscoveryAsync(screen, client, id, input.Name!, timeout, cancellationToken)
            : await client.Discovery.GetDiscoveryAsync(id, cancellationToken);
        if (screen.Json) Screen.WriteJson(discovery);
        else await DiscoveryText.WriteAsync(screen, client, discovery, all: false, cancellationToken);
        if (discovery.DiscoveryCondition == "Aborted") return ExitCode.Failed;
        // A script that goes on with the devices must notice that there are none.
        return discovery is { DiscoveryCondition: "Complete", NumDevices: 0 } ? ExitCode.Failed : ExitCode.Done;
    }

    private static Command ListCommand()
    {
        var command = new Command("list", "Lists the discoveries.").WithAnswerOptions();
        command.SetAction(async (arguments, cancellationToken) =>
        {
            Screen screen = Screen.For(arguments);
            using TowpathClient client = await TowpathClient.LoginAsync(cancellationToken);
            List<DiscoveryItem> all = await client.Discovery.GetDiscoveriesAsync(cancellationToken).ToListAsync(cancellationToken);
            s_discoveries.Show(screen, all);
            return ExitCode.Done;
        });
        return command;
    }

    private static Command ShowCommand()
    {
        var name = new Argument<string>("NAME") { Description = "The discovery's name or id." };
        var all = new Option<bool>("--all") { Description = "Every address that was not collected or not contacted." };
        Command command = new Command("show", "Shows what a discovery has found, what not, and why.") { name, all }.WithAnswerOptions();
        command.SetAction(async (arguments, cancellationToken) =>
        {
            Screen screen = Screen.For(arguments);
            using TowpathClient client = await TowpathClient.LoginAsync(cancellationToken);
            DiscoveryItem known = await FindAsync(client, arguments.GetRequiredValue(name), cancellationToken);
            if (screen.Json) Screen.WriteJson(known);
            else await DiscoveryText.WriteAsync(screen, client, known, arguments.GetValue(all), cancellationToken);
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task<DiscoveryItem> FindAsync(TowpathClient client, string wanted, CancellationToken cancellationToken)
    {
        List<DiscoveryItem> all = await client.Discovery.GetDiscoveriesAsync(cancellationToken).ToListAsync(cancellationToken);
        return all.Find(item => item.Name == wanted || item.Id == wanted) ?? throw new UsageException($"There is no discovery '{wanted}'."
            + $"{Suggestion.Of(wanted, all.Select(item => item.Name).OfType<string>())} 'towpath discover list' names them.");
    }

    private static Command ByName(string verb, string description, Func<TowpathClient, string, CancellationToken, Task<TaskReference>> act)
    {
        var name = new Argument<string>("NAME") { Description = "The discovery's name or id." };
        var command = new Command(verb, description) { name };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            Screen screen = Screen.For(arguments);
            string wanted = arguments.GetRequiredValue(name);
            using TowpathClient client = await TowpathClient.LoginAsync(cancellationToken);
            DiscoveryItem known = await FindAsync(client, wanted, cancellationToken);
            TaskItem ended = await Waiting.ForTaskAsync(screen, client, await act(client, known.Id!, cancellationToken), null,
                cancellationToken);
            if (screen.Json) Screen.WriteJson(ended);
            else screen.Line($"Discovery {known.Id} '{known.Name}': {verb} done.");
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>
    /// The kind and the addresses. Many ranges are longer than a name may be; a part of their hash then tells two lists apart that begin
    /// alike, and the same list has the same name again.
    /// </summary>
    private static string NameOf(string kind, string addresses)
    {
        const int Longest = 255, Shown = 200;
        string whole = $"{kind} {addresses}";
        if (whole.Length <= Longest) return whole;
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(addresses)).AsSpan(0, 4));
        return $"{whole[..Shown]}... ({addresses.AsSpan().Count(',') + 1} in all, {hash})";
    }

    private static string Kind(string addresses) =>
        addresses.Contains(',', StringComparison.Ordinal) ? "Multi Range"
        : addresses.Contains('/', StringComparison.Ordinal) ? "CIDR"
        : addresses.Contains('-', StringComparison.Ordinal) ? "Range"
        : "Single";
}
