using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;

namespace Towpath.Accept;

/// <summary>
/// Clients that wait for tasks, each on a connection of its own: what they cost the server, and how soon they hear of the end. The server
/// is a process of its own; the clients are sockets that read nothing but the beginning of their answer.
/// </summary>
internal static class Waiting
{
    private const int ClientsOfATask = 100;
    private const double MostMebibytes = 400;
    private const double MostMilliseconds = 50;
    private static readonly TimeSpan s_between = TimeSpan.FromMilliseconds(50);

    /// <summary>Prints the figures and whether they keep what is promised.</summary>
    public static Task RunAsync(int clients) =>
        ServerProcess.UseAsync(["waiting-server"], (server, url, words) => MeasureAsync(server, url, words[0], clients));

    /// <summary>The server's process: its tasks end when they are told to.</summary>
    public static async Task ServeAsync()
    {
        var gates = new Gates();
        await using FullServer full = await FullServer.StartAsync(gates,
            app => app.MapPost("/gate/{name}", (string name) => gates.Open(name)), workers: 512);
        Console.WriteLine($"{full.Url} {full.Token}");
        await Console.In.ReadToEndAsync();
    }

    private static async Task MeasureAsync(Process server, Uri url, string token, int clients)
    {
        using var http = new HttpClient { BaseAddress = url };
        http.DefaultRequestHeaders.Add("X-Auth-Token", token);
        double before = Mebibytes(server);
        string[] tasks = new string[(clients + ClientsOfATask - 1) / ClientsOfATask];
        for (int i = 0; i < tasks.Length; i++) tasks[i] = await AcceptAsync(http, i);

        var sockets = new Client[clients];
        for (int i = 0; i < clients; i++) sockets[i] = await Client.WaitAsync(url, token, tasks[i / ClientsOfATask]);
        await Task.Delay(TimeSpan.FromSeconds(3)); // until all of them are read, and what their reading has cost is collected
        double waiting = Mebibytes(server);

        var late = new List<double>();
        for (int i = 0; i < tasks.Length; i++)
        {
            long opened = Stopwatch.GetTimestamp(); // before the request, so its own way and the flush of the end count, too
            using HttpResponseMessage gate = await http.PostAsync(new Uri($"/gate/{i}", UriKind.Relative), null);
            foreach (Client client in sockets.Skip(i * ClientsOfATask).Take(ClientsOfATask))
                late.Add(Stopwatch.GetElapsedTime(opened, await client.Answered).TotalMilliseconds);
            await Task.Delay(s_between);
        }
        foreach (Client client in sockets) client.Dispose();
        late.Sort();
        double p99 = late[(int)(late.Count * 0.99)];
        Console.WriteLine(FormattableString.Invariant(
            $"{clients} clients wait for {tasks.Length} tasks: the server has {waiting:0} MiB (goal {MostMebibytes}), {before:0} before"));
        Console.WriteLine(FormattableString.Invariant(
            $"gate to answer: p50 {late[late.Count / 2]:0.0} ms, p99 {p99:0.0} (goal {MostMilliseconds}), longest {late[^1]:0.0}"));
        Console.WriteLine(waiting <= MostMebibytes && p99 <= MostMilliseconds ? "kept" : "NOT KEPT");
    }

    private static async Task<string> AcceptAsync(HttpClient http, int gate)
    {
        var body = new { sourceIP = $"{gate}", destIP = Gates.Word };
        using HttpResponseMessage answer = await http.PostAsJsonAsync("/operation-to-run", body);
        answer.EnsureSuccessStatusCode();
        return answer.Headers.Location!.ToString();
    }

    private static double Mebibytes(Process process)
    {
        string line = File.ReadLines($"/proc/{process.Id}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }

    /// <summary>One connection with one request on it.</summary>
    private sealed class Client : IDisposable
    {
        private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

        /// <summary>The timestamp of the answer's first octets.</summary>
        public Task<long> Answered { get; private set; } = Task.FromResult(0L);

        public static async Task<Client> WaitAsync(Uri url, string token, string path)
        {
            var client = new Client();
            await client._socket.ConnectAsync(url.Host, url.Port);
            await client._socket.SendAsync(Encoding.ASCII.GetBytes(
                $"GET {path} HTTP/1.1\r\nHost: {url.Authority}\r\nX-Auth-Token: {token}\r\nPrefer: wait=60\r\n\r\n"));
            client.Answered = client.ReadAsync();
            return client;
        }

        public void Dispose() => _socket.Dispose();

        private async Task<long> ReadAsync()
        {
            byte[] buffer = new byte[1024];
            int read = await _socket.ReceiveAsync(buffer);
            long at = Stopwatch.GetTimestamp();
            return Encoding.ASCII.GetString(buffer, 0, read).StartsWith("HTTP/1.1 200", StringComparison.Ordinal)
                ? at : throw new InvalidOperationException($"The server answered: {Encoding.ASCII.GetString(buffer, 0, read)}");
        }
    }
}

/// <summary>Handlers wait here until they are told to end their task.</summary>
internal sealed class Gates
{
    /// <summary>The second word of the input of a task that waits; its first names the gate.</summary>
    public const string Word = "gated";

    private readonly System.Collections.Concurrent.ConcurrentDictionary<string, TaskCompletionSource> _gates = new();

    public void Open(string name) => Gate(name).TrySetResult();

    /// <summary>Returns at once when the task does not wait.</summary>
    public Task PassAsync(string input, CancellationToken cancellationToken) =>
        input.Split(' ') is [var name, Word] ? Gate(name).Task.WaitAsync(cancellationToken) : Task.CompletedTask;

    private TaskCompletionSource Gate(string name) =>
        _gates.GetOrAdd(name, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
