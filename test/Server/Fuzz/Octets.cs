using System.Text;

namespace Towpath.Server.Tests;

/// <summary>Damage to a request on its way.</summary>
internal static class Octets
{
    private static readonly string[] s_headers =
    [
        "Host: attacker.example", "Host: localhost", "Host: \xff", "Content-Length: -1", "Content-Length: 99999999999999999999",
        "Content-Length: 5",
        "Transfer-Encoding: chunked", "Transfer-Encoding: gzip, chunked", "Expect: 100-continue", "Expect: x", "X-A: \xc3\x28", "X-A: \0",
        "X A: 1", ": 1", " folded",
        "Connection: Upgrade\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__", "Connection: keep-alive, close, X-Auth-Token",
        "Authorization: Basic /w==",
        "Authorization: Basic YWJj", "Authorization: Basic !!", "Prefer: handling=strict", "X-Auth-Token: \xe9", "Cookie: \x01",
        "X-A: " + "long", "Accept-Charset: utf-16",
    ];

    private static readonly string[] s_chunks =
        ["FFFFFFFFFFFFFFFFF\r\nx", "7FFFFFFF\r\nx", "80000000\r\n", "-1\r\n", "g\r\n", "2;a=b\r\n{}\r\n0\r\n\r\n",
            "2\r\n{}\r\n0\r\nX: \xff\r\n\r\n", "2\r\n{}0\r\n\r\n", "\r\n", "1\r\n{"];

    private static readonly string[] s_versions = ["HTTP/1.0", "HTTP/2.0", "HTTP/9.9", "HTTP/1.1 ", "", "http/1.1"];

    /// <summary>Flips, cuts, doubles, inserts.</summary>
    public static void Mutate(ref byte[] octets, Random random)
    {
        int at = random.Next(octets.Length + 1);
        int length = random.Next(Math.Min(40, octets.Length - at) + 1);
        switch (random.Next(5))
        {
            case 0 when at < octets.Length:
                octets[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                octets = [.. octets[..at], .. octets[(at + length)..]];
                break;
            case 2:
                octets = [.. octets[..(at + length)], .. octets[at..]];
                break;
            case 3:
                octets = octets[..at];
                break;
            default:
                byte[] inserted = new byte[random.Next(1, 5)];
                random.NextBytes(inserted);
                octets = [.. octets[..at], .. inserted, .. octets[at..]];
                break;
        }
    }

    /// <summary>What no client library sends.</summary>
    public static byte[] Malformed(byte[] request, Random random)
    {
        string text = Encoding.Latin1.GetString(request);
        int line = text.IndexOf("\r\n", StringComparison.Ordinal);
        switch (random.Next(7))
        {
            case 0:
                return Encoding.Latin1.GetBytes(text.Insert(line + 2, random.Pick(s_headers) + "\r\n"));
            case 1:
                int head = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
                return Encoding.Latin1.GetBytes(text[..head].Replace("Content-Length: ", "X-Length: ")
                    + "\r\nTransfer-Encoding: chunked\r\n\r\n" + random.Pick(s_chunks));
            case 2:
                return Encoding.Latin1.GetBytes(text.Replace("HTTP/1.1", random.Pick(s_versions)));
            case 3:
                return Encoding.Latin1.GetBytes(text.Insert(random.Next(line + 1), new string('a', random.Pick([100, 9_000, 40_000]))));
            case 4:
                return Encoding.Latin1.GetBytes(text.Replace("\r\n", random.Pick(["\n", "\r", "\r\n\0", "\r\n "])));
            case 5:
                return Encoding.Latin1.GetBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + text);
            default:
                byte[] damaged = request;
                for (int i = random.Next(1, 4); i > 0; i--) Mutate(ref damaged, random);
                return damaged;
        }
    }
}
