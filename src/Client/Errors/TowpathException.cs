namespace Towpath.Client;

/// <summary>
/// Base of everything the SDK throws, other than for a caller's own mistakes and cancellation. The message says what to try.
/// </summary>
public abstract class TowpathException : Exception
{
    private protected TowpathException(string message, Exception? inner = null) : base(message, inner) { }
}

/// <summary>There is nobody to log in as: no profile was saved and the environment names no controller.</summary>
public sealed class NotLoggedInException : TowpathException
{
    internal NotLoggedInException(string message) : base(message) { }
}

/// <summary>No connection to the controller, or it is not the one whose certificate was asked for.</summary>
public sealed class NotReachableException : TowpathException
{
    internal NotReachableException(Uri url, string message, Exception? inner = null) : base(message, inner) => Url = url;

    /// <summary>The controller's base address.</summary>
    public Uri Url { get; }

    /// <summary>
    /// SHA-256 of the certificate that was presented and refused, in hexadecimal; null when no certificate is the problem.
    /// </summary>
    public string? PresentedFingerprint { get; init; }
}
