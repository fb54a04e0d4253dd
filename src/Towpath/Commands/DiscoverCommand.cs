using System.CommandLine;
using Towpath.Client;
using Towpath.Contracts;

namespace Towpath.Commands;

/// <summary><c>towpath discover ADDRESSES</c>: finds devices; below it list, start, stop, delete.</summary>
internal static class DiscoverCommand
{
    private const int MostReasons = 10;

    public static Command Create()
    {
        var addresses = new Argument<string>("ADDRESSES") { Description = "An address, a range a-b, ranges a-b,c-d, a prefix a/n, or the seeds of a crawl a,b." };
        var name = new Option<string?>("--name") { Description = "The discovery's name; by default the kind and the addresses." };
        var crawl = new Option<string?>("--crawl") { Description = "Follow the neighbor tables from the given addresses: CDP or LLDP." };
        crawl.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, "CDP", "LLDP");
        var level = new Option<int?>("--level") { Description = "How many neighbors deep a crawl goes; 16 by default.", HelpName = "N" };
        var filter = new Option<string[]>("--filter") { Description = "An address or a prefix that is not contacted. Repeatable.", HelpName = "ADDRESS" };
        var noWait = new Option<bool>("--no-wait") { Description = "Return as soon as the discovery exists." };
        Option<int?> timeout = Arguments.Seconds("--timeout", "How long to wait; 600 by default.");
        var snmp = new SnmpArguments();
        var command = new Command("discover", "Discovers devices by SNMP.") { addresses, name, crawl, level, filter, noWait, timeout };
        snmp.AddTo(command);
        command.Subcommands.Add(ListCommand());
        command.Subcommands.Add(ByName("start", "Starts a discovery again.", (client, id, token) => client.Discovery.StartDiscoveryAsync(id, token)));
        command.Subcommands.Add(ByName("stop", "Stops a running discovery.", (client, id, token) => client.Discovery.StopDiscoveryAsync(id, token)));
        command.Subcommands.Add(ByName("delete", "Deletes a discovery; its devices stay.", (client, id, token) => client.Discovery.DeleteDiscoveryAsync(id, token)));
        command.SetAction((arguments, cancellationToken) =>
        {
            string given = arguments.GetRequiredValue(addresses);
            string kind = arguments.GetValue(crawl)?.ToUpperInvariant() ?? Kind(given);
            DiscoveryInput input = snmp.Fill(arguments, new DiscoveryInput
            {
                Name = arguments.GetValue(name) ?? $"{kind} {given}",
                DiscoveryType = kind,
                IpAddressList = given,
                IpFilterList = arguments.GetValue(filter) is { Length: > 0 } filters ? filters : null,
                CdpLevel = kind == "CDP" ? arguments.GetValue(level) : null,
                LldpLevel = kind == "LLDP" ? arguments.GetValue(level) : null,
            });
            return RunAsync(
                Screen.For(arguments), input, !arguments.GetValue(noWait),
                arguments.GetValue(timeout) is { } seconds ? TimeSpan.FromSeconds(seconds) : null, cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(Screen screen, DiscoveryInput input, bool wait, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        using TowpathClient client = await TowpathClient.LoginAsync(cancellationToken);
        TaskItem created = await Waiting.ForTaskAsync(screen, client, await client.Discovery.CreateDiscoveryAsync(input, cancellationToken), null, cancellationToken);
        string id = created.Progress ?? throw new InvalidDataException($"Task {created.Id} names no discovery.");
        DiscoveryItem discovery = wait
            ? await Waiting.ForDiscoveryAsync(screen, client, id, input.Name!, timeout, cancellationToken)
            : await client.Discovery.GetDiscoveryAsync(id, cancellationToken);
        if (screen.Json) Screen.WriteJson(discovery);
        else await WriteFoundAsync(screen, client, discovery, cancellationToken);
        return discovery.DiscoveryCondition == "Aborted" ? ExitCode.Failed : ExitCode.Done;
    }

    private static async Task WriteFoundAsync(Screen screen, TowpathClient client, DiscoveryItem discovery, CancellationToken cancellationToken)
    {
        List<DiscoveredDevice> found = await client.Discovery.GetDiscoveredDevicesAsync(discovery.Id!, cancellationToken).ToListAsync(cancellationToken);
        screen.Line($"Discovery {discovery.Id} '{discovery.Name}': {discovery.DiscoveryCondition}, {discovery.NumDevices ?? found.Count} devices");
        screen.Table(
            ["NAME", "ADDRESS", "FAMILY", "MODEL", "SNMP", "COLLECTION"],
            found.Select(IReadOnlyList<string?> (device) =>
                [device.Hostname, device.ManagementIpAddress, device.Family, device.PlatformId, device.SnmpStatus, device.InventoryCollectionStatus]));

        List<DiscoveryJob> failed = await client.Discovery.GetJobsAsync(discovery.Id!, cancellationToken)
            .Where(job => job.DiscoveryStatus == "FAILURE")
            .ToListAsync(cancellationToken);
        if (failed.Count == 0) return;
        screen.Line();
        screen.Line($"Not collected: {failed.Count} {(failed.Count == 1 ? "address" : "addresses")}");
        // Most addresses of a range are silent, all for one reason; what somebody said comes first.
        ILookup<bool, DiscoveryJob> silent = failed.ToLookup(job => Reason(job).StartsWith("No SNMP answer", StringComparison.Ordinal));
        Write(silent[false], MostReasons, "more");
        Write(silent[true], 1, "as silent");

        void Write(IEnumerable<DiscoveryJob> jobs, int most, string rest)
        {
            foreach (DiscoveryJob job in jobs.Take(most)) screen.Line($"{job.IpAddress}: {Reason(job)}");
            if (jobs.Count() > most) screen.Line($"... and {jobs.Count() - most} {rest}; GET /discovery/{discovery.Id}/job has them all.");
        }

        static string Reason(DiscoveryJob job) => job.AttributeInfo?.GetValueOrDefault("reason") ?? "no reason was given";
    }

    private static Command ListCommand()
    {
        var command = new Command("list", "Lists the discoveries.");
        command.SetAction(async (arguments, cancellationToken) =>
        {
            Screen screen = Screen.For(arguments);
            using TowpathClient client = await TowpathClient.LoginAsync(cancellationToken);
            List<DiscoveryItem> all = await client.Discovery.GetDiscoveriesAsync(cancellationToken).ToListAsync(cancellationToken);
            if (screen.Json) Screen.WriteJson<IReadOnlyList<DiscoveryItem>>(all);
            else
            {
                screen.Table(
                    ["ID", "NAME", "KIND", "ADDRESSES", "STATUS", "CONDITION", "DEVICES"],
                    all.Select(IReadOnlyList<string?> (item) =>
                        [item.Id, item.Name, item.DiscoveryType, item.IpAddressList, item.DiscoveryStatus, item.DiscoveryCondition, item.NumDevices?.ToString(System.Globalization.CultureInfo.InvariantCulture)]));
            }
            return ExitCode.Done;
        });
        return command;
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
            DiscoveryItem? known = await client.Discovery.GetDiscoveriesAsync(cancellationToken)
                .FirstOrDefaultAsync(item => item.Name == wanted || item.Id == wanted, cancellationToken);
            if (known is null) throw new UsageException($"There is no discovery '{wanted}'. 'towpath discover list' names them.");
            TaskItem ended = await Waiting.ForTaskAsync(screen, client, await act(client, known.Id!, cancellationToken), null, cancellationToken);
            if (screen.Json) Screen.WriteJson(ended);
            else screen.Line($"Discovery {known.Id} '{known.Name}': {verb} done.");
            return ExitCode.Done;
        });
        return command;
    }

    private static string Kind(string addresses) =>
        addresses.Contains(',', StringComparison.Ordinal) ? "Multi Range"
        : addresses.Contains('/', StringComparison.Ordinal) ? "CIDR"
        : addresses.Contains('-', StringComparison.Ordinal) ? "Range"
        : "Single";
}
