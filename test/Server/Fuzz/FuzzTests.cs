using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Towpath.Network;

namespace Towpath.Server.Tests;

/// <summary>
/// Requests made by chance against the whole server on real connections. <c>eng/fuzz.sh</c> runs it with more of them and another seed. A
/// request follows from the seed and its number alone.
/// </summary>
[Trait("Needs", "patience")]
public sealed class FuzzTests(FuzzTests.FuzzedServer server) : IClassFixture<FuzzTests.FuzzedServer>
{
    private const int AtOnce = 16;
    private const int MostProblems = 20;
    private static readonly TimeSpan s_patienceOfRaw = TimeSpan.FromMilliseconds(200);

    /// <summary>Every address is mapped to this machine, to a port that never answers.</summary>
    public sealed class FuzzedServer : TestServer, IDisposable
    {
        private readonly Socket _silent = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);

        public FuzzedServer() => Services = services => services.AddSingleton<ILoggerProvider>(Failures);

        internal FailureLog Failures { get; } = new();

        public void Dispose() => _silent.Dispose();

        protected override TowpathServerOptions Configure(TowpathServerOptions options)
        {
            _silent.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            int port = ((IPEndPoint)_silent.LocalEndPoint!).Port;
            var loopback = Prefix.Parse("127.0.0.0/8");
            return options with { SnmpPort = port,
                AddressMap = [.. Enumerable.Range(0, 256).Select(octet => (Prefix.Parse($"{octet}.0.0.0/8"), loopback))] };
        }
    }

    [Fact]
    public async Task No_request_makes_the_server_fail_or_say_what_it_should_not()
    {
        int requests = Setting("TOWPATH_FUZZ_REQUESTS", 20_000);
        int seed = Setting("TOWPATH_FUZZ_SEED", 1);
        var vocabulary = new Vocabulary(server.Service<EndpointDataSource>());
        string token = await server.TokenAsync();
        var problems = new ConcurrentQueue<string>();
        var statuses = new ConcurrentDictionary<int, int>();

        await Parallel.ForAsync(0, requests, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (number, cancellationToken) =>
        {
            if (problems.Count >= MostProblems) return;
            var random = new Random(HashOf(seed, number));
            FuzzRequest request = FuzzRequest.Make(vocabulary, random);
            bool isRaw = random.Next(20) == 0;
            byte[] octets = isRaw ? Octets.Malformed(request.ToOctets(token), random) : [];
            RawAnswer answer = isRaw ? await RawHttp.SendAsync(server.Running.HttpUrl!, octets, s_patienceOfRaw)
                : await SendAsync(request, cancellationToken);
            statuses.AddOrUpdate(answer.Status, 1, (_, count) => count + 1);
            if (Verdict.Problem(answer, request.Method, isRaw) is { } problem)
                problems.Enqueue($"seed {seed}, request {number}: {problem}\n  {(isRaw ? Encoding.Latin1.GetString(octets) : request)}\n  {answer}");
        });

        Assert.True(problems.IsEmpty, string.Join('\n', problems));
        Assert.True(server.Failures.Lines.IsEmpty, string.Join('\n', server.Failures.Lines.Take(MostProblems)));
        // Both ways were gone: much was taken, and much was refused.
        Assert.InRange(statuses.Where(status => status.Key is >= 200 and < 300).Sum(status => status.Value), requests / 20, requests);
        Assert.InRange(statuses.GetValueOrDefault(400), requests / 20, requests);
        await AssertWorksAsync();
    }

    private async Task AssertWorksAsync()
    {
        Assert.Equal(200, (await server.GetAsync("/health/ready")).Status);
        server.Http.DefaultRequestHeaders.Remove("X-Auth-Token");
        server.Http.DefaultRequestHeaders.Add("X-Auth-Token", await server.TokenAsync());
        Answer accepted = await server.PostAsync("/dna/intent/api/v1/flow-analysis", new { sourceIP = "192.0.2.1", destIP = "192.0.2.2" });
        Assert.Equal(202, accepted.Status);
        JsonObject task = await server.EndOfTaskAsync(accepted.Response["taskId"]!.GetValue<string>());
        Assert.StartsWith("Not able to locate", task["failureReason"]!.GetValue<string>());
    }

    private async Task<RawAnswer> SendAsync(FuzzRequest request, CancellationToken cancellationToken)
    {
        var options = new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true };
        using var message = new HttpRequestMessage(new HttpMethod(request.Method),
            new Uri($"{server.Running.HttpUrl!.OriginalString.TrimEnd('/')}{request.Target}", options));
        if (request.Body is not null)
        {
            message.Content = new ByteArrayContent(request.Body);
            if (request.ContentType.Length > 0) message.Content.Headers.TryAddWithoutValidation("Content-Type", request.ContentType);
        }
        using HttpResponseMessage answer = await server.Http.SendAsync(message, cancellationToken);
        HttpHeaders content = answer.Content.Headers;
        return new RawAnswer((int)answer.StatusCode, $"{answer.Headers}{content}",
            await answer.Content.ReadAsStringAsync(cancellationToken));
    }

    private static int HashOf(int seed, int number) =>
        unchecked((int)((ulong)((long)seed << 32 | (uint)number) * 0x9E3779B97F4A7C15UL >> 32));

    private static int Setting(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    /// <summary>What the server logs as its own failure.</summary>
    internal sealed class FailureLog : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel)) Lines.Enqueue($"{formatter(state, exception)} {exception}");
        }

        public void Dispose()
        {
        }
    }
}
