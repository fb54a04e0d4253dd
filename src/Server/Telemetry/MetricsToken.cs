using System.Security.Cryptography;
using System.Text;

namespace Towpath.Server;

/// <summary>
/// What opens <c>/metrics</c> to a collector of metrics, which cannot log in every hour: a Bearer token from a file. It opens nothing else.
/// </summary>
internal sealed class MetricsToken
{
    private const int LeastLetters = 16;
    private const string Scheme = "Bearer ";

    private readonly byte[]? _digest;

    private MetricsToken(byte[]? digest) => _digest = digest;

    /// <param name="path">Null: there is none.</param>
    /// <exception cref="ServerStartException">It is not there, others can read it, or it is too short.</exception>
    public static MetricsToken Read(string? path)
    {
        if (path is null) return new MetricsToken(null);
        try
        {
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & (UnixFileMode.GroupRead | UnixFileMode.OtherRead)) != 0)
                throw new ServerStartException($"Others can read the token in {path}. Take that right away: chmod 600 {path}");
            string token = File.ReadLines(path).FirstOrDefault("").Trim();
            return token.Length >= LeastLetters
                ? new MetricsToken(Digest(token))
                : throw new ServerStartException($"The first line of {path} has fewer than {LeastLetters} letters. Make one with: "
                    + "(umask 077; openssl rand -hex 32 > FILE)");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new ServerStartException($"--metrics-token: {problem.Message}", problem);
        }
    }

    /// <summary>Whether the request is for the metrics and carries the token. How long that takes tells nothing of it.</summary>
    public bool Opens(HttpRequest request, Endpoint endpoint)
    {
        if (_digest is null || endpoint.Metadata.GetMetadata<MetricsRoute>() is null) return false;
        string? header = request.Headers.Authorization is [{ } only] ? only : null;
        return header?.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) == true
            && CryptographicOperations.FixedTimeEquals(Digest(header[Scheme.Length..].Trim()), _digest);
    }

    private static byte[] Digest(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}

/// <summary>Metadata of the one route that the token opens.</summary>
internal sealed class MetricsRoute
{
    public static MetricsRoute Instance { get; } = new();
}
