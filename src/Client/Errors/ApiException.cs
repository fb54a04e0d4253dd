using System.Net;

namespace Towpath.Client;

/// <summary>The controller refused a request, or its answer is not one of this API.</summary>
public class ApiException : TowpathException
{
    internal ApiException(HttpStatusCode status, string message, Exception? inner = null) : base(message, inner) => Status = status;

    /// <summary>The status of the answer. 200 or 202 with an answer that could not be read.</summary>
    public HttpStatusCode Status { get; }

    /// <summary>The envelope's <c>errorCode</c>; null when the answer was not in the API's error envelope.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>The envelope's <c>message</c>; null when the answer was not in the API's error envelope.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>The envelope's <c>detail</c>.</summary>
    public string? Detail { get; init; }

    /// <summary>The envelope's <c>href</c>.</summary>
    public string? Href { get; init; }

    /// <summary>How long the controller asked to wait (429, 503); null when it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }
}

/// <summary>401 after a fresh login, or 403: the user name, the password or the role.</summary>
public sealed class NotAllowedException : ApiException
{
    internal NotAllowedException(HttpStatusCode status, string message) : base(status, message) { }
}
