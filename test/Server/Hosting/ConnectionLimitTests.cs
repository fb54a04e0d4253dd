using System.Net.Sockets;
using System.Text;

namespace Towpath.Server.Tests;

public sealed class ConnectionLimitTests(ConnectionLimitTests.SmallServer server) : IClassFixture<ConnectionLimitTests.SmallServer>
{
    public sealed class SmallServer : TestServer
    {
        protected override TowpathServerOptions Configure(TowpathServerOptions options) => options with { MostConnections = 3 };
    }

    [Fact]
    public async Task One_connection_too_many_is_closed_and_the_others_go_on()
    {
        var served = new List<TcpClient>();
        bool wasClosed = false;
        while (!wasClosed && served.Count < 10)
        {
            TcpClient client = await ConnectAsync();
            wasClosed = await AskAsync(client) == "";
            if (wasClosed) client.Dispose();
            else served.Add(client);
        }
        Assert.True(wasClosed);
        Assert.InRange(served.Count, 2, 3); // the end of the connection that fetched the token may not have come yet
        foreach (TcpClient client in served)
        {
            Assert.StartsWith("HTTP/1.1 200", await AskAsync(client));
            client.Dispose();
        }
    }

    private async Task<TcpClient> ConnectAsync()
    {
        var client = new TcpClient();
        await client.ConnectAsync(server.Running.HttpUrl!.Host, server.Running.HttpUrl.Port);
        return client;
    }

    /// <summary>The first octets of the answer; none when the connection was closed.</summary>
    private static async Task<string> AskAsync(TcpClient client)
    {
        try
        {
            await client.GetStream().WriteAsync("GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray());
            byte[] buffer = new byte[4096];
            return Encoding.ASCII.GetString(buffer, 0, await client.GetStream().ReadAsync(buffer));
        }
        catch (IOException)
        {
            return "";
        }
    }
}
