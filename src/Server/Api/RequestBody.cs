using System.Buffers;
using System.Collections.Immutable;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Towpath.Server;

/// <summary>
/// The JSON object of a request. Its readers gather problems instead of stopping at the first; <see cref="Validate"/> refuses the
/// request with all of them. Names that nobody read are unknown fields: reported as warnings, or refused when the client sends
/// <c>Prefer: handling=strict</c> (RFC 7240).
/// </summary>
internal sealed class RequestBody
{
    public const int MostOctets = 1 << 20;
    private const int DeepestNesting = 32;
    private const int MostWarnings = 20;
    private static readonly JsonDocumentOptions s_options = new() { MaxDepth = DeepestNesting, AllowDuplicateProperties = false };

    private readonly JsonElement _object;
    private readonly bool _strict;
    private readonly List<string> _known = []; // few; compared without making strings of the fields' names
    private bool _knowsAll;
    private readonly List<string> _problems = [];
    private readonly string _prefix;

    private RequestBody(JsonElement element, bool strict, string prefix)
    {
        _object = element;
        _strict = strict;
        _prefix = prefix;
    }

    /// <exception cref="ApiException">415, or 400 when the body is no JSON object.</exception>
    public static async Task<RequestBody> ReadAsync(HttpContext context, CancellationToken cancellationToken)
    {
        JsonElement root = await ReadJsonAsync(context, cancellationToken);
        return root.ValueKind == JsonValueKind.Object
            ? new RequestBody(root, IsStrict(context), "")
            : throw ApiException.Malformed($"The body must be a JSON object, not {Describe(root)}.");
    }

    /// <summary>For the calls that take an array of objects; a single object counts as an array of one.</summary>
    /// <exception cref="ApiException">415, or 400 when the body is no array of JSON objects, or an empty or long one.</exception>
    public static async Task<ImmutableArray<RequestBody>> ReadArrayAsync(HttpContext context, int most, CancellationToken cancellationToken)
    {
        JsonElement root = await ReadJsonAsync(context, cancellationToken);
        bool strict = IsStrict(context);
        if (root.ValueKind == JsonValueKind.Object) return [new RequestBody(root, strict, "")];
        if (root.ValueKind != JsonValueKind.Array || root.GetArrayLength() == 0 || root.GetArrayLength() > most)
            throw ApiException.Malformed($"The body must be a JSON array of 1 to {most} objects, not {Describe(root)}.");
        if (root.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.Object))
            throw ApiException.Malformed("Every element of the body's array must be a JSON object.");
        return [.. root.EnumerateArray().Select((item, index) => new RequestBody(item, strict, $"[{index}]."))];
    }

    /// <summary>For the calls that take an array of texts.</summary>
    /// <exception cref="ApiException">415, or 400 when the body is no array of texts, or an empty or long one.</exception>
    public static async Task<ImmutableArray<string>> ReadTextsAsync(HttpContext context, int most, CancellationToken cancellationToken)
    {
        JsonElement root = await ReadJsonAsync(context, cancellationToken);
        return root.ValueKind == JsonValueKind.Array && root.GetArrayLength() is > 0 and var count && count <= most
            && root.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String)
            ? [.. root.EnumerateArray().Select(item => item.GetString()!)]
            : throw ApiException.Malformed($"The body must be a JSON array of 1 to {most} texts, not {Describe(root)}.");
    }

    /// <summary>Any JSON value, for bodies that are no object; bounded in size and depth, without duplicate names.</summary>
    /// <exception cref="ApiException">415, or 400 naming the position of what is wrong.</exception>
    public static async Task<JsonElement> ReadJsonAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (!IsJson(context.Request))
            throw new ApiException(StatusCodes.Status415UnsupportedMediaType, "UNSUPPORTED_MEDIA_TYPE",
                "The body must be application/json in UTF-8.");
        byte[] octets = await ReadAllAsync(context.Request.BodyReader, cancellationToken);
        ReadOnlyMemory<byte> text = octets.AsSpan().StartsWith("\uFEFF"u8) ? octets.AsMemory(3) : octets;
        if (text.IsEmpty) throw ApiException.Malformed("The body is empty; it must be JSON.");
        if (!Utf8.IsValid(text.Span)) throw ApiException.Malformed($"The body is no UTF-8: it is broken at octet {Utf8Length(text.Span)}.");
        try
        {
            CheckValues(text.Span);
            return JsonElement.Parse(text.Span, s_options);
        }
        catch (JsonException problem)
        {
            throw ApiException.Malformed($"The body is no valid JSON: {problem.Message}");
        }
    }

    /// <summary>
    /// Trimmed of nothing: what was sent. Numbers are taken as their text, since clients send ports and counts either way.
    /// </summary>
    /// <returns>Null when absent, JSON null, or ill-typed (a problem then).</returns>
    public string? Text(string name, int longest = 1000)
    {
        if (Find(name) is not { } value) return null;
        if (value.ValueKind == JsonValueKind.Number) return value.GetRawText();
        if (value.ValueKind != JsonValueKind.String) return Wrong<string>(name, "a text", value);
        string text = value.GetString()!;
        return text.Length <= longest
            ? text : Problem<string>($"{_prefix}{name} has {text.Length} characters; at most {longest} are taken.");
    }

    /// <summary><see cref="Text"/> that must be there and not blank.</summary>
    /// <returns>Empty when it is not; the problem is noted.</returns>
    public string RequiredText(string name, int longest = 1000)
    {
        int problems = _problems.Count;
        string? text = Text(name, longest);
        if (string.IsNullOrWhiteSpace(text) && problems == _problems.Count) Refuse($"{name} is required.");
        return text ?? "";
    }

    /// <summary>A number, or a text that is one.</summary>
    public int? Number(string name, int least, int most)
    {
        if (Find(name) is not { } value) return null;
        if (value.ValueKind == JsonValueKind.String && string.IsNullOrWhiteSpace(value.GetString())) return null;
        bool isNumber = value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number)
            || value.ValueKind == JsonValueKind.String
                && int.TryParse(value.GetString(), System.Globalization.NumberStyles.None, null, out number);
        return isNumber && ReadInt(value) is var read && read >= least && read <= most
            ? read : Wrong<int?>(name, $"a number from {least} to {most}", value);
    }

    /// <summary>true or false, also as a text.</summary>
    public bool? Flag(string name) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        { ValueKind: JsonValueKind.String } text when bool.TryParse(text.GetString(), out bool value) => value,
        { } other => Wrong<bool?>(name, "true or false", other),
    };

    /// <summary>
    /// An array of texts; a single text counts as an array of one, and numbers as their text, as in <see cref="Text"/>. Empty when absent.
    /// </summary>
    public ImmutableArray<string> Texts(string name, int most = 500)
    {
        if (Find(name) is not { } value) return [];
        if (value.ValueKind == JsonValueKind.String) return value.GetString() is { Length: > 0 } only ? [only] : [];
        if (value.ValueKind == JsonValueKind.Number) return [value.GetRawText()];
        if (value.ValueKind != JsonValueKind.Array || value.EnumerateArray().Any(item => !IsTextOrNumber(item)))
        {
            Wrong<string>(name, "an array of texts", value);
            return [];
        }
        if (value.GetArrayLength() <= most) return [.. value.EnumerateArray().Select(item => item.ToString())];
        Refuse($"{name} has {value.GetArrayLength()} entries; at most {most} are taken.");
        return [];
    }

    /// <summary>
    /// A nested object; null when absent. Its problems and unknown names count with this body's once it is validated itself.
    /// </summary>
    public RequestBody? Object(string name) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Object } value => new RequestBody(value, _strict, $"{_prefix}{name}."),
        { } other => Wrong<RequestBody>(name, "an object", other),
    };

    /// <summary>
    /// Nested objects: an array of them, or a single one. Empty when absent. Each is validated by itself, as that of <see cref="Object"/>.
    /// </summary>
    public ImmutableArray<RequestBody> Objects(string name, int most)
    {
        if (Find(name) is not { } value) return [];
        if (value.ValueKind == JsonValueKind.Object) return [new RequestBody(value, _strict, $"{_prefix}{name}.")];
        if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() <= most
            && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Object))
            return [.. value.EnumerateArray().Select((item, index) => new RequestBody(item, _strict, $"{_prefix}{name}[{index}]."))];
        Wrong<string>(name, $"an array of up to {most} objects", value);
        return [];
    }

    /// <summary>Marks a field as known though nothing is done with it. True when the client sent a value.</summary>
    public bool Ignore(string name) =>
        Find(name) is { } value && !(value.ValueKind == JsonValueKind.String && value.GetString()!.Length == 0);

    /// <summary>True when the client sent the field, whatever its value.</summary>
    public bool Has(string name) => _object.TryGetProperty(name, out _);

    /// <summary>True when the client sent the field and it is not null.</summary>
    public bool IsGiven(string name) => Find(name) is not null;

    /// <summary>The other fields are known, and mean nothing here.</summary>
    public void IgnoreTheRest() => _knowsAll = true;

    /// <summary>Notes a problem of meaning, with the offending value in its words.</summary>
    public void Refuse(string problem) => _problems.Add(_prefix + problem);

    /// <summary>Ends the reading.</summary>
    /// <returns>A warning for each unknown field.</returns>
    /// <exception cref="ApiException">400 with all problems.</exception>
    public ImmutableArray<string> Validate()
    {
        List<string> warnings = [];
        foreach (JsonProperty field in _object.EnumerateObject())
        {
            if (warnings.Count == MostWarnings) break;
            if (IsKnown(field)) continue;
            string unknown = $"The field '{_prefix}{Server.Texts.Shorten(field.Name)}' is not known";
            warnings.Add(unknown + " and was ignored.");
            if (_strict) _problems.Add(unknown + ".");
        }
        return _problems.Count == 0 ? [.. warnings] : throw ApiException.Malformed(_problems);
    }

    private bool IsKnown(JsonProperty field)
    {
        if (_knowsAll) return true;
        foreach (string name in _known)
        {
            if (field.NameEquals(name)) return true;
        }
        return false;
    }

    private JsonElement? Find(string name)
    {
        _known.Add(name);
        return _object.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }

    private static bool IsTextOrNumber(JsonElement value) => value.ValueKind is JsonValueKind.String or JsonValueKind.Number;

    private static int ReadInt(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number ? value.GetInt32()
            : int.Parse(value.GetString()!, System.Globalization.NumberStyles.None, null);

    private T? Wrong<T>(string name, string expected, JsonElement value) =>
        Problem<T>($"{_prefix}{name} must be {expected}, not {Describe(value)}.");

    private T? Problem<T>(string problem)
    {
        _problems.Add(problem);
        return default;
    }

    private static string Describe(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => $"an array of {value.GetArrayLength()}",
        _ => Server.Texts.Shorten(value.GetRawText()),
    };

    private static bool IsStrict(HttpContext context) =>
        context.Request.Headers["Prefer"].Any(preference =>
            preference?.Contains("handling=strict", StringComparison.OrdinalIgnoreCase) == true);

    private static bool IsJson(HttpRequest request) =>
        request.ContentType == "application/json" // nearly always; everything else is taken apart
        || request.HasJsonContentType() && IsUtf8(request.GetTypedHeaders().ContentType?.Charset.Value);

    private static bool IsUtf8(string? charset) => charset is null || charset.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase);

    private static async Task<byte[]> ReadAllAsync(PipeReader body, CancellationToken cancellationToken)
    {
        while (true)
        {
            ReadResult read = await ReadAsync(body, cancellationToken);
            if (read.IsCompleted)
            {
                byte[] octets = read.Buffer.ToArray();
                body.AdvanceTo(read.Buffer.End);
                return octets;
            }
            body.AdvanceTo(read.Buffer.Start, read.Buffer.End); // the server refuses bodies over the limit, so this ends
        }
    }

    private static async ValueTask<ReadResult> ReadAsync(PipeReader body, CancellationToken cancellationToken)
    {
        try
        {
            return await body.ReadAsync(cancellationToken);
        }
        catch (Exception problem) when (problem is InvalidOperationException or IOException and not BadHttpRequestException)
        {
            // Kestrel's own for the size of a chunk that overflows, and for trailers that are no UTF-8.
            throw ApiException.Malformed("The body cannot be read: a chunk, its size or what follows the last one is broken.");
        }
    }

    /// <summary>Up to which octet it is text.</summary>
    private static int Utf8Length(ReadOnlySpan<byte> octets)
    {
        int length = 0;
        while (Rune.DecodeFromUtf8(octets[length..], out _, out int consumed) == OperationStatus.Done) length += consumed;
        return length;
    }

    /// <summary>
    /// Numbers that no field of ours can hold (1e400, 30 digits) would be read as something else than was sent; half a surrogate pair
    /// (<c>\ud800</c>) is no text, which nobody says before it is read.
    /// </summary>
    private static void CheckValues(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = DeepestNesting });
        while (reader.Read())
        {
            if (reader.ValueIsEscaped && !IsText(reader)) // a text or a name
                throw ApiException.Malformed($"The text at octet {reader.TokenStartIndex} of the body has half a surrogate pair.");
            if (reader.TokenType != JsonTokenType.Number) continue;
            bool fits = reader.TryGetInt64(out _) || reader.ValueSpan.ContainsAny(".eE"u8) && reader.TryGetDouble(out double value)
                && double.IsFinite(value);
            if (!fits) throw ApiException.Malformed($"The number at octet {reader.TokenStartIndex} of the body is out of range.");
        }
    }

    private static bool IsText(in Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString() is not null;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
