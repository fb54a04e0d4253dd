using System.Diagnostics;
using System.Globalization;
using Towpath.Accept;
using Towpath.Tasks;

// wrk loads one endpoint at a time, in turns, so that the machine's moods hit all alike.
// usage: dotnet run -c Release --project bench/Accept
//     [-- [postgres] REPEATS SECONDS | -- visible | -- verified | -- waiting CLIENTS | -- lists TASKS]
// On PostgreSQL the traces are left out: their server is the demo, which is on SQLite.
if (args is ["waiting", ..])
{
    await Waiting.RunAsync(args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 10_000);
    return;
}
if (args is ["waiting-server"])
{
    await Waiting.ServeAsync();
    return;
}
if (args is ["lists-bare"])
{
    await Listing.ServeBareAsync();
    return;
}
if (args is ["lists" or "lists-server", ..])
{
    int tasks = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 100_000;
    await (args[0] == "lists" ? Listing.RunAsync(tasks) : Listing.ServeAsync(tasks));
    return;
}
if (args is ["visible" or "verified"])
{
    await Visible.RunAsync(verify: args[0] == "verified");
    return;
}
bool onPostgres = args is ["postgres", ..];
if (onPostgres) args = args[1..];
int repeats = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 5;
var duration = TimeSpan.FromSeconds(args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 5);
const string Body = """{"sourceIP":"10.1.15.117","destIP":"10.2.1.22"}""";

await using BareServer bare = await BareServer.StartAsync();
await using FullServer full = await FullServer.StartAsync(onPostgres);
await using CampusServer? campus = onPostgres ? null : await CampusServer.StartAsync();
(List<double> accepts, List<double> runs, List<double> traces, List<double> polls) = ([], [], [], []);

Console.WriteLine($"{repeats} rounds of {duration.TotalSeconds} s each, {Wrk.Connections} connections, {Environment.ProcessorCount} cores shared by load, server and database");
Console.WriteLine($"{"",-24}{"per s",10}{"/ bare",8}{"p50",10}{"p99",10}{"refused",9}{"server CPU",12}");
for (int round = 0; round <= repeats; round++)
{
    // The first one warms up, three times as long, and is not counted: under full load the compiler gets little time to optimise what runs
    // often.
    TimeSpan length = round == 0 ? 3 * duration : duration;
    (double p50, double p99) = Disk.FlushMilliseconds();
    Console.WriteLine(FormattableString.Invariant(
        $"{(round == 0 ? "warm-up" : $"round {round}")}: a flush of 32 KiB takes {p50:0.00} ms (p99 {p99:0.0} ms)"));

    Load barePost = await LoadAsync("bare POST", length, new Uri(bare.Url, "/operation"), Body, null, ThisProcess, null);
    Load accepted = await LoadAsync("accepted and ended", length, new Uri(full.Url, "/operation"), Body, full.DrainAsync, ThisProcess,
        barePost);
    Load run = await LoadAsync("accepted, run, ended", length, new Uri(full.Url, "/operation-to-run"), Body, full.DrainAsync, ThisProcess,
        barePost);
    Load? traced = campus is null ? null : await LoadAsync("traced on the campus", length,
        new Uri(campus.Url, "/dna/intent/api/v1/flow-analysis"), Body, campus.DrainAsync, () => campus.ProcessorTime, barePost);
    TaskId ended = await full.EndedTaskAsync(); // a task of before may be purged: there are more than a million
    Load bareGet = await LoadAsync("bare GET", length, new Uri(bare.Url, $"/task/{ended}"), null, null, ThisProcess, null);
    Load poll = await LoadAsync("task poll", length, new Uri(full.Url, $"/dna/intent/api/v1/task/{ended}"), null, null, ThisProcess,
        bareGet);
    if (round == 0) continue;
    accepts.Add(accepted.PerSecond / barePost.PerSecond);
    runs.Add(run.PerSecond / barePost.PerSecond);
    if (traced is not null) traces.Add(traced.PerSecond / barePost.PerSecond);
    polls.Add(poll.PerSecond / bareGet.PerSecond);
}
Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
    $"median of the ratios to bare: accepted and ended {Median(accepts):0.000} (goal {(onPostgres ? 0.12 : 0.4):0.##}), "
        + $"accepted, run and ended {Median(runs):0.000}, {(onPostgres ? "" : $"traced on the campus {Median(traces):0.00}, ")}"
        + $"task poll {Median(polls):0.00} (goal 0.7)"));

async Task<Load> LoadAsync(string what, TimeSpan length, Uri url, string? body, Func<Task>? drain, Func<TimeSpan> processorTime,
    Load? against)
{
    string token = url.Port == campus?.Url.Port ? campus.Token : full.Token;
    TimeSpan before = processorTime();
    var clock = Stopwatch.StartNew();
    Load load = await Wrk.RunAsync(url, token, body, length);
    if (load.Failed >= load.Requests) throw new InvalidOperationException($"{what}: none of {load.Requests} requests was served.");
    if (drain is not null)
    {
        await drain();
        // everything executed and ended before the clock stops
        load = load with { Seconds = Math.Max(load.Seconds, clock.Elapsed.TotalSeconds) };
    }
    double microseconds = (processorTime() - before).TotalMicroseconds / load.Requests;
    string ratio = against is null ? "" : (load.PerSecond / against.PerSecond).ToString("0.00", CultureInfo.InvariantCulture);
    Console.WriteLine(FormattableString.Invariant(
        $"  {what,-22}{load.PerSecond,10:0}{ratio,8}{load.P50,10}{load.P99,10}{load.Failed,9}{microseconds,9:0} us"));
    return load;
}

static TimeSpan ThisProcess() => Process.GetCurrentProcess().TotalProcessorTime;

static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
