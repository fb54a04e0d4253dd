using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Towpath.Server.Tests;

/// <summary>Requests as octets, for what no client library sends.</summary>
internal static class RawHttp
{
    private const int LongestAnswer = 16 << 20;

    /// <summary>One request on a connection of its own. Latin-1: each character is an octet.</summary>
    public static Task<RawAnswer> SendRawAsync(this TestServer server, string request) =>
        SendAsync(server.Running.HttpUrl!, Encoding.Latin1.GetBytes(request));

    /// <summary>Sends the octets and reads what comes until the server closes.</summary>
    /// <param name="most">After that long it tells that nothing follows, for requests that may not be whole.</param>
    public static async Task<RawAnswer> SendAsync(Uri url, ReadOnlyMemory<byte> request, TimeSpan? most = null)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(url.Host, url.Port, patience.Token);
        using var answer = new MemoryStream();
        try
        {
            while (request.Length > 0) request = request[await socket.SendAsync(request, patience.Token)..];
            // Not before an answer had its time: to Kestrel it means that nobody waits for one.
            using var end = new CancellationTokenSource(most ?? Timeout.InfiniteTimeSpan);
            using CancellationTokenRegistration ending = end.Token.Register(() => EndSending(socket));
            byte[] buffer = new byte[8192];
            while (await socket.ReceiveAsync(buffer, patience.Token) is > 0 and var count && answer.Length < LongestAnswer)
                answer.Write(buffer, 0, count);
        }
        catch (SocketException)
        {
            // The server has closed while octets were under way: what it said before counts.
        }
        return RawAnswer.Parse(Encoding.Latin1.GetString(answer.ToArray()));
    }

    private static void EndSending(Socket socket)
    {
        try
        {
            socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // The server was faster.
        }
    }
}

/// <param name="Status">0: the connection was closed without a whole answer.</param>
/// <param name="Headers">As sent, without the status line.</param>
internal sealed record RawAnswer(int Status, string Headers, string Body)
{
    public JsonObject Json => JsonNode.Parse(Body)!.AsObject();

    public override string ToString() => $"{Status}\r\n{Headers}\r\n\r\n{Body}";

    public static RawAnswer Parse(string text)
    {
        int end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (!text.StartsWith("HTTP/1.", StringComparison.Ordinal) || end < 0) return new RawAnswer(0, "", text);
        string head = text[..end];
        string body = text[(end + 4)..];
        string headers = head[(head.IndexOf("\r\n", StringComparison.Ordinal) + 2)..];
        bool chunked = headers.Contains("Transfer-Encoding: chunked", StringComparison.OrdinalIgnoreCase);
        int status = int.Parse(head.AsSpan(9, 3), NumberStyles.None, CultureInfo.InvariantCulture);
        if (!chunked) return new RawAnswer(status, headers, body);
        return Joined(body) is { } joined ? new RawAnswer(status, headers, joined) : new RawAnswer(0, headers, body);
    }

    /// <summary>Null: cut off before the last chunk.</summary>
    private static string? Joined(string chunks)
    {
        var body = new StringBuilder();
        for (int at = 0; ;)
        {
            int line = chunks.IndexOf("\r\n", at, StringComparison.Ordinal);
            if (line < 0) return null;
            int size = int.Parse(chunks.AsSpan(at, line - at), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            if (size == 0) return body.ToString();
            if (chunks.Length < line + 2 + size + 2) return null;
            body.Append(chunks, line + 2, size);
            at = line + 2 + size + 2;
        }
    }
}
