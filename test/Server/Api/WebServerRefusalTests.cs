using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Towpath.Server.Tests;

/// <summary>What is refused before the API sees it is the client's mistake, too.</summary>
public sealed class WebServerRefusalTests(WebServerRefusalTests.HastyServer server) : IClassFixture<WebServerRefusalTests.HastyServer>
{
    /// <summary>Its patience with slow clients is as short as it can be.</summary>
    public sealed class HastyServer : TestServer
    {
        protected override TowpathServerOptions Configure(TowpathServerOptions options) =>
            options with { HttpsPort = -1, HeaderPatience = TimeSpan.FromSeconds(1), BodyPatience = TimeSpan.FromSeconds(1.1) };
    }

    public static TheoryData<string, int> NoHttp => new()
    {
        { "GARBAGE\r\n\r\n", 400 },
        { "GET /\r\n\r\n", 400 },
        { "GET / HTTP/1.1\r\n\r\n", 400 }, // no Host
        { "GET / HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n", 400 },
        { "GET / HTTP/1.1\r\nHost: localhost\r\nX-A: \xc3\x28\r\n\r\n", 400 },
        { "GET / HTTP/1.1\r\nHost: localhost\r\nX-A: \0\r\n\r\n", 400 },
        { "GET / HTTP/1.1\r\nHost: localhost\r\n: 1\r\n\r\n", 400 },
        { "GET / HTTP/1.1\r\nHost: \xff\r\n\r\n", 400 },
        { "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", 400 },
        { "GET /\xff HTTP/1.1\r\nHost: localhost\r\n\r\n", 400 },
        { "GET /%00 HTTP/1.1\r\nHost: localhost\r\n\r\n", 400 },
        { "\0\0\0\0\r\n\r\n", 400 },
        { "GET / HTTP/9.9\r\nHost: localhost\r\n\r\n", 400 },
        { "GET / HTTP/2.0\r\nHost: localhost\r\n\r\n", 400 },
        { "GET / HTTP/0.9\r\nHost: localhost\r\n\r\n", 400 },
        { "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400 },
        { "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\nGET / HTTP/9.9\r\nHost: localhost\r\n\r\n", 400 },
        { $"GET /{new string('a', 9000)} HTTP/1.1\r\nHost: localhost\r\n\r\n", 414 },
        { $"GET / HTTP/1.1\r\nHost: localhost\r\nX-A: {new string('a', 33_000)}\r\n\r\n", 431 },
        { $"GET / HTTP/1.1\r\nHost: localhost\r\n{string.Concat(Enumerable.Repeat("X-A: 1\r\n", 101))}\r\n", 431 },
    };

    [Theory]
    [MemberData(nameof(NoHttp))]
    public async Task What_is_no_HTTP_is_4xx_in_the_envelope(string request, int status)
    {
        RawAnswer answer = await server.SendRawAsync(request);
        if (answer.Status == 200) answer = RawAnswer.Parse(answer.Body[answer.Body.IndexOf("HTTP/1.1", StringComparison.Ordinal)..]);
        AssertIsRefused(answer, status);
        Assert.Contains("Connection: close", answer.Headers, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_the_same_over_https_and_over_HTTP_2_others_go_on()
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(server.Running.HttpsUrl!.Host, server.Running.HttpsUrl.Port);
        await using var tls = new SslStream(tcp.GetStream(), leaveInnerStreamOpen: false, IsTheServers);
        await tls.AuthenticateAsClientAsync("localhost");
        await tls.WriteAsync("GET / HTTP/9.9\r\n\r\n"u8.ToArray());
        using var reader = new StreamReader(tls, Encoding.Latin1);
        AssertIsRefused(RawAnswer.Parse(await reader.ReadToEndAsync()), 400);

        using var handler = new SocketsHttpHandler { SslOptions = { RemoteCertificateValidationCallback = IsTheServers } };
        using var http = new HttpClient(handler)
        {
            BaseAddress = server.Running.HttpsUrl,
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        Assert.Equal(200, (int)(await http.GetAsync("/health/live")).StatusCode);
        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync("/%00")); // only its stream is reset
        Assert.Equal(200, (int)(await http.GetAsync("/health/live")).StatusCode);
    }

    [Fact]
    public async Task Headers_that_do_not_end_are_not_waited_for() =>
        AssertIsRefused(await server.SendRawAsync("GET / HTTP/1.1\r\nHost: localhost\r\n"), 408);

    [Fact]
    public async Task A_body_that_comes_too_slowly_is_not_waited_for() => AssertIsRefused(
        await server.SendRawAsync(
            "POST /api/v1/ticket HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{\"username\":"),
        408);

    /// <summary>The whole answer is one of the API, and nothing follows it.</summary>
    private static void AssertIsRefused(RawAnswer answer, int status)
    {
        Assert.Equal(status, answer.Status);
        Assert.Null(Verdict.Problem(answer, "GET", mayBeNoHttp: false));
        Assert.Equal("BAD_REQUEST", answer.Json["response"]!["errorCode"]!.GetValue<string>());
    }

    private bool IsTheServers(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors problems) =>
        certificate?.GetCertHashString(HashAlgorithmName.SHA256) == server.Running.CertificateFingerprint;
}
