using System.Net;
using Towpath.Accounts;

namespace Towpath.Server;

/// <summary>Logins: who guesses is slowed down, and who is right is told so at once.</summary>
internal sealed class Logins(
    IAccountStore store, LoginLimiter limiter, PasswordQueue queue, RecentPasswords recent, TimeProvider time, ILogger<Logins> logger)
{
    private const int LongestName = 100;
    private const int LongestPassword = 500;

    private readonly LogLimit _log = new(time);

    /// <exception cref="ApiException">401: name and password do not belong together; 429: too many failed, or too many wait.</exception>
    public async Task<Account> LoginAsync(string name, string password, IPAddress? address, CancellationToken cancellationToken)
    {
        IPAddress from = address ?? IPAddress.None;
        if (name.Length > LongestName || password.Length > LongestPassword) throw Wrong();
        try
        {
            limiter.Check(name, from); // also before what is remembered, which would tell a right guess otherwise
            Account? account = await store.FindAsync(name, cancellationToken);
            if (account is not null && IsRemembered(account, password, from)) return account;
            Task<bool> Check() => MatchesAsync(account, name, password, from, cancellationToken);
            return await queue.InTurnAsync(limiter.Knows(name, from), Check, cancellationToken) ? account! : throw Wrong();
        }
        catch (ApiException refusal)
        {
            if (_log.Next() is { } ending) logger.LoginRefused(Texts.Plain(name), from, refusal.Message, ending);
            throw;
        }

        static ApiException Wrong() => new(StatusCodes.Status401Unauthorized, "UNAUTHORIZED", "The user name or the password is wrong.");
    }

    /// <summary>An account that does not exist takes as long as one that does.</summary>
    private async Task<bool> MatchesAsync(
        Account? account, string name, string password, IPAddress from, CancellationToken cancellationToken)
    {
        if (account is not null && IsRemembered(account, password, from)) return true; // found right while this one waited
        limiter.Begin(name, from);
        string hash = account?.PasswordHash ?? Passwords.MatchesNothing;
        if (!await Task.Run(() => Passwords.Matches(password, hash), cancellationToken) || account is null) return false;
        recent.Remember(account, password);
        limiter.Succeeded(name, from, wasCounted: true);
        return true;
    }

    private bool IsRemembered(Account account, string password, IPAddress from)
    {
        if (!recent.Matches(account, password)) return false;
        limiter.Succeeded(account.Name, from, wasCounted: false);
        return true;
    }
}
