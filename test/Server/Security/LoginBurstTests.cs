using System.Net;
using System.Net.Sockets;

namespace Towpath.Server.Tests;

/// <summary>Many logins at once, over real connections from several addresses of this machine.</summary>
public sealed class LoginBurstTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task Guesses_at_once_are_as_many_as_one_after_another()
    {
        using HttpClient client = From("127.0.3.1");
        Answer[] answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => LoginAsync(client, "root", $"guess {i}")));
        Assert.Equal(5, answers.Count(answer => answer.Status == 401));
        foreach (Answer slowed in answers.Where(answer => answer.Status != 401)) ErrorTests.AssertIsError(slowed, 429);
    }

    [Fact]
    public async Task Who_has_logged_in_logs_in_while_others_guess()
    {
        using HttpClient home = From("127.0.3.2");
        Assert.Equal(200, (await LoginAsync(home, "admin", TestServer.Password)).Status);
        var limiter = server.Service<LoginLimiter>();
        for (int i = 0; i < 30; i++) limiter.Begin("admin", new IPAddress([127, 0, 4, (byte)i]));

        using HttpClient stranger = From("127.0.3.3");
        ErrorTests.AssertIsError(await LoginAsync(stranger, "admin", TestServer.Password), 429);
        Assert.Equal(200, (await LoginAsync(home, "admin", TestServer.Password)).Status);
    }

    [Fact]
    public async Task A_password_that_was_right_a_moment_ago_waits_for_no_turn()
    {
        using HttpClient home = From("127.0.3.4");
        Assert.Equal(200, (await LoginAsync(home, "admin", TestServer.Password)).Status);

        var gate = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var queue = server.Service<PasswordQueue>();
        Task<bool>[] held = [queue.InTurnAsync(true, () => gate.Task, default), queue.InTurnAsync(false, () => gate.Task, default)];
        Assert.Equal(200, (await LoginAsync(home, "admin", TestServer.Password)).Status);
        Task<Answer> guess = LoginAsync(home, "admin", "a guess");
        gate.SetResult(true);
        await Task.WhenAll(held);
        Assert.Equal(401, (await guess).Status);
    }

    private HttpClient From(string address)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (context, cancellationToken) =>
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
                await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        return new HttpClient(handler) { BaseAddress = server.Running.HttpUrl, Timeout = TimeSpan.FromSeconds(60) };
    }

    private static async Task<Answer> LoginAsync(HttpClient client, string name, string password) =>
        await Answer.OfAsync(await client.SendAsync(TestServer.TokenRequest(name, password)));
}
