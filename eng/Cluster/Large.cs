using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Towpath.Network;

namespace Towpath.Cluster;

/// <summary>
/// A network of thousands of devices: one discovery, then all of it is due to be read again. The servers share both. In a second round of
/// each one of them is killed in the middle.
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
        await DiscoverAsync(site, addresses, journal, null, say, patience.Token);
        var clock = Stopwatch.StartNew();
        foreach (Node node in site.Nodes) await KnowsAsync(node, addresses.Length, journal, patience.Token);
        say(Text($"every server knows them {clock.Elapsed.TotalSeconds:0.0} s later"));

        await DiscoverAsync(site, addresses, journal, site.Nodes[2], say, patience.Token);
        await ReadAgainAsync(site, addresses.Length, journal, null, say, patience.Token);
        await ReadAgainAsync(site, addresses.Length, journal, site.Nodes[1], say, patience.Token);
        foreach (string twice in await site.Rows.DevicesTwiceAsync()) journal.Break($"The device at {twice} has two ids");
        return journal.Broken;
    }

    /// <param name="lost">Killed when a third is found; null: nobody is.</param>
    private static async Task DiscoverAsync(
        Site site, Ipv4Address[] addresses, Journal journal, Node? lost, Action<string> say, CancellationToken cancellationToken)
    {
        long[] before = await ReadingsAsync(site.Nodes, journal, cancellationToken);
        var clock = Stopwatch.StartNew();
        int id = await SearchAsync(site, addresses, journal, cancellationToken);
        string death = "";
        while (!await site.Rows.IsDiscoveryOverAsync(id))
        {
            long sofar = await site.Rows.FoundAsync(id);
            if (lost is not null && death.Length == 0 && sofar >= addresses.Length / 3)
            {
                await lost.KillAsync();
                death = Text($"; server {lost.Number} was killed after {clock.Elapsed.TotalSeconds:0.0} s, when {sofar} were found");
            }
            await Task.Delay(100, cancellationToken);
        }
        Node[] living = [.. site.Nodes.Where(node => node != lost || death.Length == 0)];
        long[] after = await ReadingsAsync(living, journal, cancellationToken);
        IEnumerable<long> by = living.Zip(after, (node, readings) => readings - before[node.Number - 1]);
        long found = await site.Rows.FoundAsync(id);
        say(Text($"{found} of {addresses.Length} discovered in {clock.Elapsed.TotalSeconds:0.0} s, read by those that live ")
            + string.Join(", ", by) + death);
        if (found != addresses.Length) journal.Break(Text($"A discovery of {addresses.Length} devices found {found}"));
        if (lost is not null) await lost.StartAsync();
    }

    private static async Task<int> SearchAsync(Site site, Ipv4Address[] addresses, Journal journal, CancellationToken cancellationToken)
    {
        using var client = new Client(site.Url, journal);
        await client.LogInAsync(cancellationToken);
        object all = new
        {
            name = Text($"all {Guid.NewGuid()}"), discoveryType = "Multi Range",
            ipAddressList = string.Join(',', addresses.Select(one => $"{one}-{one}")),
            snmpVersion = "v2", snmpROCommunity = "public", retry = 3, timeout = 5, protocolOrder = "ssh",
        };
        string? task = null;
        while (task is null) task = await client.AcceptAsync("/discovery", all, cancellationToken);
        string? id = (string?)(await client.FollowAsync(task, cancellationToken))?["progress"];
        return int.Parse(id!, CultureInfo.InvariantCulture);
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
        long[] before = await ReadingsAsync(site.Nodes, journal, cancellationToken);
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

    private static Task<long[]> ReadingsAsync(IEnumerable<Node> nodes, Journal journal, CancellationToken cancellationToken) =>
        Task.WhenAll(nodes.Select(node => ReadingsAsync(node, journal, cancellationToken)));

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
