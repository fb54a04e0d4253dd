using System.Text.RegularExpressions;
using Towpath.Client;
using Towpath.Contracts;
using Towpath.Network;

namespace Towpath.Commands;

/// <summary>
/// Devices as people name them: by name, management address, serial number, MAC address or id. In names and addresses <c>*</c> stands for
/// any text.
/// </summary>
internal static partial class NamedDevices
{
    /// <summary>For the help of whatever takes one.</summary>
    public const string Words = "a name, * for any text, an address, a serial number, a MAC address or an id";

    private const int MostCandidates = 8;

    /// <summary>The one device.</summary>
    /// <exception cref="UsageException">There is none, or there are several: the message lists them.</exception>
    public static async Task<NetworkDeviceItem> FindAsync(TowpathClient client, string wanted, CancellationToken cancellationToken)
    {
        IReadOnlyList<NetworkDeviceItem> found = await FindAllAsync(client, wanted, cancellationToken);
        if (found is [var only]) return only;
        string candidates = string.Join(", ",
            found.Take(MostCandidates).Select(device => $"{device.Hostname} ({device.ManagementIpAddress})"));
        throw new UsageException($"{found.Count} devices are called {wanted}: {candidates}"
            + $"{(found.Count > MostCandidates ? " ..." : "")}. Name one, by its address where the names are the same.");
    }

    /// <summary>All that answer to it, at least one.</summary>
    /// <exception cref="UsageException">There is none.</exception>
    public static async Task<IReadOnlyList<NetworkDeviceItem>> FindAllAsync(
        TowpathClient client, string wanted, CancellationToken cancellationToken) =>
        await ListAsync(client, wanted, new DeviceFilter(), cancellationToken) is { Count: > 0 } found ? found : throw new UsageException(
            $"There is no device {wanted}: 'towpath devices' lists them, 'towpath find {wanted}' looks for parts of a name.");

    /// <summary>All that answer to it and match the filter, perhaps none.</summary>
    public static async Task<IReadOnlyList<NetworkDeviceItem>> ListAsync(
        TowpathClient client, string wanted, DeviceFilter filter, CancellationToken cancellationToken)
    {
        string pattern = Glob(wanted);
        string? mac = MacAddress.TryParse(wanted, null, out MacAddress address) ? address.ToString() : null;
        DeviceFilter?[] ways =
        [
            mac is null ? filter with { Hostname = [pattern] } : null, mac is null ? filter with { ManagementIpAddress = [pattern] } : null,
            mac is null ? filter with { SerialNumber = [pattern] } : null, mac is null ? null : filter with { MacAddress = [mac] },
        ];
        foreach (DeviceFilter way in ways.OfType<DeviceFilter>())
        {
            List<NetworkDeviceItem> found = await client.Devices.GetDevicesAsync(way, cancellationToken).ToListAsync(cancellationToken);
            if (found.Count > 0) return found;
        }
        return Guid.TryParse(wanted, out _) ? [await client.Devices.GetDeviceAsync(wanted, cancellationToken)] : [];
    }

    /// <summary>As tables are asked for them. A name that nothing has would else be an empty table.</summary>
    public static async Task<IReadOnlyList<string>> PatternsAsync(
        TowpathClient client, IReadOnlyList<string> wanted, CancellationToken cancellationToken)
    {
        var patterns = new List<string>();
        foreach (string text in wanted)
        {
            if (Glob(text).Contains(".*", StringComparison.Ordinal)) patterns.Add(Glob(text));
            else patterns.AddRange((await FindAllAsync(client, text, cancellationToken)).Select(device => device.Id));
        }
        return patterns;
    }

    /// <summary>An end of a trace: what has a <c>*</c> is a device; the controller knows all other words itself.</summary>
    public static async Task<string> EndAsync(TowpathClient client, string text, CancellationToken cancellationToken) =>
        text.Contains('*', StringComparison.Ordinal) ? (await FindAsync(client, text, cancellationToken)).ManagementIpAddress : text;

    /// <summary><c>core*</c> as the API writes it: <c>core.*</c>.</summary>
    public static string Glob(string text) => Star().Replace(text, ".*");

    [GeneratedRegex(@"(?<!\.)\*")]
    private static partial Regex Star();
}
