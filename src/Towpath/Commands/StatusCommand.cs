using System.CommandLine;
using System.Globalization;
using Towpath.Client;
using Towpath.Contracts;

namespace Towpath.Commands;

/// <summary><c>towpath status</c>: which devices are down, not read whole, or not read for long, and why.</summary>
internal static class StatusCommand
{
    /// <summary>A device is read whole once a day.</summary>
    private static readonly TimeSpan s_usual = TimeSpan.FromHours(26);

    public static Command Create()
    {
        Option<TimeSpan?> older = Arguments.Span("--older", "Also those not read whole for so long; 26 hours by default.");
        var command = new Command("status", "Says which devices need attention, and why.") { older }.WithAnswerOptions();
        command.SetAction((arguments, cancellationToken) =>
            RunAsync(Screen.For(arguments), arguments.GetValue(older) ?? s_usual, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Screen screen, TimeSpan older, CancellationToken cancellationToken)
    {
        using TowpathClient client = await TowpathClient.LoginAsync(cancellationToken);
        List<NetworkDeviceItem> all = await client.Devices.GetDevicesAsync(cancellationToken: cancellationToken)
            .ToListAsync(cancellationToken);
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        NetworkDeviceItem[] some = [.. all.Where(device => StateOf(device, now - older) is not null)];
        Listing<NetworkDeviceItem> devices = Devices(now - older);
        devices.Check(screen);
        if (some.Length > 0 || !screen.IsText) devices.Show(screen, some);
        if (!screen.IsText) return ExitCode.Done;
        if (all.Count == 0)
        {
            screen.Line("No device is known yet: 'towpath discover' finds some.");
            return ExitCode.Done;
        }
        screen.Line(string.Create(CultureInfo.InvariantCulture,
            $"{all.Count - some.Length} of {all.Count} devices answer and were read whole, the last time less than {Words(older)} ago."));
        return ExitCode.Done;
    }

    private static Listing<NetworkDeviceItem> Devices(DateTimeOffset oldest) => new(
        new("name", device => device.Hostname), new("address", device => device.ManagementIpAddress),
        new("state", device => StateOf(device, oldest)), new("collected", device => device.LastUpdated, 1),
        new("why", device => device.ReachabilityFailureReason is { Length: > 0 } silent ? silent : device.ErrorDescription));

    /// <summary>Null when all is well.</summary>
    private static string? StateOf(NetworkDeviceItem device, DateTimeOffset oldest)
    {
        if (device.ReachabilityStatus == "Unreachable") return "down";
        if (device.ErrorCode is not null) return "failed";
        return device.LastUpdateTime < oldest.ToUnixTimeMilliseconds() ? "stale" : null;
    }

    private static string Words(TimeSpan span) => span.TotalHours >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{span.TotalHours:0.#} h")
        : string.Create(CultureInfo.InvariantCulture, $"{span.TotalMinutes:0.#} min");
}
