using System.CommandLine;
using Towpath.Client;
using Towpath.Network;

namespace Towpath.Commands;

/// <summary>
/// <c>towpath table NAME</c>: any table over all devices; and by the names people use the tables that they ask for every day:
/// <c>routes</c>, <c>arp</c>, <c>mac</c>, <c>interfaces</c>, <c>vlans</c>, <c>neighbors</c>, <c>links</c>, <c>hosts</c>.
/// </summary>
internal static class TableCommand
{
    public static IEnumerable<Command> CreateAll()
    {
        yield return Any();
        yield return Routes();
        yield return OfAddress("arp", "arp", "Lists the addresses that devices have resolved.", "address", "mac");
        yield return OfAddress("mac", "fdb", "Lists the MAC addresses that switches have learned.", null, "mac");
        yield return Interfaces();
        yield return OfDevice("vlans", "vlans", "Lists the VLANs of the switches.");
        yield return OfDevice("neighbors", "neighbors", "Lists what LLDP and CDP announce.");
        yield return OfDevice("links", "links", "Lists the links between the devices, one line for each end.");
        Command hosts = OfAddress("hosts", "hosts", "Lists the hosts, and the port that each is at.", "address", "mac");
        hosts.Aliases.Add("where");
        yield return hosts;
    }

    private static Command Any()
    {
        var table = new Argument<string?>("NAME") { Description = "The table; without it the tables are listed.",
            Arity = ArgumentArity.ZeroOrOne };
        var options = new TableOptions();
        var command = new Command("table", "Shows a table of all devices.") { table };
        options.AddTo(command, hasDevice: true);
        command.SetAction((arguments, cancellationToken) => arguments.GetValue(table) is { } name
            ? TableOutput.ShowAsync(name, options.Filter(arguments), Screen.For(arguments), cancellationToken)
            : TableOutput.ListAsync(Screen.For(arguments), cancellationToken));
        return command;
    }

    private static Command Routes()
    {
        var device = new Argument<string?>("DEVICE") { Description = $"The device: {NamedDevices.Words}.",
            Arity = ArgumentArity.ZeroOrOne };
        var address = new Argument<string?>("ADDRESS") { Description = "Only the routes by which it is reached.",
            Arity = ArgumentArity.ZeroOrOne };
        var vrf = new Option<bool>("--vrf") { Description = "The routes of VRFs instead of the global ones." };
        var options = new TableOptions();
        var command = new Command("routes", "Lists routes, or those by which devices reach an address: 'routes * 192.0.2.7'.")
        {
            device, address, vrf,
        };
        options.AddTo(command, hasDevice: false);
        command.Validators.Add(result =>
        {
            if (result.GetValue(address) is { } text && !Ipv4Address.TryParse(text, null, out _))
                result.AddError($"ADDRESS '{text}' is no IPv4 address.");
        });
        command.SetAction((arguments, cancellationToken) => TableOutput.ShowAsync(
            arguments.GetValue(vrf) ? "vrfRoutes" : "routes",
            options.Filter(arguments, arguments.GetValue(device)) with { LongestMatch = arguments.GetValue(address) },
            Screen.For(arguments), cancellationToken));
        return command;
    }

    private static Command Interfaces()
    {
        var device = new Argument<string?>("DEVICE") { Description = $"The device: {NamedDevices.Words}.",
            Arity = ArgumentArity.ZeroOrOne };
        var down = new Option<bool>("--down") { Description = "Only those that are switched on and down." };
        var errors = new Option<bool>("--errors")
        {
            Description = "Only those with errors or discards between the last two readings of their counters.",
        };
        Option<int?> unused = Arguments.Days("--unused-for",
            "Only those that took in no packet and did not change their state for so long, in whole days: 30d.");
        var options = new TableOptions();
        var command = new Command("interfaces", "Lists interfaces; '-o wide' with rates, utilization and errors.")
        {
            device, down, errors, unused,
        };
        options.AddTo(command, hasDevice: false);
        command.Validators.Add(result =>
        {
            bool isOfNow = result.GetValue(errors) || result.GetResult(unused) is { Implicit: false };
            if (isOfNow && options.IsOfBefore(result)) result.AddError("Counters are kept of now alone: leave out --ago.");
        });
        command.SetAction(async (arguments, cancellationToken) =>
        {
            Screen screen = Screen.For(arguments);
            TableFilter filter = options.Filter(arguments, arguments.GetValue(device));
            if (arguments.GetValue(down)) filter = filter.Where("up", "down");
            if (arguments.GetValue(errors)) filter = filter.Where("lost", "1-9223372036854775807");
            int? days = arguments.GetValue(unused);
            int code = await TableOutput.ShowAsync("interfaces", days is { } some ? UnusedPorts.For(filter, some) : filter, screen,
                cancellationToken, ColumnsOf(arguments.GetValue(errors), days is not null));
            if (days is { } asked && screen.IsText) await UnusedPorts.SayAsync(filter, asked, screen, cancellationToken);
            return code;
        });
        return command;

        static string[] ColumnsOf(bool errors, bool unused) => (errors, unused) switch
        {
            (true, true) => ["errorsIn", "errorsOut", "discardsIn", "discardsOut", "lastUsed"],
            (true, _) => ["errorsIn", "errorsOut", "discardsIn", "discardsOut"],
            (_, true) => ["lastUsed"],
            _ => [],
        };
    }

    private static Command OfDevice(string name, string table, string description)
    {
        var device = new Argument<string?>("DEVICE") { Description = $"The device: {NamedDevices.Words}.",
            Arity = ArgumentArity.ZeroOrOne };
        var options = new TableOptions();
        var command = new Command(name, description) { device };
        options.AddTo(command, hasDevice: false);
        command.SetAction((arguments, cancellationToken) =>
        {
            TableFilter filter = options.Filter(arguments, arguments.GetValue(device));
            return TableOutput.ShowAsync(table, filter, Screen.For(arguments), cancellationToken);
        });
        return command;
    }

    /// <param name="addressColumn">Null: the table has MAC addresses alone.</param>
    private static Command OfAddress(string name, string table, string description, string? addressColumn, string macColumn)
    {
        var address = new Argument<string?>(addressColumn is null ? "MAC" : "ADDRESS")
        {
            Description = addressColumn is null
                ? "A MAC address in any writing." : "An address, a prefix, or a MAC address in any writing.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var options = new TableOptions();
        var command = new Command(name, description) { address };
        options.AddTo(command, hasDevice: true);
        command.Validators.Add(result =>
        {
            if (result.GetValue(address) is { } text && ColumnOf(text) is null)
                result.AddError(addressColumn is null
                    ? $"'{text}' is no MAC address; --device names a device, 'towpath find' looks for other names."
                    : $"'{text}' is no address, prefix or MAC address; --device names a device, 'towpath find' looks for other names.");
        });
        command.SetAction((arguments, cancellationToken) =>
        {
            TableFilter filter = options.Filter(arguments);
            if (arguments.GetValue(address) is { } text) filter = filter.Where(ColumnOf(text)!, text);
            return TableOutput.ShowAsync(table, filter, Screen.For(arguments), cancellationToken);
        });
        return command;

        string? ColumnOf(string text)
        {
            if (MacAddress.TryParse(text, null, out _)) return macColumn;
            return Ipv4Address.TryParse(text, null, out _) || Prefix.TryParse(text, null, out _) ? addressColumn : null;
        }
    }

    /// <summary>The filter with one more condition.</summary>
    internal static TableFilter Where(this TableFilter filter, string column, string value)
    {
        var columns = new Dictionary<string, IReadOnlyList<string>>(
            filter.Columns ?? new Dictionary<string, IReadOnlyList<string>>(), StringComparer.OrdinalIgnoreCase);
        columns[column] = [.. columns.GetValueOrDefault(column) ?? [], value];
        return filter with { Columns = columns };
    }
}
