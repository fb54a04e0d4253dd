using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.AspNetCore.WebUtilities;

namespace Towpath.Server;

/// <summary>
/// Gives the API's body and headers to requests that Kestrel refuses before the API sees them: no HTTP, too long, too slow. Kestrel tells
/// of each refusal before it sends it, in the event of its documentation for rejected requests, and takes no other answer then. The answer
/// is therefore put on the connection here, and the empty one that Kestrel writes afterwards is dropped. Kestrel closes the connection in
/// any case.
/// </summary>
internal sealed class WebServerRefusals : IObserver<KeyValuePair<string, object?>>
{
    private const string Rejected = "Microsoft.AspNetCore.Server.Kestrel.BadRequest";

    public static void Watch(DiagnosticListener kestrel) => kestrel.Subscribe(new WebServerRefusals(), name => name == Rejected);

    /// <summary>For each listener, behind TLS: the connection in plain text.</summary>
    public static void UseOn(IConnectionBuilder listener) => listener.Use(next => connection =>
    {
        var answers = new ReplaceableAnswers(connection.Transport);
        connection.Transport = answers;
        connection.Features.Set(answers);
        return next(connection);
    });

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Value is not IFeatureCollection request) return;
        if (request.Get<IBadRequestExceptionFeature>()?.Error is not { } problem) return;
        if (request.Get<IHttpResponseFeature>() is not { HasStarted: false }) return;
        if (request.Get<IHttp2StreamIdFeature>() is not null) return; // a frame among others; only HTTP/1 has the connection for itself
        request.Get<ReplaceableAnswers>()?.Replace(Answer(ErrorEnvelope.Refusal(problem)));
    }

    public void OnError(Exception error)
    {
    }

    public void OnCompleted()
    {
    }

    private static byte[] Answer(ApiException refusal)
    {
        IHeaderDictionary headers = new HeaderDictionary();
        ErrorEnvelope.SetHeaders(headers);
        headers.ContentType = "application/json";
        headers.Connection = "close";
        var body = new ArrayBufferWriter<byte>();
        ErrorEnvelope.Write(body, refusal, href: "");
        headers.ContentLength = body.WrittenCount;

        var head = new StringBuilder();
        head.Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {refusal.Status} {ReasonPhrases.GetReasonPhrase(refusal.Status)}\r\n");
        foreach ((string name, var text) in headers) head.Append(CultureInfo.InvariantCulture, $"{name}: {text}\r\n");
        return [.. Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()), .. body.WrittenSpan];
    }
}
