using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Towpath.Network;

namespace Towpath.Cluster;

/// <summary>
/// A network of thousands of devices: one discovery, then all of it is due to be read again, which the servers share. In a second round one
/// of them is killed in the middle.
/// </summary>
internal static partial class Large
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(20);

    /// <param name="say">Told what is going on, in lines.</param>
    /// <returns>What was broken; empty when nothing was.</returns>
    public static async Task<IReadOnlyCollection<string>> RunAsync(Site site, Ipv4Address[] addresses, Action<string> say)
    {
        var journal = new Journal();
        using var patience = new CancellationTokenSource(s_patience);
        var clock = Stopwatch.StartNew();
        await DiscoverAsync(site, addresses, journal, patience.Token);
        say(Text($"the discovery of {addresses.Length} addresses took {clock.Elapsed.TotalSeconds:0.0} s"));
        clock.Restart();
        foreach (Node node in site.Nodes) await KnowsAsync(node, addresses.Length, journal, patience.Token);
        say(Text($"every server knows them {clock.Elapsed.TotalSeconds:0.0} s later"));

        await ReadAgainAsync(site, addresses.Length, journal, null, say, patience.Token);
        await ReadAgainAsync(site, addresses.Length, journal, site.Nodes[1], say, patience.Token);
        foreach (string twice in await site.Rows.DevicesTwiceAsync()) journal.Break($"The device at {twice} has two ids");
        return journal.Broken;
    }

    private static async Task DiscoverAsync(Site site, Ipv4Address[] addresses, Journal journal, CancellationToken cancellationToken)
    {
        using var client = new Client(site.Url, journal);
        await client.LogInAsync(cancellationToken);
        object all = new
        {
            name = "all", discoveryType = "Multi Range", ipAddressList = string.Join(',', addresses.Select(one => $"{one}-{one}")),
            snmpVersion = "v2", snmpROCommunity = "public", retry = 3, timeout = 5, protocolOrder = "ssh",
        };
        string? task = null;
        while (task is null) task = await client.AcceptAsync("/discovery", all, cancellationToken);
        string? id = (string?)(await client.FollowAsync(task, cancellationToken))?["progress"];
        while (!(await client.ReadAsync($"/discovery/{id}", cancellationToken)).Contains("\"Complete\"", StringComparison.Ordinal))
            await Task.Delay(500, cancellationToken);
    }

    private static async Task KnowsAsync(Node node, int devices, Journal journal, CancellationToken cancellationToken)
    {
        using var client = new Client(node.Url, journal);
        await client.LogInAsync(cancellationToken);
        string all = $"\"response\":{devices.ToString(CultureInfo.InvariantCulture)},";
        while (!(await client.ReadAsync("/network-device/count", cancellationToken)).Contains(all, StringComparison.Ordinal))
            await Task.Delay(100, cancellationToken);
    }

    /// <param name="lost">Killed when a third is read; null: nobody is.</param>
    private static async Task ReadAgainAsync(
        Site site, int devices, Journal journal, Node? lost, Action<string> say, CancellationToken cancellationToken)
    {
        long[] before = await Task.WhenAll(site.Nodes.Select(node => ReadingsAsync(node, journal, cancellationToken)));
        long since = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        var clock = Stopwatch.StartNew();
        await site.Rows.MakeDueAsync();
        long read;
        string death = "";
        while ((read = await site.Rows.ReadSinceAsync(since)) < devices)
        {
            if (lost is not null && death.Length == 0 && read >= devices / 3)
            {
                long own = await ReadingsAsync(lost, journal, cancellationToken) - before[lost.Number - 1];
                await lost.KillAsync();
                death = Text(
                    $"; server {lost.Number} was killed after {clock.Elapsed.TotalSeconds:0.0} s, when {read} were read, {own} by it");
            }
            await Task.Delay(100, cancellationToken);
        }
        var living = site.Nodes.Where(node => node != lost || death.Length == 0);
        long[] by = await Task.WhenAll(living.Select(async node =>
            await ReadingsAsync(node, journal, cancellationToken) - before[node.Number - 1]));
        say(Text($"all {devices} read again in {clock.Elapsed.TotalSeconds:0.0} s, by those that live {string.Join(", ", by)}{death}"));
        if (lost is null) return;
        await lost.StartAsync();
        await KnowsAsync(lost, devices, journal, cancellationToken);
    }

    private static async Task<long> ReadingsAsync(Node node, Journal journal, CancellationToken cancellationToken)
    {
        using var client = new Client(node.Url, journal);
        await client.LogInAsync(cancellationToken);
        return Readings().Matches(await client.ReadTextAsync("/metrics", cancellationToken))
            .Sum(match => long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^towpath_collection_readings_total\{.*\} (\d+)", RegexOptions.Multiline)]
    private static partial Regex Readings();
}
