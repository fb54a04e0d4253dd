using System.Text.RegularExpressions;
using Towpath.Testing;

namespace Towpath.Server.Tests;

/// <summary>A line of <c>ClientCalls.txt</c>: a call that clients of the origin make.</summary>
/// <param name="Ignored">Keys that clients send and that mean nothing here.</param>
internal sealed partial record ClientCall(string Method, string Path, string[] Keys, string[] Ignored, bool IsServed)
{
    public static IEnumerable<ClientCall> Listed() =>
        from line in File.ReadAllText(System.IO.Path.Combine(Repository.Root, "test", "Server", "Contract", "ClientCalls.txt"))
            .Replace("\n    ", " ", StringComparison.Ordinal).Split('\n')
        where line.Length > 0 && line[0] != '#'
        select Parse(line);

    /// <summary>The path without its parameters' names, in which clients and servers differ.</summary>
    public static string Plain(string path) => Parameter().Replace(path, "{}");

    private static ClientCall Parse(string line)
    {
        string[] parts = line.Split(" ! ");
        string[] words = parts[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string path = words[1].StartsWith("/dna/", StringComparison.Ordinal) ? words[1] : $"/dna/intent/api/v1{words[1]}";
        string[] keys = words[2..];
        return new ClientCall(words[0], path, [.. keys.Where(key => key[0] != '~')],
            [.. keys.Where(key => key[0] == '~').Select(key => key[1..])], parts.Length == 1);
    }

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();
}
