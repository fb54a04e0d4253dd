using System.Collections.Immutable;
using Microsoft.AspNetCore.Routing.Template;

namespace Towpath.Server;

/// <summary>
/// The methods that a path offers: those of its most specific pattern. Routing would also name the methods of <c>/{id}</c> for
/// <c>/count</c>, where "count" is no id.
/// </summary>
internal sealed class AllowedMethods(EndpointDataSource endpoints)
{
    private readonly Lazy<ImmutableArray<Offer>> _offers = new(() =>
        [.. endpoints.Endpoints.OfType<RouteEndpoint>().Select(Offer.Of).OrderBy(offer => offer.Precedence)]);

    /// <summary>For the header Allow (RFC 9110 section 10.2.1); empty when no pattern matches.</summary>
    public string Of(PathString path)
    {
        Offer[] matching = [.. _offers.Value.Where(offer => offer.Matches(path))];
        var methods = matching.Where(offer => offer.Precedence == matching[0].Precedence).SelectMany(offer => offer.Methods).ToHashSet();
        if (methods.Count == 0) return "";
        if (methods.Contains(HttpMethods.Get)) methods.Add(HttpMethods.Head);
        methods.Add(HttpMethods.Options);
        return string.Join(", ", methods.Order());
    }

    private sealed record Offer(decimal Precedence, TemplateMatcher Matcher, IReadOnlyList<string> Methods)
    {
        public static Offer Of(RouteEndpoint endpoint) => new(
            endpoint.RoutePattern.InboundPrecedence, new TemplateMatcher(new RouteTemplate(endpoint.RoutePattern), []),
            endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []);

        public bool Matches(PathString path) => Matcher.TryMatch(path, []);
    }
}
