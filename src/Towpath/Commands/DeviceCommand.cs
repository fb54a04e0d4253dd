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

    private static readonly Listing<NetworkDeviceItem> s_device = new(
        new("name", device => device.Hostname), new("address", device => device.ManagementIpAddress), new("role", device => device.Role),
        new("family", device => device.Family), new("model", device => device.PlatformId), new("series", device => device.Series),
        new("software", device => string.Join(' ', new[] { device.SoftwareType, device.SoftwareVersion }.OfType<string>())),
        new("serial", device => device.SerialNumber), new("mac", device => device.MacAddress),
        new("location", device => device.SnmpLocation), new("contact", device => device.SnmpContact),
        new("interfaces", device => device.InterfaceCount), new("up", device => device.UpTime),
        new("reachable", device => device.ReachabilityFailureReason is { Length: > 0 } why
            ? $"{device.ReachabilityStatus}: {why}" : device.ReachabilityStatus),
        new("collection", device => device.CollectionStatus), new("collected", device => device.LastUpdated),
        new("problem", device => device.ErrorDescription), new("id", device => device.Id));

    private static readonly Listing<TableCoverage> s_coverage = new(
        new("table", table => table.Table), new("context", table => table.Context, 1), new("outcome", table => table.Outcome),
        new("rows", table => table.Rows?.ToString(CultureInfo.InvariantCulture)), new("costsATrace", table => table.Cost),
        new("mendedBy", table => table.Remedy));

    public static Command Create()
    {
        Argument<string> name = Name();
        var coverage = new Option<bool>("--coverage") { Description =
            "Show which tables answered, what is lost without the others, and the configuration that mends it." };
        var command = new Command("device", "Shows a device.") { name, coverage }.WithAnswerOptions();
        command.SetAction((arguments, cancellationToken) =>
            RunAsync(Screen.For(arguments), arguments.GetRequiredValue(name), arguments.GetValue(coverage), cancellationToken));
        command.Subcommands.Add(AddCommand());
        command.Subcommands.Add(DeleteCommand());
        return command;
    }

    private static Argument<string> Name() => new("NAME") { Description = $"The device: {NamedDevices.Words}." };

    private static Command AddCommand()
    {
        var address = new Argument<string>("ADDRESS") { Description = "Where it answers SNMP." };
        var snmp = new SnmpArguments();
        var command = new Command("add", "Reads a device and adds it to the inventory.") { address }.WithAnswerOptions();
        snmp.AddAccessTo(command);
        command.SetAction(async (arguments, cancellationToken) =>
        {
            Screen screen = Screen.For(arguments);
            NetworkDeviceInput input = snmp.Login(arguments, arguments.GetRequiredValue(address));
            using TowpathClient client = await TowpathClient.LoginAsync(cancellationToken);
            TaskItem ended = await Waiting.ForTaskAsync(screen, client, await client.Devices.AddDevicesAsync(input, cancellationToken),
                s_longest, cancellationToken);
            s_device.ShowOne(screen, await client.Devices.GetDeviceAsync(ended.Progress!, cancellationToken));
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
            NetworkDeviceItem device = await NamedDevices.FindAsync(client, arguments.GetRequiredValue(name), cancellationToken);
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
        NetworkDeviceItem device = await NamedDevices.FindAsync(client, name, cancellationToken);
        if (coverage) s_coverage.Show(screen, await client.Devices.GetDeviceCoverageAsync(device.Id!, cancellationToken));
        else s_device.ShowOne(screen, device);
        return ExitCode.Done;
    }
}
