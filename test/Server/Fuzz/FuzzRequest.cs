using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Towpath.Server.Tests;

/// <summary>One made request: a route with values of all kinds, and in a tenth a body or a target that is no text.</summary>
/// <param name="Target">Path and query, escaped.</param>
/// <param name="Body">Null: none.</param>
internal sealed partial record FuzzRequest(string Method, string Target, string ContentType, byte[]? Body)
{
    private static readonly string[] s_escaped =
    [
        "1", "0", "-1", "501", "2147483648", "9223372036854775808", "1e9", "abc", "true", "asc", "dsc", "null", "*", ".*", "a,b", "%20",
        "%2F", "%252e", "..",
        "00000000-0000-4000-8000-000000000000", "10.0.0.1", "2001:db8::1", "%F0%9F%98%80", "%C3%A9", "%ff", "%C0%80", "%ED%A0%80", "%00",
        "%", "%zz", "%0d%0a",
        "%22%27%3B--", "%25s%25n", "startTime", "SNMPV3", "CLI", "wired", "Vlan1", "COMPLETED", new string('x', 300), new string('9', 40),
    ];

    private static readonly string[] s_texts =
    [
        "", " ", "a", "10.0.0.1", "10.0.0.2", "10.0.0.1-10.0.0.3", "10.0.0.9-10.0.0.1", "10.0.0.0/30", "0.0.0.0/0", "10.0.0.1,10.0.0.2-",
        "255.255.255.255", "::1",
        "Single", "Range", "Multi Range", "CDP", "LLDP", "CIDR", "v2", "v3", "public", "AUTHPRIV", "NOAUTHNOPRIV", "SHA", "AES128", "MD5",
        "TCP", "ICMP", "6", "443",
        "70000", "-1", "true", "Active", "Inactive", "ACCESS", "MANUAL", "DEVICE-STATS", "idletimeout", "sessiontimeout", "snmp-retry",
        "snmp-timeout", "None",
        "UseLoopBack", "00000000-0000-4000-8000-000000000000", "00:1b:21:0a:0b:0c", "\\u0000", "\\ud800", "\\ud83d\\ude00", "\u00e9\u4e2d",
        "\u202e", "\\r\\n",
        "%s%n", "'; --", "../../etc", "<b>", "NO!$DATA!$", new string('x', 300), new string('y', 3000),
    ];

    private static readonly string[] s_numbers =
        ["0", "1", "2", "3", "60", "900", "-1", "65536", "2147483647", "2147483648", "9223372036854775808", "1.5", "1e2", "1e400", "-0",
            "01", "NaN"];

    private static readonly string[] s_others = ["null", "{}", "[]", "[[]]", "[null]", "true", "false", "{\"a\":{\"a\":{}}}"];

    public static FuzzRequest Make(Vocabulary vocabulary, Random random)
    {
        Route route = random.Pick(vocabulary.Routes);
        string target = Parameter().Replace(route.Path, _ => random.Pick(s_escaped));
        int parameters = random.Next(4);
        for (int i = 0; i < parameters; i++)
            target += $"{(i == 0 ? '?' : '&')}{random.Pick(vocabulary.QueryNames)}={random.Pick(s_escaped)}";
        string method = random.Next(20) == 0 ? random.Pick(["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "X-ANY"])
            : route.Method;
        if (method is not ("POST" or "PUT" or "PATCH")) return new FuzzRequest(method, target, "", null);
        string type = random.Next(20) == 0 ? random.Pick(["", "text/plain", "application/json; charset=utf-16", "application/json;;", "x"])
            : "application/json";
        byte[] body = Encoding.UTF8.GetBytes(Json(vocabulary, route, random));
        if (random.Next(10) == 0) Octets.Mutate(ref body, random);
        return new FuzzRequest(method, target, type, body);
    }

    /// <summary>As it goes over a connection that is closed afterwards.</summary>
    public byte[] ToOctets(string token)
    {
        var head = new StringBuilder($"{Method} {Target} HTTP/1.1\r\nHost: localhost\r\nX-Auth-Token: {token}\r\n");
        if (ContentType.Length > 0) head.Append(CultureInfo.InvariantCulture, $"Content-Type: {ContentType}\r\n");
        if (Body is not null) head.Append(CultureInfo.InvariantCulture, $"Content-Length: {Body.Length}\r\n");
        return [.. Encoding.Latin1.GetBytes(head.Append("Connection: close\r\n\r\n").ToString()), .. Body ?? []];
    }

    public override string ToString() => $"{Method} {Target} {ContentType} {(Body is null ? "" : Encoding.Latin1.GetString(Body))}";

    private static string Json(Vocabulary vocabulary, Route route, Random random)
    {
        IReadOnlyList<Field> shape = random.Next(4) > 0 && vocabulary.Described(route) is { } described
            ? described : random.Pick(vocabulary.Shapes);
        string text = Object(shape, random, depth: 0);
        return random.Next(4) switch
        {
            0 => $"[{text}]",
            1 when random.Next(4) == 0 => $"[{text},{text}]",
            2 when random.Next(8) == 0 => random.Pick(s_others),
            3 when random.Next(20) == 0 => new string('[', 100),
            _ => text,
        };
    }

    private static string Object(IReadOnlyList<Field> shape, Random random, int depth)
    {
        // Few fields or nearly all of them: both find other ways through a reader.
        int share = random.Pick([10, 50, 90]);
        IEnumerable<string> fields = shape.Where(_ => random.Next(100) < share)
            .Select(field => $"\"{field.Name}\":{Value(field.Kind, random, depth)}");
        if (random.Next(20) == 0) fields = fields.Concat([$"\"{random.Pick(s_texts)}\":1"]);
        return $"{{{string.Join(',', fields)}}}";
    }

    private static string Value(FieldKind kind, Random random, int depth)
    {
        if (random.Next(10) == 0) kind = (FieldKind)random.Next(5); // another type than is meant
        if (random.Next(20) == 0) return random.Pick(s_others);
        return kind switch
        {
            FieldKind.Number => random.Next(4) == 0 ? $"\"{random.Pick(s_numbers)}\"" : random.Pick(s_numbers),
            FieldKind.Flag => random.Pick(["true", "false", "\"true\"", "\"yes\"", "1"]),
            FieldKind.Texts => $"[{string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ => $"\"{random.Pick(s_texts)}\""))}]",
            FieldKind.Object when depth < 3 =>
                Object([new Field("id", FieldKind.Text), new Field("a", FieldKind.Object)], random, depth + 1),
            _ => $"\"{random.Pick(s_texts)}\"",
        };
    }

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();
}

internal static class Choices
{
    public static T Pick<T>(this Random random, IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];
}
