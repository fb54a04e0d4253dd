using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;

namespace Towpath.Server.Tests;

/// <summary>A server with a page of two files.</summary>
public sealed class ServerWithPage : TestServer
{
    public const string Script = "console.log('towpath')";

    public ServerWithPage() => Services = services => services.AddSingleton(new PageFiles(new Dictionary<string, byte[]>
    {
        ["index.html"] = Encoding.UTF8.GetBytes($"<!doctype html><meta name=\"nonce\" content=\"{PageFiles.Nonce}\">"),
        ["assets/index-1a2b.js"] = Encoding.UTF8.GetBytes(Script),
    }));
}

/// <summary>How the page is served: nothing from elsewhere, no script in the text, kept only what has its hash in its name.</summary>
public sealed partial class PageTests(ServerWithPage server) : IClassFixture<ServerWithPage>
{
    [Fact]
    public async Task A_browser_gets_the_page_with_a_policy_that_allows_its_own_nonce_only()
    {
        Answer first = await AskAsync("/", "text/html,*/*;q=0.8");
        Answer second = await AskAsync("/", "text/html,*/*;q=0.8");
        Assert.Equal("text/html", first.Message.Content.Headers.ContentType!.MediaType);
        string policy = Assert.Single(first.Message.Headers.GetValues("Content-Security-Policy"));
        string nonce = Quoted().Match(first.Text).Groups[1].Value;
        Assert.Contains($"'nonce-{nonce}'", policy, StringComparison.Ordinal);
        Assert.NotEqual(nonce, Quoted().Match(second.Text).Groups[1].Value);
        Assert.StartsWith("default-src 'none'; script-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.True(first.Message.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task What_is_no_browser_is_told_where_the_API_is()
    {
        Answer answer = await AskAsync("/", "*/*");
        Assert.Equal("text/plain", answer.Message.Content.Headers.ContentType!.MediaType);
        Assert.Contains("/dna/system/api/v1/auth/token", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Node.js", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_the_page_is_kept_and_comes_compressed_to_whom_asks_for_that()
    {
        Answer plain = await AskAsync("/assets/index-1a2b.js", "*/*");
        Assert.Equal(ServerWithPage.Script, plain.Text);
        Assert.Equal("text/javascript", plain.Message.Content.Headers.ContentType!.MediaType);
        Assert.Equal("public, max-age=31536000, immutable", Assert.Single(plain.Message.Headers.GetValues("Cache-Control")));

        using var request = new HttpRequestMessage(HttpMethod.Get, "/assets/index-1a2b.js");
        request.Headers.Add("Accept-Encoding", "gzip, br");
        using HttpClient browser = server.NewClient();
        using HttpResponseMessage zipped = await browser.SendAsync(request);
        Assert.Equal(["gzip"], zipped.Content.Headers.ContentEncoding);
        await using var unzipped = new GZipStream(await zipped.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
        using var reader = new StreamReader(unzipped);
        Assert.Equal(ServerWithPage.Script, await reader.ReadToEndAsync());
    }

    [Theory]
    [InlineData("/assets/index-0000.js")]
    [InlineData("/assets/..%2findex.html")]
    [InlineData("/index.html")]
    public async Task Other_files_are_not_there(string path)
    {
        Answer answer = await AskAsync(path, "*/*");
        ErrorTests.AssertIsError(answer, 404);
        Assert.True(answer.Message.Headers.CacheControl!.NoStore);
    }

    private async Task<Answer> AskAsync(string path, string accept)
    {
        using HttpClient browser = server.NewClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Accept", accept } } };
        return await Answer.OfAsync(await browser.SendAsync(request));
    }

    [GeneratedRegex("content=\"([^\"]+)\"")]
    private static partial Regex Quoted();
}

/// <summary>A server that was built where there was no Node.js.</summary>
public sealed class NoPageTests : IAsyncLifetime
{
    private readonly TestServer _server = new() { Services = services => services.AddSingleton(new PageFiles([])) };

    public Task InitializeAsync() => _server.InitializeAsync();

    public Task DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task It_says_so_and_what_to_do()
    {
        using HttpClient browser = _server.NewClient();
        browser.DefaultRequestHeaders.Add("Accept", "text/html");
        Answer answer = await Answer.OfAsync(await browser.GetAsync("/"));
        Assert.Equal("text/plain", answer.Message.Content.Headers.ContentType!.MediaType);
        Assert.Contains("Install Node.js 20.19", answer.Text, StringComparison.Ordinal);
    }
}
