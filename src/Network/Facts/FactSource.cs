using System.Collections.Concurrent;

namespace Towpath.Network;

/// <summary>
/// From where a fact is: a MIB table by its name, a command, a file. One octet, because millions of rows carry it. Default: not read from a
/// device, but concluded or given.
/// </summary>
public readonly record struct FactSource
{
    private static readonly ConcurrentDictionary<string, FactSource> s_byName = new();
    private static readonly string?[] s_names = new string?[byte.MaxValue + 1];
    private static readonly Lock s_lock = new();
    private static int s_count;

    private readonly byte _number;

    private FactSource(byte number) => _number = number;

    public static FactSource None => default;

    public bool IsNone => _number == 0;

    /// <summary>As evidence and stored facts show it: <c>IpCidrRouteTable</c>; empty for none.</summary>
    public string Name => s_names[_number] ?? "";

    /// <summary>As the MIB writes it: <c>ipCidrRouteTable</c>.</summary>
    public string MibName => Name is { Length: > 0 } name ? char.ToLowerInvariant(name[0]) + name[1..] : "";

    /// <summary>The source of this name.</summary>
    /// <exception cref="InvalidOperationException">A process knows 255 sources at most.</exception>
    public static FactSource Named(string name) =>
        Find(name) is { IsNone: false } source
            ? source : throw new InvalidOperationException($"There are 255 sources already; {name} is one too many.");

    /// <summary>As <see cref="Named"/>, for names that were stored; none when there are too many.</summary>
    public static FactSource Find(string name)
    {
        if (name.Length == 0) return default;
        if (s_byName.TryGetValue(name, out FactSource known)) return known;
        lock (s_lock)
        {
            if (s_byName.TryGetValue(name, out known)) return known;
            if (s_count == byte.MaxValue) return default;
            s_names[++s_count] = name;
            return s_byName[name] = new FactSource((byte)s_count);
        }
    }

    public override string ToString() => Name;
}
