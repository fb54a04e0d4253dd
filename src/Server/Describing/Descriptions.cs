using Microsoft.AspNetCore.Http.Metadata;
using Towpath.Contracts;

namespace Towpath.Server;

/// <summary>
/// What the OpenAPI document says of an operation besides its address. Nothing here changes what is served: requests are read and answers
/// written as the handlers do it, and tests hold the description against them.
/// </summary>
internal static class Descriptions
{
    private const string Json = "application/json";

    /// <summary>200 with this in the envelope.</summary>
    /// <param name="query">The keys of the query that are used.</param>
    public static IEndpointConventionBuilder Gives<T>(
        this IEndpointConventionBuilder route, string summary, params IReadOnlyList<string> query) =>
        route.Describe(StatusCodes.Status200OK, typeof(Envelope<T>), Json, summary, query);

    /// <summary>200 with a list of these in the envelope.</summary>
    /// <inheritdoc cref="Gives{T}"/>
    public static IEndpointConventionBuilder GivesList<T>(
        this IEndpointConventionBuilder route, string summary, params IReadOnlyList<string> query) =>
        route.Gives<IReadOnlyList<T>>(summary, query);

    /// <summary>200 with this and no envelope.</summary>
    /// <inheritdoc cref="Gives{T}"/>
    public static IEndpointConventionBuilder GivesBare<T>(
        this IEndpointConventionBuilder route, string summary, params IReadOnlyList<string> query) =>
        route.Describe(StatusCodes.Status200OK, typeof(T), Json, summary, query);

    /// <summary>202 with the task.</summary>
    /// <inheritdoc cref="Gives{T}"/>
    public static IEndpointConventionBuilder Starts(
        this IEndpointConventionBuilder route, string summary, params IReadOnlyList<string> query) =>
        route.Starts<TaskReference>(summary, query);

    /// <summary>202 with an answer of the resource's own, which names the task; with <c>wait</c> when that has ended.</summary>
    /// <inheritdoc cref="Gives{T}"/>
    public static IEndpointConventionBuilder Starts<T>(
        this IEndpointConventionBuilder route, string summary, params IReadOnlyList<string> query) =>
        route.Describe(StatusCodes.Status202Accepted, typeof(Envelope<T>), Json, summary, [.. query, QueryKeys.Wait]);

    /// <summary>Server-sent events with these as their data.</summary>
    /// <inheritdoc cref="Gives{T}"/>
    public static IEndpointConventionBuilder Streams<T>(
        this IEndpointConventionBuilder route, string summary, params IReadOnlyList<string> query) =>
        route.Describe(StatusCodes.Status200OK, typeof(T), "text/event-stream", summary, query);

    /// <summary>200 with a text.</summary>
    public static IEndpointConventionBuilder GivesText(
        this IEndpointConventionBuilder route, string summary, string contentType = "text/plain") =>
        route.Describe(StatusCodes.Status200OK, typeof(string), contentType, summary, []);

    /// <summary>204, also.</summary>
    public static IEndpointConventionBuilder GivesNothing(this IEndpointConventionBuilder route) =>
        route.WithMetadata(new ProducesResponseTypeMetadata(StatusCodes.Status204NoContent, typeof(void)));

    /// <summary>204.</summary>
    public static IEndpointConventionBuilder GivesNothing(this IEndpointConventionBuilder route, string summary) =>
        route.GivesNothing().WithMetadata(new Summary(summary));

    /// <summary>The same rows as a file, with <c>format=csv</c>.</summary>
    public static IEndpointConventionBuilder AlsoAsCsv(this IEndpointConventionBuilder route) => route.WithMetadata(CsvToo.Instance);

    /// <summary>A body of this shape.</summary>
    public static IEndpointConventionBuilder Takes<T>(this IEndpointConventionBuilder route) =>
        route.WithMetadata(new TakenBody(typeof(T)));

    /// <summary>The framework lists routes that have a handler's method; a plain delegate is given one that stands in.</summary>
    public static IEndpointConventionBuilder Listed(this IEndpointConventionBuilder route) =>
        route.WithMetadata(((Delegate)(static () => { })).Method);

    private static IEndpointConventionBuilder Describe(
        this IEndpointConventionBuilder route, int status, Type answer, string contentType, string summary, IReadOnlyList<string> query) =>
        route.WithMetadata(
            new ProducesResponseTypeMetadata(status, answer, [contentType]), new Summary(summary), new QueryKeys(query));

    private sealed record Summary(string Text) : IEndpointSummaryMetadata
    {
        string IEndpointSummaryMetadata.Summary => Text;
    }
}

/// <summary>Metadata of an operation that reads a body of this shape. It is read by hand, so no binding checks it.</summary>
internal sealed record TakenBody(Type Type);

/// <summary>Metadata of an operation that gives rows as a file, too.</summary>
internal sealed class CsvToo
{
    public static CsvToo Instance { get; } = new();
}
