using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;

namespace Towpath.Accept;

/// <summary>
/// How long after its POST a client that asks every 5 ms sees a trace COMPLETED: all ordered pairs of the campus's hosts, one after the
/// other.
/// </summary>
internal static class Visible
{
    private const string Traces = "/dna/intent/api/v1/flow-analysis";

    /// <param name="verify">Each trace asks the devices on its path again.</param>
    public static async Task RunAsync(bool verify)
    {
        await WarmUpClientAsync();
        await using CampusServer campus = await CampusServer.StartAsync();
        using var http = new HttpClient { BaseAddress = campus.Url };
        http.DefaultRequestHeaders.Add("X-Auth-Token", campus.Token);
        using var hosts = JsonDocument.Parse(await http.GetStringAsync("/dna/intent/api/v1/host"));
        string[] addresses = [.. hosts.RootElement.GetProperty("response").EnumerateArray()
            .Select(host => host.GetProperty("hostIp").GetString()!)];

        var waits = new List<double>();
        foreach (string source in addresses)
        {
            foreach (string destination in addresses.Where(other => other != source))
                waits.Add(await WaitAsync(http, source, destination, verify));
        }
        double first = waits[0];
        waits.Sort();
        Console.WriteLine($"{waits.Count} traces seen COMPLETED after {waits[waits.Count / 2]:0.0} ms (median), {waits[waits.Count * 99 / 100]:0.0} ms (p99), {waits[^1]:0.0} ms at most; the first one after {first:0.0} ms; {waits.Count(wait => wait > 100)} took more than 100 ms.");
    }

    /// <summary>The first request of this process pays for its own compilation, which is not the server's.</summary>
    private static async Task WarmUpClientAsync()
    {
        await using BareServer bare = await BareServer.StartAsync();
        using var http = new HttpClient { BaseAddress = bare.Url };
        for (int i = 0; i < 50; i++)
        {
            using HttpResponseMessage accepted =
                await http.PostAsJsonAsync("/operation", new { sourceIP = "192.0.2.1", destIP = "192.0.2.2" });
            using var reference = JsonDocument.Parse(await accepted.EnsureSuccessStatusCode().Content.ReadAsStringAsync());
            using var answer = JsonDocument.Parse(await http.GetStringAsync("/task/1"));
        }
    }

    private static async Task<double> WaitAsync(HttpClient http, string source, string destination, bool verify)
    {
        long started = Stopwatch.GetTimestamp();
        using HttpResponseMessage accepted = await http.PostAsJsonAsync(Traces, new { sourceIP = source, destIP = destination, verify });
        using var reference = JsonDocument.Parse(await accepted.EnsureSuccessStatusCode().Content.ReadAsStringAsync());
        string id = reference.RootElement.GetProperty("response").GetProperty("flowAnalysisId").GetString()!;
        while (true)
        {
            using var answer = JsonDocument.Parse(await http.GetStringAsync($"{Traces}/{id}"));
            string status = answer.RootElement.GetProperty("response").GetProperty("request").GetProperty("status").GetString()!;
            if (status == "COMPLETED") return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            if (status == "FAILED") throw new InvalidOperationException($"The trace {source} -> {destination} failed.");
            await Task.Delay(5);
        }
    }
}
