using Microsoft.Extensions.Time.Testing;
using Towpath.Tasks;

namespace Towpath.Server.Tests;

/// <summary><c>/health/ready</c> says whether a write would succeed, and why not.</summary>
public sealed class HealthTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly ScriptedWriter _writer = new();

    public void Dispose() => _writer.Dispose();

    [Theory]
    [InlineData("The database cannot be written: the disk is full. Free some space; writing goes on by itself then.")]
    [InlineData("The database cannot be written: the disk reports an I/O error. Check the system's log and the disk.")]
    [InlineData("The database cannot be written: it is damaged or not a database. Restore a copy.")]
    public async Task Ready_says_why_nothing_can_be_written_and_recovers_by_itself(string reason)
    {
        await RunAsync(_time, async (server, http) =>
        {
            Assert.Equal(200, (int)(await http.GetAsync("/health/ready")).StatusCode);

            _writer.Refuse = _ => new StorageUnavailableException(reason, null);
            _time.Advance(TimeSpan.FromSeconds(1));
            Answer not = await Answer.OfAsync(await http.GetAsync("/health/ready"));
            ErrorTests.AssertIsError(not, 503);
            Assert.Contains(reason, not.Response["message"]!.GetValue<string>(), StringComparison.Ordinal);
            Assert.Equal(200, (int)(await http.GetAsync("/health/live")).StatusCode);

            _writer.Refuse = _ => null;
            _time.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal("ready\n", await http.GetStringAsync("/health/ready"));
        });
    }

    [Fact]
    public async Task Whoever_asks_how_often_makes_one_write_a_second_at_most()
    {
        await RunAsync(_time, async (server, http) =>
        {
            for (int second = 1; second <= 3; second++)
            {
                await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => http.GetStringAsync("/health/ready")));
                Assert.Equal(second, _writer.Probes);
                _time.Advance(TimeSpan.FromSeconds(1));
            }
        });
    }

    [Fact]
    public async Task A_flush_that_does_not_return_is_said_and_not_waited_for()
    {
        await RunAsync(TimeProvider.System, async (server, http) =>
        {
            var stuck = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _writer.Gate = stuck.Task;
            Answer[] answers = await Task.WhenAll(Enumerable.Range(0, 20)
                .Select(async _ => await Answer.OfAsync(await http.GetAsync("/health/ready"))));
            Assert.All(answers, answer => ErrorTests.AssertIsError(answer, 503));
            Assert.Contains("has not taken a write for", answers[0].Text, StringComparison.Ordinal);
            Assert.Equal(1, _writer.Probes); // and nothing piles up behind it

            (_writer.Gate, _) = (Task.CompletedTask, stuck.TrySetResult());
            Assert.Equal("ready\n", await http.GetStringAsync("/health/ready"));
        });
    }

    [Fact]
    public async Task HEAD_answers_as_GET_does()
    {
        await RunAsync(_time, async (server, http) =>
        {
            foreach (string path in new[] { "/health/live", "/health/ready" })
            {
                HttpResponseMessage get = await http.GetAsync(path);
                HttpResponseMessage head = await http.SendAsync(new HttpRequestMessage(HttpMethod.Head, path));
                Assert.Equal((200, 200), ((int)get.StatusCode, (int)head.StatusCode));
                Assert.Equal(get.Content.Headers.ContentLength, head.Content.Headers.ContentLength);
                Assert.Equal("", await head.Content.ReadAsStringAsync());
            }
            server.Readiness.WaitFor("the campus is discovered");
            Assert.Equal(503, (int)(await http.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/health/ready"))).StatusCode);
        });
    }

    private async Task RunAsync(TimeProvider time, Func<RunningServer, HttpClient, Task> test)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("towpath-");
        try
        {
            var options = new TowpathServerOptions { DataFolder = folder.FullName, HttpPort = -1, HttpsPort = 0, Time = time,
                Services = _writer.Wrap };
            await using RunningServer server = await TowpathServer.StartAsync(options, default);
            using var http = new HttpClient { BaseAddress = server.HttpUrl };
            await test(server, http);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
