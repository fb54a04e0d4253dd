using System.Diagnostics;
using System.Globalization;
using Towpath.Accept;

// One process serves both; wrk loads one of them at a time, in turns, so that the machine's moods hit both alike.
// usage: dotnet run -c Release --project bench/Accept [-- REPEATS SECONDS]
int repeats = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 5;
var duration = TimeSpan.FromSeconds(args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 5);
const string Body = """{"sourceIP":"10.1.15.117","destIP":"10.2.1.22"}""";

await using BareServer bare = await BareServer.StartAsync();
await using FullServer full = await FullServer.StartAsync();
Guid ended = await full.EndedTaskAsync();
var accepts = new List<double>();
var polls = new List<double>();

Console.WriteLine($"{repeats} rounds of {duration.TotalSeconds} s each, {Wrk.Connections} connections, {Environment.ProcessorCount} cores shared by load, server and database");
Console.WriteLine($"{"",-24}{"per s",10}{"/ bare",8}{"p50",10}{"p99",10}{"failed",8}");
for (int round = 0; round <= repeats; round++) // the first one warms up and is not counted
{
    Load barePost = await Wrk.RunAsync(new Uri(bare.Url, "/operation"), full.Token, Body, duration);
    Print(round, "bare POST", barePost, null);

    var clock = Stopwatch.StartNew();
    Load accepted = await Wrk.RunAsync(new Uri(full.Url, "/operation"), full.Token, Body, duration);
    await full.DrainAsync();
    accepted = accepted with { Seconds = Math.Max(accepted.Seconds, clock.Elapsed.TotalSeconds) }; // everything executed and ended
    Print(round, "accepted and ended", accepted, barePost);

    Load bareGet = await Wrk.RunAsync(new Uri(bare.Url, $"/task/{ended}"), full.Token, null, duration);
    Print(round, "bare GET", bareGet, null);
    Load poll = await Wrk.RunAsync(new Uri(full.Url, $"/dna/intent/api/v1/task/{ended}"), full.Token, null, duration);
    Print(round, "task poll", poll, bareGet);
    if (round == 0) continue;
    accepts.Add(accepted.PerSecond / barePost.PerSecond);
    polls.Add(poll.PerSecond / bareGet.PerSecond);
}
Console.WriteLine(FormattableString.Invariant($"median ratio: accepted and ended {Median(accepts):0.00} (goal 0.4), task poll {Median(polls):0.00} (goal 0.7)"));

static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

static void Print(int round, string what, Load load, Load? against) => Console.WriteLine(FormattableString.Invariant(
    $"{(round == 0 ? "(warm-up) " : "") + what,-24}{load.PerSecond,10:0}{(against is null ? "" : (load.PerSecond / against.PerSecond).ToString("0.00", CultureInfo.InvariantCulture)),8}{load.P50,10}{load.P99,10}{load.Failed,8}"));
