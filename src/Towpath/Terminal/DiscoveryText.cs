using System.Globalization;
using Towpath.Client;
using Towpath.Contracts;

namespace Towpath.Commands;

/// <summary>What a discovery found, what it did not collect, and whom it did not ask.</summary>
internal static class DiscoveryText
{
    private const int MostReasons = 10;
    private const string Silent = "No SNMP answer";

    private static readonly Listing<DiscoveredDevice> s_found = new(
        new("name", device => device.Hostname), new("address", device => device.ManagementIpAddress),
        new("family", device => device.Family, 2), new("model", device => device.PlatformId, 1),
        new("snmp", device => device.SnmpStatus), new("collection", device => device.InventoryCollectionStatus));

    /// <param name="all">Every address that was not collected or not contacted, not only the first ones.</param>
    public static async Task WriteAsync(
        Screen screen, TowpathClient client, DiscoveryItem discovery, bool all, CancellationToken cancellationToken)
    {
        s_found.Check(screen);
        List<DiscoveredDevice> found = await client.Discovery.GetDiscoveredDevicesAsync(discovery.Id!, cancellationToken)
            .ToListAsync(cancellationToken);
        int devices = discovery.NumDevices ?? found.Count;
        if (screen.IsText) screen.Line($"Discovery {discovery.Id} '{discovery.Name}': {discovery.DiscoveryCondition}, {devices} devices");
        if (found.Count > 0 || !screen.IsText) s_found.Show(screen, found);
        if (!screen.IsText) return;

        List<DiscoveryJob> failed = await client.Discovery.GetJobsAsync(discovery.Id!, cancellationToken)
            .Where(job => job.DiscoveryStatus == "FAILURE")
            .ToListAsync(cancellationToken);
        WriteFailed(screen, discovery, failed, all);
        await WriteNotContactedAsync(screen, client, discovery, all ? int.MaxValue : MostReasons, cancellationToken);
        if (discovery is not { DiscoveryCondition: "Complete", NumDevices: 0 }) return;
        screen.Line();
        screen.Line(WhatToTry(discovery, failed));
    }

    public static string Of(DiscoveryPreview preview, DiscoveryInput input)
    {
        string most = input.DiscoveryType is "CDP" or "LLDP" ? "At most " : "";
        string credentials = preview.CredentialCount == 1 ? "1 credential" : $"{preview.CredentialCount} credentials";
        string pace = preview.Pace == "off" ? "no pace holds them back" : $"pace {preview.Pace}: a second, and of these in one /24";
        return string.Create(CultureInfo.InvariantCulture,
            $"{most}{Addresses(preview.AddressCount)}, {credentials} at each: {preview.Minutes} minutes if nobody answers "
            + $"({preview.DatagramCount} datagrams; {pace}). Nothing was sent.");
    }

    private static void WriteFailed(Screen screen, DiscoveryItem discovery, List<DiscoveryJob> failed, bool all)
    {
        if (failed.Count == 0) return;
        screen.Line();
        screen.Line($"Not collected: {Addresses(failed.Count)}");
        // Most addresses of a range are silent, all for one reason; what somebody said comes first.
        ILookup<bool, DiscoveryJob> silent = failed.ToLookup(IsSilent);
        Write(silent[false], all ? int.MaxValue : MostReasons, "more");
        Write(silent[true], all ? int.MaxValue : 1, "as silent");

        void Write(IEnumerable<DiscoveryJob> jobs, int most, string rest)
        {
            foreach (DiscoveryJob job in jobs.Take(most)) screen.Line($"{job.IpAddress}: {Reason(job)}");
            if (jobs.Count() > most)
                screen.Line($"... and {jobs.Count() - most} {rest}: 'towpath discover show {discovery.Id} --all' lists them.");
        }
    }

    private static async Task WriteNotContactedAsync(
        Screen screen, TowpathClient client, DiscoveryItem discovery, int most, CancellationToken cancellationToken)
    {
        int count = discovery.NumNotContacted ?? 0;
        if (count == 0) return;
        List<NotContacted> first = await client.Discovery.GetNotContactedAsync(discovery.Id!, cancellationToken)
            .Take(most)
            .ToListAsync(cancellationToken);
        screen.Line();
        screen.Line($"Announced and not contacted: {Addresses(count)}");
        foreach (NotContacted one in first) screen.Line($"{one.IpAddress} ({one.Neighbor}, heard by {one.AnnouncedBy}): {one.Reason}");
        if (count == first.Count) return;
        screen.Line($"... and {count - first.Count} more: 'towpath discover show {discovery.Id} --all' lists the first 2000.");
    }

    private static string WhatToTry(DiscoveryItem discovery, List<DiscoveryJob> failed)
    {
        if (failed.Count > 0 && failed.All(IsSilent))
        {
            return "Nobody answered. Try one address that you know from this host: 'snmpget -v2c -c COMMUNITY ADDRESS 1.3.6.1.2.1.1.1.0'. "
                + "An agent stays silent on a wrong community, to a host that its access list does not allow, and where UDP 161 is "
                + "filtered; --v3-user tells a wrong user from silence.";
        }
        return failed.Count > 0
            ? "Somebody answered, and nothing was collected: the reasons above say what to correct."
            : $"Nobody was asked with success. 'towpath discover start {discovery.Id}' runs it again; "
                + $"see that {discovery.IpAddressList} is what you meant.";
    }

    private static bool IsSilent(DiscoveryJob job) => Reason(job).StartsWith(Silent, StringComparison.Ordinal);

    private static string Reason(DiscoveryJob job) => job.AttributeInfo?.GetValueOrDefault("reason") ?? "no reason was given";

    private static string Addresses(int count) => $"{count} {(count == 1 ? "address" : "addresses")}";
}
