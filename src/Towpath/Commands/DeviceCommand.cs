using System.CommandLine;
using System.Globalization;
using Towpath.Client;
using Towpath.Contracts;

namespace Towpath.Commands;

/// <summary><c>towpath device</c>: one device, or with <c>--coverage</c> how each of its tables could be read.</summary>
internal static class DeviceCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("NAME") { Description = "The device's name." };
        var coverage = new Option<bool>("--coverage") { Description =
            "Show which tables answered, what is lost without the others, and the configuration that mends it." };
        var command = new Command("device", "Shows a device.") { name, coverage };
        command.SetAction((arguments, cancellationToken) =>
            RunAsync(Screen.For(arguments), arguments.GetRequiredValue(name), arguments.GetValue(coverage), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Screen screen, string name, bool coverage, CancellationToken cancellationToken)
    {
        using TowpathClient client = await TowpathClient.LoginAsync(cancellationToken);
        List<NetworkDeviceItem> found = await client.Devices.GetDevicesAsync(new DeviceFilter { Hostname = [name] }, cancellationToken)
            .ToListAsync(cancellationToken);
        if (found is not [var device, ..]) throw new UsageException($"There is no device {name}: 'towpath devices' lists them.");
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
