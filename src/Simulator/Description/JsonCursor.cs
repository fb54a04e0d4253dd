using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Towpath.Simulator;

/// <summary>
/// One object of the file while it is read: remembers where it stands and which keys were asked for, and gathers problems instead of
/// stopping at the first.
/// </summary>
internal sealed class JsonCursor(JsonElement element, string path, List<string> problems)
{
    private readonly HashSet<string> _known = ["note"];

    public string Path => path;

    private string PathOf(string key) => path.Length == 0 ? key : $"{path}.{key}";

    public void Problem(string key, string text) => problems.Add($"{PathOf(key)}: {text}");

    public bool Has(string key) => Find(key, out _);

    public string Text(string key, string? fallback = null)
    {
        if (!Find(key, out JsonElement value)) return Missing(key, fallback, "text");
        if (value.ValueKind == JsonValueKind.String) return value.GetString()!;
        Problem(key, $"{Shown(value)} is no text");
        return fallback ?? "";
    }

    public int Number(string key, int min, int max, int? fallback = null) => (int)Long(key, min, max, fallback);

    public long Long(string key, long min, long max, long? fallback = null)
    {
        if (!Find(key, out JsonElement value)) return Missing(key, fallback, $"a number {min}..{max}");
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number) && number >= min && number <= max) return number;
        Problem(key, $"{Shown(value)} is no whole number {min}..{max}");
        return fallback ?? min;
    }

    public bool Flag(string key, bool fallback)
    {
        if (!Find(key, out JsonElement value)) return fallback;
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False) return value.GetBoolean();
        Problem(key, $"{Shown(value)} is neither true nor false");
        return fallback;
    }

    /// <summary>One of the words given; the first is meant when the key is absent and not required.</summary>
    public string Choice(string key, bool required, params ReadOnlySpan<string> words)
    {
        string text = Text(key, required ? null : words[0]);
        if (words.Contains(text)) return text;
        if (Has(key)) Problem(key, $"'{text}' is none of {string.Join(", ", words.ToArray())}");
        return words[0];
    }

    /// <summary>A value written as text: an address, a prefix, a MAC address.</summary>
    /// <param name="what">What was expected, with an example, for the message.</param>
    public T Value<T>(string key, string what, T? fallback = null)
        where T : struct, IParsable<T>
    {
        if (!Find(key, out JsonElement value)) return Missing(key, fallback, what);
        return Read<T>(value, PathOf(key), what);
    }

    public ImmutableArray<T> Values<T>(string key, string what)
        where T : struct, IParsable<T> => [.. Items(key, required: false).Select(item => Read<T>(item.Value, item.Path, what))];

    public ImmutableArray<int> Numbers(string key, int min, int max) => [.. Items(key, required: false).Select(item =>
    {
        if (item.Value.ValueKind == JsonValueKind.Number && item.Value.TryGetInt32(out int number) && number >= min && number <= max)
            return number;
        problems.Add($"{item.Path}: {Shown(item.Value)} is no whole number {min}..{max}");
        return min;
    })];

    public ImmutableArray<string> Texts(string key) => [.. Items(key, required: false).Select(item =>
    {
        if (item.Value.ValueKind == JsonValueKind.String) return item.Value.GetString()!;
        problems.Add($"{item.Path}: {Shown(item.Value)} is no text");
        return "";
    })];

    public ImmutableArray<JsonCursor> Objects(string key, bool required = false) =>
        [.. Items(key, required).Select(item => AsObject(item.Value, item.Path)).OfType<JsonCursor>()];

    public JsonCursor? Object(string key) => Find(key, out JsonElement value) ? AsObject(value, PathOf(key)) : null;

    /// <summary>The entries of a list and their places; none when the key is absent.</summary>
    public IEnumerable<(JsonElement Value, string Path)> Items(string key, bool required)
    {
        if (!Find(key, out JsonElement list))
        {
            if (required) Problem(key, "is missing; give a list");
            return [];
        }
        if (list.ValueKind == JsonValueKind.Array)
            return list.EnumerateArray().Select((value, i) => (value, $"{PathOf(key)}[{i.ToString(CultureInfo.InvariantCulture)}]"));
        Problem(key, $"{Shown(list)} is no list");
        return [];
    }

    /// <summary>Call last: keys that nobody asked for are problems.</summary>
    public void End()
    {
        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (!_known.Contains(property.Name))
                Problem(property.Name, $"is no key here; known are {string.Join(", ", _known.Order(StringComparer.Ordinal))}");
        }
    }

    private JsonCursor? AsObject(JsonElement value, string where)
    {
        if (value.ValueKind == JsonValueKind.Object) return new JsonCursor(value, where, problems);
        problems.Add($"{where}: {Shown(value)} is no object");
        return null;
    }

    private T Read<T>(JsonElement value, string where, string what)
        where T : struct, IParsable<T>
    {
        if (value.ValueKind == JsonValueKind.String && T.TryParse(value.GetString(), CultureInfo.InvariantCulture, out T result))
            return result;
        problems.Add($"{where}: {Shown(value)} is no {what}");
        return default;
    }

    private bool Find(string key, out JsonElement value)
    {
        _known.Add(key);
        return element.TryGetProperty(key, out value);
    }

    private string Missing(string key, string? fallback, string what)
    {
        if (fallback is null) Problem(key, $"is missing; give {what}");
        return fallback ?? "";
    }

    private T Missing<T>(string key, T? fallback, string what)
        where T : struct
    {
        if (fallback is null) Problem(key, $"is missing; give {what}");
        return fallback ?? default;
    }

    private static string Shown(JsonElement value)
    {
        string text = value.ValueKind == JsonValueKind.String ? $"'{value.GetString()}'" : value.GetRawText();
        return text.Length <= 60 ? text : text[..60] + "...";
    }
}
