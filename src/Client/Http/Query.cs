using System.Globalization;
using System.Text;

namespace Towpath.Client;

/// <summary>Builds a path with a query: values escaped, nulls left out.</summary>
internal sealed class Query(string path)
{
    private readonly StringBuilder _text = new(path);
    private char _separator = '?';

    public Query Add(string name, string? value)
    {
        if (value is null) return this;
        _text.Append(_separator).Append(name).Append('=').Append(Uri.EscapeDataString(value));
        _separator = '&';
        return this;
    }

    public Query Add(string name, int? value) => Add(name, value?.ToString(CultureInfo.InvariantCulture));

    public Query Add(string name, IEnumerable<string>? values)
    {
        foreach (string value in values ?? []) Add(name, value);
        return this;
    }

    public override string ToString() => _text.ToString();
}
