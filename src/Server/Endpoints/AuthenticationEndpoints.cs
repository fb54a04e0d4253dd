using System.Text;
using System.Text.Unicode;
using Towpath.Accounts;
using Towpath.Contracts;

namespace Towpath.Server;

/// <summary>Tokens of the Catalyst family: Basic in, a token for 60 minutes out.</summary>
internal static class AuthenticationEndpoints
{
    public static TimeSpan TokenLifetime { get; } = TimeSpan.FromMinutes(60);

    public static void MapAuthentication(this IEndpointRouteBuilder api)
    {
        api.MapPost("/dna/system/api/v1/auth/token", IssueAsync)
            .GivesBare<TokenAnswer>("A token for 60 minutes, for a name and a password.");
        api.MapPost("/api/system/v1/auth/token", IssueAsync)
            .GivesBare<TokenAnswer>("The same at its older address.");
    }

    private static async Task<IResult> IssueAsync(HttpContext context, Logins logins, Tokens tokens, CancellationToken cancellationToken)
    {
        (string name, string password) = ReadBasic(context.Request.Headers.Authorization);
        Account account = await logins.LoginAsync(name, password, context.Connection.RemoteIpAddress, cancellationToken);
        string token = await tokens.IssueAsync(account, TokenLifetime, idle: null, cancellationToken);
        return Results.Json(new TokenAnswer(token), TowpathJson.Options);
    }

    /// <summary>RFC 7617, in UTF-8.</summary>
    private static (string Name, string Password) ReadBasic(string? header)
    {
        const string Scheme = "Basic ";
        if (header is { Length: > 6 and < 2000 } && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            Span<byte> octets = stackalloc byte[1500];
            if (Convert.TryFromBase64Chars(header.AsSpan(Scheme.Length).Trim(), octets, out int written) && Utf8.IsValid(octets[..written])
                && Encoding.UTF8.GetString(octets[..written]).Split(':', 2) is [{ Length: > 0 } name, var password])
            {
                return (name, password);
            }
        }
        throw new ApiException(StatusCodes.Status401Unauthorized, "UNAUTHORIZED",
            "Send user name and password in the header Authorization: Basic.");
    }
}
