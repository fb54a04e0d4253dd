using System.Collections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace Towpath.Server;

/// <summary>
/// A key of the query that nobody asks for is ignored, as the origin does, and the header Warning names it: a filter that is misspelled
/// would otherwise look like one that everything matches.
/// </summary>
internal sealed class UnusedQueryKeys(RequestDelegate next)
{
    private const int MostWarnings = 20;

    public Task InvokeAsync(HttpContext context)
    {
        if (!context.Request.QueryString.HasValue) return next(context);
        var query = new WatchedQuery(context.Request.Query);
        context.Features.Set<IQueryFeature>(new QueryFeature(query)); // setting Request.Query would write the target anew
        context.Response.OnStarting(() =>
        {
            Warn(context.Response, query);
            return Task.CompletedTask;
        });
        return next(context);
    }

    /// <summary>A refusal has said what is wrong, and its reading may have stopped before the end.</summary>
    private static void Warn(HttpResponse response, WatchedQuery query)
    {
        if (response.StatusCode >= StatusCodes.Status400BadRequest) return;
        foreach (string key in query.Unused.Take(MostWarnings))
            Answers.Warn(response, $"The query key '{Texts.Shorten(key)}' is not used here and was ignored.");
    }

    /// <summary>Remembers which keys were asked for.</summary>
    private sealed class WatchedQuery(IQueryCollection query) : IQueryCollection
    {
        private readonly HashSet<string> _used = new(StringComparer.OrdinalIgnoreCase); // as the keys themselves are compared

        public IEnumerable<string> Unused => query.Keys.Where(key => !_used.Contains(key));

        public int Count => query.Count;

        public ICollection<string> Keys => query.Keys;

        public StringValues this[string key] => query[Use(key)];

        public bool ContainsKey(string key) => query.ContainsKey(Use(key));

        public bool TryGetValue(string key, out StringValues value) => query.TryGetValue(Use(key), out value);

        public IEnumerator<KeyValuePair<string, StringValues>> GetEnumerator() => query.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        private string Use(string key)
        {
            _used.Add(key);
            return key;
        }
    }
}
