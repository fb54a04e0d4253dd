using System.Diagnostics;

namespace Towpath.Cluster;

/// <summary>
/// 32 clients that keep going, while one server after the other is killed, paused or stopped, or their database is killed, and started
/// again.
/// </summary>
internal static class Trial
{
    private const int Clients = 32;
    private const int MoreKills = 24;

    /// <summary>
    /// What is promised for a kill. One that stands still in the middle of a transaction keeps its locks for another 10 s.
    /// </summary>
    private static readonly TimeSpan s_adopted = TimeSpan.FromSeconds(15);

    /// <summary>Longer than the scheduler's patience with one that is silent (1 s and 6 s).</summary>
    private static readonly TimeSpan s_standstill = TimeSpan.FromSeconds(12);

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);

    /// <param name="losses">So many, one after the other, of kinds that <see cref="Draw"/> says; the servers are drawn, too.</param>
    /// <param name="seed">What is drawn follows from it.</param>
    /// <param name="say">Told what is going on, in lines.</param>
    public static async Task<Report> RunAsync(Site site, int losses, int seed, Action<string> say)
    {
        var (random, journal) = (new Random(seed), new Journal());
        var (adopting, outages) = (new List<Task<Adoption>>(), new List<Outage>());
        await DiscoverAsync(site, journal);
        say("the campus is discovered");
        using var end = new CancellationTokenSource();
        Client[] clients = [.. Enumerable.Range(0, Clients).Select(_ => new Client(site.Url, journal))];
        Task[] going = [.. clients.Select((client, number) => number switch
        {
            < 14 => client.KeepGoingAsync(Operation.NextTrace, 400, end.Token),
            < 20 => client.KeepGoingAsync(Operation.NextCredential, 1_000, end.Token),
            < 22 => client.KeepGoingAsync(Operation.NextDiscovery, 10_000, end.Token),
            < 24 => client.KeepGoingAsync(Operation.NextSilentDevice, 200, end.Token),
            _ => client.KeepLookingAsync(end.Token),
        })];

        foreach (Loss loss in Draw(losses, random, site.HasDisk))
        {
            Node node = site.Nodes[random.Next(site.Nodes.Count)];
            string owner = await BeginSlowAsync(site, node, journal);
            await Task.Delay(random.Next(1_000));
            if (loss is Loss.Database or Loss.FullDisk or Loss.FlushErrors)
            {
                await Task.WhenAll(adopting);
                outages.Add(await LoseDatabaseAsync(site, loss, journal));
                say($"{outages[^1]}");
                continue;
            }
            adopting.Add(await LoseAsync(site, node, owner, loss, journal));
            string kind = loss.ToString().ToLowerInvariant();
            say($"server {node.Number}, {kind}, serves again; {journal.Accepted.Count} tasks accepted so far");
        }
        Adoption[] adoptions = await Task.WhenAll(adopting);
        await end.CancelAsync();
        await Task.WhenAll(going);
        foreach (Client client in clients) client.Dispose();

        await new Replay(site, journal).RunAsync(say);
        foreach (Adoption late in adoptions.Where(one => one.Loss is not Loss.Paused && one.Took > s_adopted))
            journal.Break($"Too late: {late}");
        return new Report(journal, adoptions, outages);
    }

    /// <summary>Each round begins with one of each kind, in random order; then come 24 more kills.</summary>
    private static IEnumerable<Loss> Draw(int count, Random random, bool withDisk)
    {
        Loss[] kinds = [.. Enum.GetValues<Loss>().Where(loss => withDisk || loss is not (Loss.FullDisk or Loss.FlushErrors))];
        for (int drawn = 0; drawn < count; drawn++)
        {
            int of = drawn % (kinds.Length + MoreKills);
            if (of == 0) random.Shuffle(kinds);
            yield return of < kinds.Length ? kinds[of] : Loss.Killed;
        }
    }

    internal static async Task DiscoverAsync(Site site, Journal journal)
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
        string? id = (string?)(await client.FollowAsync(task, patience.Token))?["progress"];
        while (!(await client.ReadAsync($"/discovery/{id}", patience.Token)).Contains("\"Complete\"", StringComparison.Ordinal))
            await Task.Delay(200, patience.Token);
    }

    /// <summary>The server itself accepts what is still under way when it is lost.</summary>
    /// <returns>What the server is called in this life.</returns>
    private static async Task<string> BeginSlowAsync(Site site, Node node, Journal journal)
    {
        using var patience = new CancellationTokenSource(s_patience);
        using var client = new Client(node.Url, journal);
        await client.LogInAsync(patience.Token);
        string? task = null;
        while (task is null) task = await client.AcceptAsync(Operation.NextSilentDevice(), patience.Token);
        return await site.Rows.OwnerAsync(task);
    }

    /// <summary>
    /// Takes the server out of the others' company, and brings it back: at once, or once it has stood still for long enough.
    /// </summary>
    /// <returns>Ends when the others have all that was its.</returns>
    private static async Task<Task<Adoption>> LoseAsync(Site site, Node node, string owner, Loss loss, Journal journal)
    {
        long open = (await site.Rows.OpenByOwnerAsync()).GetValueOrDefault(owner);
        var lost = Stopwatch.StartNew();
        if (loss is Loss.Paused) await node.PauseAsync();
        else if (loss is Loss.Killed) await node.KillAsync();
        else if (await node.StopAsync() is not 0 and var code) journal.Break($"Server {node.Number} stopped with {code}: {node.Said}");
        Task<Adoption> adopting = AdoptAsync();
        if (loss is not Loss.Paused)
        {
            await node.StartAsync();
            return adopting;
        }
        await adopting;
        if (lost.Elapsed < s_standstill) await Task.Delay(s_standstill - lost.Elapsed);
        await node.GoOnAsync();
        while (!(await site.Rows.NodesAsync()).Contains(owner) && lost.Elapsed < s_patience) await Task.Delay(100); // it checks in again
        return adopting;

        async Task<Adoption> AdoptAsync()
        {
            while ((await site.Rows.OpenByOwnerAsync()).ContainsKey(owner))
            {
                if (lost.Elapsed > s_patience) throw new TimeoutException($"Nobody took over what server {node.Number} had.");
                await Task.Delay(100);
            }
            return new Adoption(node.Number, loss, open, lost.Elapsed);
        }
    }

    /// <summary>Returns once more tasks are accepted than were on the way.</summary>
    private static async Task<Outage> LoseDatabaseAsync(Site site, Loss loss, Journal journal)
    {
        var lost = Stopwatch.StartNew();
        int refused = journal.Refused;
        await site.LoseDatabaseAsync(loss, () => UntilAsync(() => journal.Refused > refused, "Nobody is refused."));
        int before = journal.Accepted.Count;
        await UntilAsync(() => journal.Accepted.Count > before + Clients, "The servers do not find back to their database.");
        return new Outage(loss, lost.Elapsed);

        async Task UntilAsync(Func<bool> condition, string otherwise)
        {
            for (; !condition(); await Task.Delay(100))
                if (lost.Elapsed > s_patience) throw new TimeoutException(otherwise);
        }
    }
}
