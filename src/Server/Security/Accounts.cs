using System.Net;
using Towpath.Storage;
using Towpath.Tasks;

namespace Towpath.Server;

/// <summary>Logins, and the first administrator.</summary>
internal sealed class Accounts(IAccountStore store, IWriter writer, LoginLimiter limiter, TimeProvider time, ILogger<Accounts> logger) : IDisposable
{
    public const string FirstAdministrator = "admin";
    public const string AdministratorRole = "admin";
    private const int LongestName = 100;
    private const int LongestPassword = 500;

    private readonly SemaphoreSlim _hashing = new(2); // each costs a core about 0.1 s on purpose; a flood of logins must not take all cores

    /// <exception cref="ApiException">401 when name and password do not belong together, 429 after too many failures.</exception>
    public async Task<Account> LoginAsync(string name, string password, IPAddress? address, CancellationToken cancellationToken)
    {
        IPAddress from = address ?? IPAddress.None;
        if (name.Length > LongestName || password.Length > LongestPassword) throw Wrong();
        limiter.Check(name, from);
        Account? account = await store.FindAsync(name, cancellationToken);
        if (!await MatchesAsync(password, account?.PasswordHash ?? Passwords.MatchesNothing, cancellationToken) || account is null)
        {
            limiter.Failed(name, from);
            logger.LoginRefused(Texts.Plain(name), from, "wrong user name or password");
            throw Wrong();
        }
        limiter.Succeeded(name, from);
        return account;

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

    public void Dispose() => _hashing.Dispose();

    private Account NewAdministrator(string password) => new(FirstAdministrator, Passwords.Hash(password), AdministratorRole, time.GetUtcNow());

    private async Task<bool> MatchesAsync(string password, string hash, CancellationToken cancellationToken)
    {
        await _hashing.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(() => Passwords.Matches(password, hash), cancellationToken);
        }
        finally
        {
            _hashing.Release();
        }
    }
}

/// <param name="GeneratedPassword">To print once; null when none was made.</param>
/// <param name="WasIgnored">A password was given though an account exists already.</param>
internal readonly record struct FirstAccount(string? GeneratedPassword, bool WasIgnored);
