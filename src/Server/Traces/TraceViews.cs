using System.Collections.Immutable;

namespace Towpath.Server;

/// <summary>What a result of <c>/pathTraces</c> shows besides the path itself; the key <c>view</c>, repeatable.</summary>
internal sealed class TraceViews
{
    private static readonly ImmutableArray<string> s_words =
        ["acl", "qos", "flexConnect", "accuracyList", "deviceStatistics", "performanceMonitorStatistics", "interfaceStatistics"];

    private readonly HashSet<string> _shown = new(StringComparer.OrdinalIgnoreCase);

    public bool Acl => _shown.Contains("acl");

    public bool Qos => _shown.Contains("qos");

    public bool Accuracy => _shown.Contains("accuracyList");

    public bool Devices => _shown.Contains("deviceStatistics");

    public bool Performance => _shown.Contains("performanceMonitorStatistics");

    public bool Interfaces => _shown.Contains("interfaceStatistics");

    /// <summary>Repeated, or with commas between. Problems go to the reader.</summary>
    public static TraceViews Read(HttpRequest request, QueryReader query)
    {
        var views = new TraceViews();
        foreach (string word in request.Query["view"].OfType<string>()
            .SelectMany(words => words.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)))
        {
            if (!s_words.Contains(word, StringComparer.OrdinalIgnoreCase))
                query.Refuse($"view must be one of {string.Join(", ", s_words)}, not '{Texts.Shorten(word)}'.");
            views._shown.Add(word);
        }
        return views;
    }
}
