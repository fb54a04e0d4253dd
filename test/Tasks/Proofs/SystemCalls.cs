using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Towpath.Tasks.Tests;

/// <summary>One system call of a trace.</summary>
/// <param name="File">What its first argument, the descriptor, is: a path or a socket.</param>
/// <param name="Octets">The buffers it read or wrote, one character an octet.</param>
/// <param name="Start">The line where it began.</param>
/// <param name="End">The line where it returned; it was under way in between.</param>
internal sealed record SystemCall(string Name, string File, string Octets, long Result, int Start, int End);

/// <summary>Reads what <c>strace -f -yy -xx</c> wrote, in which calls of several threads overlap.</summary>
internal static partial class SystemCalls
{
    /// <summary>Large enough for a whole page of the log; octets as hexadecimal, descriptors with what they are.</summary>
    public static string[] Strace(string output) =>
        ["strace", "-f", "--seccomp-bpf", "-yy", "-xx", "-s", "8192", "-e",
            "trace=read,recvfrom,recvmsg,write,sendto,sendmsg,pwrite64,fdatasync,fsync", "-o", output];

    public static List<SystemCall> Read(IEnumerable<string> lines)
    {
        var calls = new List<SystemCall>();
        var underWay = new Dictionary<string, (string Text, int Start)>();
        int number = 0;
        foreach (string line in lines)
        {
            number++;
            Match thread = Thread().Match(line);
            if (!thread.Success) continue;
            (string pid, string text) = (thread.Groups[1].Value, thread.Groups[2].Value);
            if (text.EndsWith("<unfinished ...>", StringComparison.Ordinal))
            {
                underWay[pid] = (text[..^"<unfinished ...>".Length].TrimEnd(), number);
                continue;
            }
            int start = number;
            if (Resumed().Match(text) is { Success: true } resumed)
            {
                if (!underWay.Remove(pid, out var begun)) continue;
                (text, start) = (begun.Text + text[resumed.Length..], begun.Start);
            }
            if (Call().Match(text) is { Success: true } call)
            {
                calls.Add(new SystemCall(
                    call.Groups[1].Value, Decode(call.Groups[2].Value),
                    string.Concat(Buffer().Matches(call.Groups[3].Value).Select(buffer => Decode(buffer.Groups[1].Value))),
                    long.Parse(call.Groups[4].Value, CultureInfo.InvariantCulture), start, number));
            }
        }
        return calls;
    }

    private static string Decode(string text)
    {
        if (!text.Contains("\\x", StringComparison.Ordinal)) return text;
        var decoded = new StringBuilder();
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || i + 3 >= text.Length || text[i + 1] != 'x') decoded.Append(text[i]);
            else
            {
                decoded.Append((char)byte.Parse(text.AsSpan(i + 2, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
                i += 3;
            }
        }
        return decoded.ToString();
    }

    [GeneratedRegex(@"^(\d+)\s+(.*)$")]
    private static partial Regex Thread();

    [GeneratedRegex(@"^<\.\.\. \w+ resumed>\s?")]
    private static partial Regex Resumed();

    [GeneratedRegex(@"^(\w+)\(\d+<(.*?)>(?=[,)])(.*)\) += (-?\d+)")]
    private static partial Regex Call();

    [GeneratedRegex("\"([^\"]*)\"")]
    private static partial Regex Buffer();
}
