using System.IO.Compression;
using System.Text.Json.Nodes;

namespace Towpath.Server.Tests;

/// <summary>What is read comes compressed where the client understands it, and is the same.</summary>
public sealed class CompressionTests(TestServer server) : IClassFixture<TestServer>
{
    private const string Tables = "/dna/intent/api/v1/table";

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task An_answer_is_the_same_compressed(string encoding)
    {
        using HttpResponseMessage answer = await SendAsync(HttpMethod.Get, Tables, encoding);
        Assert.Equal([encoding], answer.Content.Headers.ContentEncoding);
        Assert.Contains("Accept-Encoding", answer.Headers.Vary);
        await using Stream body = await answer.Content.ReadAsStreamAsync();
        await using Stream plain = encoding == "br"
            ? new BrotliStream(body, CompressionMode.Decompress) : new GZipStream(body, CompressionMode.Decompress);
        Assert.True(JsonNode.DeepEquals(await JsonNode.ParseAsync(plain), (await server.GetAsync(Tables)).Json));
    }

    [Fact]
    public async Task A_client_that_says_nothing_of_it_gets_the_answer_as_it_is()
    {
        Answer answer = await server.GetAsync(Tables);
        Assert.Empty(answer.Message.Content.Headers.ContentEncoding);
        Assert.StartsWith("{", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HEAD_has_the_headers_of_GET()
    {
        using HttpResponseMessage get = await SendAsync(HttpMethod.Get, Tables, "gzip");
        using HttpResponseMessage head = await SendAsync(HttpMethod.Head, Tables, "gzip");
        Assert.Equal(get.StatusCode, head.StatusCode);
        Assert.Equal(get.Content.Headers.ContentEncoding, head.Content.Headers.ContentEncoding);
        Assert.Equal(get.Content.Headers.ContentType, head.Content.Headers.ContentType);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_refusal_and_the_answer_to_a_write_are_not_compressed()
    {
        using HttpResponseMessage refused = await SendAsync(HttpMethod.Get, $"{Tables}/moons", "gzip");
        Assert.Equal(404, (int)refused.StatusCode);
        Assert.Empty(refused.Content.Headers.ContentEncoding);
        using HttpRequestMessage login = TestServer.TokenRequest("admin", TestServer.Password);
        login.Headers.AcceptEncoding.ParseAdd("gzip");
        using HttpResponseMessage token = await server.Http.SendAsync(login);
        Assert.Equal(200, (int)token.StatusCode);
        Assert.Empty(token.Content.Headers.ContentEncoding);
    }

    private Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string encoding)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.AcceptEncoding.ParseAdd(encoding);
        return server.Http.SendAsync(request);
    }
}
