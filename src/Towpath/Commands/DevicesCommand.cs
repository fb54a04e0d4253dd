using System.CommandLine;
using Towpath.Client;
using Towpath.Contracts;

namespace Towpath.Commands;

/// <summary><c>towpath devices</c>: the inventory.</summary>
internal static class DevicesCommand
{
    public static Command Create()
    {
        var name = new Argument<string?>("NAME") { Description = "Only devices of this name; .* stands for any text.",
            Arity = ArgumentArity.ZeroOrOne };
        var role = new Option<string?>("--role") { Description = "Only ACCESS, DISTRIBUTION, CORE, 'BORDER ROUTER' or UNKNOWN.",
            HelpName = "ROLE" };
        role.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, "ACCESS", "DISTRIBUTION", "CORE", "BORDER ROUTER", "UNKNOWN");
        var command = new Command("devices", "Lists the devices that are known.") { name, role };
        command.SetAction((arguments, cancellationToken) =>
            RunAsync(Screen.For(arguments), arguments.GetValue(name), arguments.GetValue(role), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Screen screen, string? name, string? role, CancellationToken cancellationToken)
    {
        using TowpathClient client = await TowpathClient.LoginAsync(cancellationToken);
        DeviceFilter? filter = name is null && role is null
            ? null
            : new DeviceFilter { Hostname = name is null ? null : [name], Role = role is null ? null : [role.ToUpperInvariant()] };
        List<NetworkDeviceItem> devices = await client.Devices.GetDevicesAsync(filter, cancellationToken).ToListAsync(cancellationToken);
        if (screen.Json)
        {
            Screen.WriteJson<IReadOnlyList<NetworkDeviceItem>>(devices);
            return ExitCode.Done;
        }
        screen.Table(
            ["NAME", "ADDRESS", "ROLE", "FAMILY", "MODEL", "SOFTWARE", "SERIAL", "REACHABLE", "COLLECTION"],
            devices.Select(IReadOnlyList<string?> (device) =>
            [
                device.Hostname, device.ManagementIpAddress, device.Role, device.Family, device.PlatformId, device.SoftwareVersion,
                device.SerialNumber,
                device.ReachabilityStatus, device.CollectionStatus,
            ]));
        return ExitCode.Done;
    }
}
