using System.Net.Http.Headers;
using System.Text;

namespace Towpath.Server.Tests;

/// <summary>What is no UTF-8, or whose frame is broken, is the client's mistake.</summary>
public sealed class NoTextTests(TestServer server) : IClassFixture<TestServer>
{
    [Theory]
    [InlineData("/api/v1/ticket", "{\"username\":\"\xff\",\"password\":\"b\"}")]
    [InlineData("/api/v1/ticket", "{\"username\":\"a\",\"password\":\"b\",\"\xc3\x28\":1}")]
    [InlineData("/api/v1/ticket", "{\"username\":\"\xed\xa0\x80\",\"password\":\"b\"}")]
    [InlineData("/api/v1/ticket", "\xff\xfe{\0}\0")]
    [InlineData("/api/v1/flow-analysis", "{\"sourceIP\":\"10.0.0.1\",\"destIP\":\"10.0.0.2\xf0\x9f\"}")]
    [InlineData("/api/v1/discovery", "{\"name\":\"caf\xe9\",\"discoveryType\":\"Single\",\"ipAddressList\":\"127.0.0.1\"}")]
    [InlineData("/api/v1/global-credential/snmpv2-read-community", "[{\"readCommunity\":\"\x80\"}]")]
    public async Task A_body_that_is_no_UTF_8_is_refused(string path, string latin1)
    {
        using var content = new ByteArrayContent(Encoding.Latin1.GetBytes(latin1));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        Answer answer = await Answer.OfAsync(await server.Http.PostAsync(path, content));
        ErrorTests.AssertIsError(answer, 400);
        Assert.Contains("UTF-8", answer.Text);
    }

    [Fact]
    public async Task The_octet_is_told_where_the_text_breaks()
    {
        using var content = new ByteArrayContent([.. "{\"name\":\"\u00e9"u8, 0xE9, .. "\"}"u8]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        Assert.Contains("octet 11.", (await Answer.OfAsync(await server.Http.PostAsync("/api/v1/ticket", content))).Text);
    }

    [Theory]
    [InlineData("/api/v1/task/%ff", 400)]
    [InlineData("/api/v1/task/%C0%80", 400)] // NUL, written too long
    [InlineData("/api/v1/task/%ED%A0%80", 400)] // half a surrogate pair
    [InlineData("/api/v1/task?data=%ff", 400)]
    [InlineData("/api/v1/task?data=a%00b", 400)]
    [InlineData("/api/v1/task?%fe=1", 400)]
    [InlineData("/nothing/%e9", 400)]
    [InlineData("/api/v1/task?data=%C3%A9%F0%9F%98%80", 200)]
    [InlineData("/api/v1/task?data=100%", 200)]
    [InlineData("/api/v1/task?data=%zz", 200)]
    [InlineData("/api/v1/task/%C3%A9", 404)]
    public async Task Escapes_are_UTF_8(string target, int status)
    {
        string headers = $"Host: localhost\r\nX-Auth-Token: {await server.TokenAsync()}\r\nConnection: close\r\n\r\n";
        AssertIs(await server.SendRawAsync($"GET {target} HTTP/1.1\r\n{headers}"), status);
    }

    [Theory]
    [InlineData("FFFFFFFFF\r\nx", 400)]
    [InlineData("FFFFFFFFFFFFFFFFFFFFFFFF\r\nx", 400)]
    [InlineData("80000000\r\nx", 400)]
    [InlineData("-1\r\nx", 400)]
    [InlineData("xyz\r\nx", 400)]
    [InlineData("2\r\n{}zz\r\n0\r\n\r\n", 400)]
    [InlineData("2\r\n{}\r\n0\r\nX: \xff\r\n\r\n", 400)]
    public async Task A_chunk_whose_size_is_none_is_refused(string chunks, int status)
    {
        const string Headers = "Host: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n";
        AssertIs(await server.SendRawAsync($"POST /api/v1/ticket HTTP/1.1\r\n{Headers}\r\n{chunks}"), status);
    }

    private static void AssertIs(RawAnswer answer, int status)
    {
        Assert.True(status == answer.Status, $"{answer.Status} {answer.Body}");
        if (status < 400) return;
        Assert.Contains("Content-Type: application/json", answer.Headers);
        Assert.NotEmpty(answer.Json["response"]!["errorCode"]!.GetValue<string>());
    }
}
