using System.Net;
using Towpath.Storage;
using Towpath.Tasks;

namespace Towpath.Server;

/// <summary>Logins, and the first administrator.</summary>
internal sealed class Accounts(
    IAccountStore store, IWriter writer, LoginLimiter limiter, PasswordQueue queue, RecentPasswords recent, TimeProvider time,
    ILogger<Accounts> logger)
{
    public const string FirstAdministrator = "admin";
    public const string AdministratorRole = "admin";
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

    /// <summary>Makes the first administrator unless there is an account already.</summary>
    /// <param name="password">Null: one is made.</param>
    /// <returns>What the operator must be told.</returns>
    /// <exception cref="ServerStartException">The password is too short.</exception>
    public async Task<FirstAccount> EnsureAdministratorAsync(string? password, CancellationToken cancellationToken)
    {
        if (!(await store.NamesAsync(cancellationToken)).IsEmpty) return new FirstAccount(null, WasIgnored: password is not null);
        if (password is { Length: < Passwords.ShortestLength })
            throw new ServerStartException($"The administrator's password must have at least {Passwords.ShortestLength} characters.");
        string chosen = password ?? Passwords.Generate();
        await writer.CommitAsync([new SaveAccount(NewAdministrator(chosen))], cancellationToken);
        return new FirstAccount(password is null ? chosen : null, WasIgnored: false);
    }

    /// <summary>Gives the administrator a new password and ends all its tokens.</summary>
    public async Task<string> ResetPasswordAsync(CancellationToken cancellationToken)
    {
        string password = Passwords.Generate();
        await writer.CommitAsync([new SaveAccount(NewAdministrator(password)), new RevokeTokensOf(FirstAdministrator)], cancellationToken);
        return password;
    }

    private Account NewAdministrator(string password) => new(FirstAdministrator, Passwords.Hash(password), AdministratorRole, time.GetUtcNow());

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

/// <param name="GeneratedPassword">To print once; null when none was made.</param>
/// <param name="WasIgnored">A password was given though an account exists already.</param>
internal readonly record struct FirstAccount(string? GeneratedPassword, bool WasIgnored);
