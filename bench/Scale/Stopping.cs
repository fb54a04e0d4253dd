using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Towpath.Scale.Bench;

/// <summary>How soon a server ends that is told to while many clients write, and whether all it accepted is there later.</summary>
internal static class Stopping
{
    private const int Rounds = 5, Clients = 32;
    private const string Password = "bench password 1";
    private static readonly TimeSpan s_load = TimeSpan.FromSeconds(2);
    private static readonly object[] s_body = [new { systemPropertyName = "snmp-retry", intValue = 2 }];

    /// <param name="program">Another build of <c>towpath</c> than the one beside this program; null: that one.</param>
    public static async Task MeasureAsync(string? program)
    {
        DirectoryInfo data = Directory.CreateTempSubdirectory("towpath-bench-");
        try
        {
            for (int round = 0; round < Rounds; round++)
            {
                ConcurrentQueue<string> accepted;
                double stopped;
                using (ServedProcess server = ServedProcess.Start(data, program, Password))
                    (accepted, stopped) = await StopAsync(server);
                using ServedProcess again = ServedProcess.Start(data, program, Password);
                int lost = await LostAsync(again, accepted);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"stopped {stopped:0.00} s after SIGTERM, {accepted.Count} tasks accepted by {Clients} clients, {lost} of them lost"));
            }
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    private static async Task<(ConcurrentQueue<string> Accepted, double Seconds)> StopAsync(ServedProcess server)
    {
        await server.UntilOkAsync("/health/ready");
        await LogInAsync(server.Http);
        var accepted = new ConcurrentQueue<string>();
        using var end = new CancellationTokenSource();
        Task[] clients = [.. Enumerable.Range(0, Clients).Select(_ => Task.Run(() => WriteAsync(server.Http, accepted, end.Token)))];
        await Task.Delay(s_load);
        var clock = Stopwatch.StartNew();
        await server.TerminateAsync();
        double seconds = clock.Elapsed.TotalSeconds;
        await end.CancelAsync();
        await Task.WhenAll(clients);
        return (accepted, seconds);
    }

    /// <summary>One write after the other; what is refused or cut off is no promise.</summary>
    private static async Task WriteAsync(HttpClient http, ConcurrentQueue<string> accepted, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            try
            {
                using HttpResponseMessage answer = await http.PostAsJsonAsync("/dna/intent/api/v1/snmp-property", s_body, end);
                string text = await answer.Content.ReadAsStringAsync(end);
                if (answer.StatusCode == HttpStatusCode.Accepted)
                    accepted.Enqueue(JsonNode.Parse(text)!["response"]!["taskId"]!.GetValue<string>());
            }
            catch (Exception problem) when (problem is HttpRequestException or OperationCanceledException)
            {
                if (!end.IsCancellationRequested) await Task.Delay(5, CancellationToken.None); // it is going down
            }
        }
    }

    private static async Task<int> LostAsync(ServedProcess server, IReadOnlyCollection<string> accepted)
    {
        await server.UntilOkAsync("/health/ready");
        await LogInAsync(server.Http);
        int lost = 0;
        foreach (string task in accepted)
        {
            using HttpResponseMessage known = await server.Http.GetAsync($"/dna/intent/api/v1/task/{task}");
            if (known.StatusCode != HttpStatusCode.OK) lost++;
        }
        return lost;
    }

    private static async Task LogInAsync(HttpClient http)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/dna/system/api/v1/auth/token");
        request.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"admin:{Password}")));
        using HttpResponseMessage answer = await http.SendAsync(request);
        http.DefaultRequestHeaders.Add("X-Auth-Token",
            JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["Token"]!.GetValue<string>());
    }
}
