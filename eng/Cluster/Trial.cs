using System.Diagnostics;
using System.Globalization;

namespace Towpath.Cluster;

/// <summary>
/// Clients that keep going, while one server after the other is killed, paused or stopped, or their database is killed, and started again.
/// </summary>
internal static class Trial
{
    private const int Tracers = 6;

    /// <summary>What is promised for a kill.</summary>
    private static readonly TimeSpan s_adopted = TimeSpan.FromSeconds(15);

    /// <summary>Longer than the scheduler's patience with one that is silent (1 s and 6 s).</summary>
    private static readonly TimeSpan s_standstill = TimeSpan.FromSeconds(12);

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);

    private static readonly string[] s_hosts = ["10.1.15.117", "10.2.1.22", "10.1.10.1", "10.2.2.2", "10.255.1.5"];

    /// <param name="losses">So many, one after the other. Each four are one of each kind; their order and the servers are drawn.</param>
    /// <param name="seed">What is drawn follows from it.</param>
    /// <param name="say">Told what is going on, in lines.</param>
    public static async Task<Report> RunAsync(Site site, int losses, int seed, Action<string> say)
    {
        var (random, kinds, restarts) = (new Random(seed), Enum.GetValues<Loss>(), 0);
        var (journal, adoptions) = (new Journal(), new List<Adoption>());
        await DiscoverAsync(site, journal);
        say("the campus is discovered");
        using var end = new CancellationTokenSource();
        Client[] clients = [.. Enumerable.Range(0, Tracers + 1).Select(_ => new Client(site.Url, journal))];
        Task[] going = [.. clients.Select((client, number) => client.KeepGoingAsync(number < Tracers ? Trace : AddSilent, end.Token))];

        for (int turn = 0; turn < losses; turn++)
        {
            if (turn % kinds.Length == 0) random.Shuffle(kinds);
            Node node = site.Nodes[random.Next(site.Nodes.Count)];
            await BeginSlowAsync(node, turn, journal);
            if (kinds[turn % kinds.Length] is Loss.Database)
            {
                restarts++;
                say(await RestartDatabaseAsync(site, journal));
                continue;
            }
            Adoption adoption = await LoseAsync(site, node, kinds[turn % kinds.Length], journal);
            adoptions.Add(adoption);
            say($"{adoption}; {journal.Accepted.Count} tasks accepted so far");
        }
        await end.CancelAsync();
        await Task.WhenAll(going);
        foreach (Client client in clients) client.Dispose();

        await CheckAsync(site, journal);
        foreach (string twice in await site.Rows.DevicesTwiceAsync()) journal.Break($"The device at {twice} has two ids");
        foreach (Adoption late in adoptions.Where(adoption => adoption.Took > s_adopted)) journal.Break($"Too late: {late}");
        return new Report(journal, adoptions, restarts);
    }

    private static (string Path, object Body) Trace(int round) => ("/flow-analysis",
        new { sourceIP = s_hosts[round % s_hosts.Length], destIP = s_hosts[(round + 1 + round / s_hosts.Length % 3) % s_hosts.Length] });

    /// <summary>Takes some seconds until it fails: when a server dies it has some of these to leave behind.</summary>
    private static (string Path, object Body) AddSilent(int round) => ("/network-device", new
    {
        ipAddress = new[] { $"10.9.{round / 250 % 250}.{round % 250 + 1}" }, snmpVersion = "v2", snmpROCommunity = "public", snmpRetry = 1,
        snmpTimeout = 5,
    });

    private static async Task DiscoverAsync(Site site, Journal journal)
    {
        using var patience = new CancellationTokenSource(s_patience);
        using var client = new Client(site.Url, journal);
        await client.LogInAsync(patience.Token);
        object campus = new
        {
            name = "campus", discoveryType = "Multi Range", ipAddressList = "10.1.12.1-10.1.12.1,10.255.1.1-10.255.1.6,10.1.14.2-10.1.14.2,"
                + "10.1.10.1-10.1.10.1,10.1.4.2-10.1.4.2,10.2.2.2-10.2.2.2,10.2.1.17-10.2.1.17", snmpVersion = "v2",
            snmpROCommunity = "public", retry = 1, timeout = 2, protocolOrder = "ssh",
        };
        string? task = null;
        while (task is null) task = await client.AcceptAsync("/discovery", campus, patience.Token);
        string id = await client.FollowAsync(task, patience.Token);
        while (!(await client.ReadAsync($"/discovery/{id}", patience.Token)).Contains("\"Complete\"", StringComparison.Ordinal))
            await Task.Delay(200, patience.Token);
    }

    /// <summary>The server itself accepts what is still under way when it is lost.</summary>
    private static async Task BeginSlowAsync(Node node, int turn, Journal journal)
    {
        const int Others = 60_000; // addresses that the clients do not come to
        using var patience = new CancellationTokenSource(s_patience);
        using var client = new Client(node.Url, journal);
        await client.LogInAsync(patience.Token);
        (string path, object body) = AddSilent(Others + turn);
        while (await client.AcceptAsync(path, body, patience.Token) is null) await Task.Delay(200, patience.Token);
    }

    /// <summary>Takes the server out of the others' company until they have all that was its, and brings it back.</summary>
    private static async Task<Adoption> LoseAsync(Site site, Node node, Loss loss, Journal journal)
    {
        HashSet<string> before;
        while ((before = await site.Rows.NodesAsync()).Count < site.Nodes.Count) await Task.Delay(100); // the database may have been away
        Dictionary<string, long> owned = await site.Rows.OpenByOwnerAsync();
        var lost = Stopwatch.StartNew();
        if (loss is Loss.Paused) await node.PauseAsync();
        else if (loss is Loss.Killed) await node.KillAsync();
        else if (await node.StopAsync() is not 0 and var code) journal.Break($"Server {node.Number} stopped with {code}: {node.Said}");
        string? gone = null;
        while (gone is null || (await site.Rows.OpenByOwnerAsync()).ContainsKey(gone))
        {
            if (lost.Elapsed > s_patience) throw new TimeoutException($"Nobody took over what server {node.Number} had.");
            await Task.Delay(100);
            gone ??= before.Except(await site.Rows.NodesAsync()).FirstOrDefault();
        }
        var adoption = new Adoption(node.Number, loss, owned.GetValueOrDefault(gone), lost.Elapsed);
        if (loss is not Loss.Paused)
        {
            await node.StartAsync();
            return adoption;
        }
        if (lost.Elapsed < s_standstill) await Task.Delay(s_standstill - lost.Elapsed);
        await node.GoOnAsync();
        while (!(await site.Rows.NodesAsync()).Contains(gone) && lost.Elapsed < s_patience) await Task.Delay(100); // it checks in again
        return adoption;
    }

    /// <summary>Returns once a task is accepted again.</summary>
    private static async Task<string> RestartDatabaseAsync(Site site, Journal journal)
    {
        var lost = Stopwatch.StartNew();
        site.RestartDatabase();
        int before = journal.Accepted.Count;
        while (journal.Accepted.Count <= before + Tracers) // more than were on the way
        {
            if (lost.Elapsed > s_patience) throw new TimeoutException("The servers do not find back to their database.");
            await Task.Delay(100);
        }
        return string.Create(CultureInfo.InvariantCulture,
            $"database killed: tasks are accepted again after {lost.Elapsed.TotalSeconds:0.0} s");
    }

    /// <summary>Every task that was accepted is there and ends, and those that were seen to end say the same on every server.</summary>
    private static async Task CheckAsync(Site site, Journal journal)
    {
        foreach (Uri url in new[] { site.Url }.Concat(site.Nodes.Select(node => node.Url)))
        {
            using var patience = new CancellationTokenSource(s_patience);
            using var client = new Client(url, journal);
            await client.LogInAsync(patience.Token);
            await Parallel.ForEachAsync(journal.Accepted, patience.Token,
                async (task, token) => await client.FollowAsync(task, token));
        }
    }
}
