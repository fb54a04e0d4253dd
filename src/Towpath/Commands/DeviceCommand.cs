using System.CommandLine;
using System.Globalization;
using Towpath.Client;
using Towpath.Contracts;

namespace Towpath.Commands;

/// <summary>
/// <c>towpath device NAME</c>: one device, or with <c>--coverage</c> how each of its tables could be read; below it add, delete.
/// </summary>
internal static class DeviceCommand
{
    /// <summary>A device is read for a quarter of an hour at most.</summary>
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(16);

    public static Command Create()
    {
        Argument<string> name = Name();
        var coverage = new Option<bool>("--coverage") { Description =
            "Show which tables answered, what is lost without the others, and the configuration that mends it." };
        var command = new Command("device", "Shows a device.") { name, coverage };
        command.SetAction((arguments, cancellationToken) =>
            RunAsync(Screen.For(arguments), arguments.GetRequiredValue(name), arguments.GetValue(coverage), cancellationToken));
        command.Subcommands.Add(AddCommand());
        command.Subcommands.Add(DeleteCommand());
        return command;
    }

    /// <summary>By name, else by management address or id.</summary>
    public static async Task<NetworkDeviceItem> FindAsync(TowpathClient client, string wanted, CancellationToken cancellationToken)
    {
        foreach (DeviceFilter filter in new[] { new DeviceFilter { Hostname = [wanted] }, new() { ManagementIpAddress = [wanted] } })
        {
            NetworkDeviceItem[] found = await client.Devices.GetDevicesAsync(filter, cancellationToken).Take(2)
                .ToArrayAsync(cancellationToken);
            if (found is [var device]) return device;
            if (found.Length > 1) throw new UsageException($"Several devices are called {wanted}: name one by its address.");
        }
        return Guid.TryParse(wanted, out _)
            ? await client.Devices.GetDeviceAsync(wanted, cancellationToken)
            : throw new UsageException($"There is no device {wanted}: 'towpath devices' lists them.");
    }

    private static Argument<string> Name() => new("NAME") { Description = "The device's name, address or id." };

    private static Command AddCommand()
    {
        var address = new Argument<string>("ADDRESS") { Description = "Where it answers SNMP." };
        var snmp = new SnmpArguments();
        var command = new Command("add", "Reads a device and adds it to the inventory.") { address };
        snmp.AddLoginTo(command);
        command.SetAction(async (arguments, cancellationToken) =>
        {
            Screen screen = Screen.For(arguments);
            NetworkDeviceInput input = snmp.Login(arguments, arguments.GetRequiredValue(address));
            using TowpathClient client = await TowpathClient.LoginAsync(cancellationToken);
            TaskItem ended = await Waiting.ForTaskAsync(screen, client, await client.Devices.AddDevicesAsync(input, cancellationToken),
                s_longest, cancellationToken);
            Show(screen, await client.Devices.GetDeviceAsync(ended.Progress!, cancellationToken));
            return ExitCode.Done;
        });
        return command;
    }

    private static Command DeleteCommand()
    {
        Argument<string> name = Name();
        var command = new Command("delete", "Forgets a device, with all that it has told.") { name };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            Screen screen = Screen.For(arguments);
            using TowpathClient client = await TowpathClient.LoginAsync(cancellationToken);
            NetworkDeviceItem device = await FindAsync(client, arguments.GetRequiredValue(name), cancellationToken);
            TaskItem ended = await Waiting.ForTaskAsync(screen, client,
                await client.Devices.DeleteDeviceAsync(device.Id!, cancellationToken), null, cancellationToken);
            if (screen.Json) Screen.WriteJson(ended);
            else screen.Line($"{device.Hostname} ({device.ManagementIpAddress}) is forgotten.");
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task<int> RunAsync(Screen screen, string name, bool coverage, CancellationToken cancellationToken)
    {
        using TowpathClient client = await TowpathClient.LoginAsync(cancellationToken);
        NetworkDeviceItem device = await FindAsync(client, name, cancellationToken);
        if (coverage) Show(screen, await client.Devices.GetDeviceCoverageAsync(device.Id!, cancellationToken));
        else Show(screen, device);
        return ExitCode.Done;
    }

    private static void Show(Screen screen, NetworkDeviceItem device)
    {
        if (screen.Json) Screen.WriteJson(device);
        else
        {
            screen.Table(["NAME", "ADDRESS", "ROLE", "MODEL", "SOFTWARE", "SERIAL", "UP", "COLLECTED", "PROBLEM"],
                [[device.Hostname, device.ManagementIpAddress, device.Role, device.PlatformId, device.SoftwareVersion, device.SerialNumber,
                    device.UpTime, device.LastUpdated, device.ErrorDescription]]);
        }
    }

    private static void Show(Screen screen, IReadOnlyList<TableCoverage> tables)
    {
        if (screen.Json) Screen.WriteJson(tables);
        else
        {
            screen.Table(["TABLE", "CONTEXT", "OUTCOME", "ROWS", "COSTS A TRACE",
                "MENDED BY"], tables.Select(IReadOnlyList<string?> (table) =>
                [table.Table, table.Context, table.Outcome, table.Rows?.ToString(CultureInfo.InvariantCulture), table.Cost, table.Remedy]));
        }
    }
}
