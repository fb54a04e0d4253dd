using System.Net;
using Microsoft.AspNetCore.Http;

namespace Towpath.Server.Tests;

/// <summary>A page whose name was rebound to this machine's address gets nothing.</summary>
public sealed class AllowedHostsTests(AllowedHostsTests.NamedServer server) : IClassFixture<AllowedHostsTests.NamedServer>
{
    public sealed class NamedServer : TestServer
    {
        protected override TowpathServerOptions Configure(TowpathServerOptions options) =>
            options with { HttpsPort = -1, Hosts = ["netctl.example.net", "*.lab.example.net", "192.0.2.7"] };
    }

    [Theory]
    [InlineData("localhost", 200)]
    [InlineData("LocalHost:8080", 200)]
    [InlineData("localhost.", 200)]
    [InlineData("127.0.0.1", 200)]
    [InlineData("127.9.9.9:1", 200)]
    [InlineData("[::1]:8080", 200)]
    [InlineData("netctl.example.net", 200)]
    [InlineData("NETCTL.example.net:443", 200)]
    [InlineData("a.lab.example.net", 200)]
    [InlineData("192.0.2.7:8443", 200)]
    [InlineData("attacker.example", 400)]
    [InlineData("netctl.example.net.attacker.example", 400)]
    [InlineData("a.b.lab.example.net", 400)]
    [InlineData("lab.example.net", 400)]
    [InlineData("192.0.2.8", 400)]
    [InlineData("0.0.0.0:8080", 400)]
    [InlineData("[2001:db8::1]", 400)]
    [InlineData("127.0.0.1.attacker.example", 400)]
    public async Task Only_names_of_this_server_are_served(string host, int status)
    {
        RawAnswer answer = await server.SendRawAsync($"GET /health/live HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        Assert.True(status == answer.Status, $"{answer.Status} {answer.Body}");
        if (status == 400) Assert.Equal("UNKNOWN_HOST", answer.Json["response"]!["errorCode"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_client_of_the_time_before_host_names_is_served() =>
        Assert.Equal(200, (await server.SendRawAsync("GET /health/live HTTP/1.0\r\n\r\n")).Status);

    [Fact]
    public async Task No_name_at_all_is_refused_where_the_protocol_asks_for_one() =>
        Assert.Equal(400, (await server.SendRawAsync("GET /health/live HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n")).Status);

    [Fact]
    public async Task The_names_of_the_certificate_are_served() => Assert.Equal(
        200, (await server.SendRawAsync($"GET / HTTP/1.1\r\nHost: {Dns.GetHostName()}:8443\r\nConnection: close\r\n\r\n")).Status);

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1:8443", true)]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1:8443", true)] // a socket for both families
    [InlineData("fe80::1%2", "[fe80::1]", true)]
    [InlineData("2001:db8::1", "[2001:DB8:0::1]:8443", true)]
    [InlineData("192.0.2.1", "192.0.2.2:8443", false)]
    public void The_address_that_the_connection_came_to_is_served(string local, string host, bool allowed)
    {
        var context = new DefaultHttpContext();
        context.Connection.LocalIpAddress = IPAddress.Parse(local);
        context.Request.Headers.Host = host;
        Assert.Equal(allowed, new AllowedHosts([], null).Allow(context));
    }

    [Theory]
    [InlineData("")]
    [InlineData("http://a")]
    [InlineData("a:80")]
    [InlineData("*.")]
    [InlineData("*.*.a")]
    public void What_is_no_name_is_one_clear_line(string text) =>
        Assert.Contains($"--host {text}:", Assert.Throws<ServerStartException>(() => new AllowedHosts([text], null)).Message);
}
