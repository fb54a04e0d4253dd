using System.CommandLine;
using Towpath.Client;
using Towpath.Contracts;

namespace Towpath.Commands;

/// <summary><c>towpath devices</c>: the inventory.</summary>
internal static class DevicesCommand
{
    private static readonly Listing<NetworkDeviceItem> s_devices = new(
        new("name", device => device.Hostname), new("address", device => device.ManagementIpAddress), new("role", device => device.Role),
        new("family", device => device.Family, 3), new("model", device => device.PlatformId, 1),
        new("software", device => device.SoftwareVersion, 2), new("serial", device => device.SerialNumber, 2),
        new("reachable", device => device.ReachabilityStatus), new("collection", device => device.CollectionStatus, 1),
        new("mac", device => device.MacAddress, Column<NetworkDeviceItem>.Wide),
        new("up", device => device.UpTime, Column<NetworkDeviceItem>.Wide),
        new("collected", device => device.LastUpdated, Column<NetworkDeviceItem>.Wide),
        new("location", device => device.SnmpLocation, Column<NetworkDeviceItem>.Wide),
        new("id", device => device.Id, Column<NetworkDeviceItem>.Wide));

    public static Command Create()
    {
        var name = new Argument<string?>("NAME") { Description = $"Only these: {NamedDevices.Words}.",
            Arity = ArgumentArity.ZeroOrOne };
        var role = new Option<string?>("--role") { Description = "Only ACCESS, DISTRIBUTION, CORE, 'BORDER ROUTER' or UNKNOWN.",
            HelpName = "ROLE" };
        role.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, "ACCESS", "DISTRIBUTION", "CORE", "BORDER ROUTER", "UNKNOWN");
        var command = new Command("devices", "Lists the devices that are known.") { name, role }.WithAnswerOptions();
        command.SetAction((arguments, cancellationToken) =>
            RunAsync(Screen.For(arguments), arguments.GetValue(name), arguments.GetValue(role), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Screen screen, string? name, string? role, CancellationToken cancellationToken)
    {
        using TowpathClient client = await TowpathClient.LoginAsync(cancellationToken);
        DeviceFilter? filter = role is null ? null : new DeviceFilter { Role = [role.ToUpperInvariant()] };
        s_devices.Check(screen);
        s_devices.Show(screen, name is null
            ? await client.Devices.GetDevicesAsync(filter, cancellationToken).ToListAsync(cancellationToken)
            : await NamedDevices.ListAsync(client, name, filter ?? new DeviceFilter(), cancellationToken));
        return ExitCode.Done;
    }
}
