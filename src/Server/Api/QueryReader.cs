using System.Globalization;
using Towpath.Network;
using Towpath.Tasks;

namespace Towpath.Server;

/// <summary>
/// Reads a request's query, gathering problems; <see cref="Validate"/> refuses the request with all of them. Blank counts as absent.
/// </summary>
internal sealed class QueryReader(HttpRequest request)
{
    private readonly List<string> _problems = [];

    public string? Text(string name) => request.Query[name] is [{ Length: > 0 } text, ..] ? text : null;

    /// <summary>true or false in any case.</summary>
    public bool? Flag(string name) => Text(name) switch
    {
        null => null,
        var text when bool.TryParse(text, out bool value) => value,
        var text => Wrong<bool?>(name, "true or false", text),
    };

    /// <summary>Epoch milliseconds.</summary>
    public DateTimeOffset? Time(string name)
    {
        const long Latest = 253402300799999; // the end of the year 9999
        if (Text(name) is not { } text) return null;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long value) && value <= Latest
            ? DateTimeOffset.FromUnixTimeMilliseconds(value)
            : Wrong<DateTimeOffset?>(name, "a time in milliseconds since 1970", text);
    }

    /// <summary>An id that is no UUID matches nothing, it is no error: the default, no task, then.</summary>
    public TaskId? Task(string name)
    {
        if (Text(name) is not { } text) return null;
        return TaskId.TryParse(text, null, out TaskId id) ? id : default;
    }

    /// <summary>As <see cref="Task"/>, of a device.</summary>
    public DeviceId? Device(string name)
    {
        if (Text(name) is not { } text) return null;
        return DeviceId.TryParse(text, null, out DeviceId id) ? id : default;
    }

    public Ipv4Address? Address(string name)
    {
        if (Text(name) is not { } text) return null;
        return Ipv4Address.TryParse(text, CultureInfo.InvariantCulture, out Ipv4Address address)
            ? address : Wrong<Ipv4Address?>(name, "an IPv4 address", text);
    }

    /// <summary>One of the words, in any case, in our spelling.</summary>
    public string? Word(string name, params ReadOnlySpan<string> words)
    {
        if (Text(name) is not { } text) return null;
        foreach (string word in words)
        {
            if (word.Equals(text, StringComparison.OrdinalIgnoreCase)) return word;
        }
        return Wrong<string>(name, $"one of {string.Join(", ", words)}", text);
    }

    /// <summary>What one of the words means, in any case; the default when it is absent.</summary>
    public T? Choice<T>(string name, params ReadOnlySpan<(string Word, T Meaning)> choices)
    {
        if (Text(name) is not { } text) return default;
        foreach ((string word, T meaning) in choices)
        {
            if (word.Equals(text, StringComparison.OrdinalIgnoreCase)) return meaning;
        }
        return Wrong<T>(name, $"one of {string.Join(", ", choices.ToArray().Select(choice => choice.Word))}", text);
    }

    /// <summary><c>order</c>: asc, or dsc (also desc and des, as other resources spell it).</summary>
    public bool Descending(string name = "order") => Word(name, "asc", "dsc", "desc", "des") is { } word && word != "asc";

    public void Refuse(string problem) => _problems.Add(problem);

    /// <exception cref="ApiException">400 with all problems.</exception>
    public void Validate()
    {
        if (_problems.Count > 0) throw ApiException.Malformed(_problems);
    }

    private T? Wrong<T>(string name, string expected, string text)
    {
        _problems.Add($"{name} must be {expected}, not '{Texts.Shorten(text)}'.");
        return default;
    }
}
