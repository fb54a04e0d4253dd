using Towpath.Tasks;

namespace Towpath.Accounts;

/// <summary>The first administrator, whom the machine's own operator makes.</summary>
public sealed class Administrator(IAccountStore store, IWriter writer, TimeProvider time)
{
    public const string Name = "admin";
    public const string Role = "admin";

    /// <summary>Makes it unless there is an account already.</summary>
    /// <param name="password">Null: one is made.</param>
    /// <returns>What the operator must be told.</returns>
    /// <exception cref="WeakPasswordException">The password is too short.</exception>
    public async Task<FirstAccount> EnsureAsync(string? password, CancellationToken cancellationToken)
    {
        if (!(await store.NamesAsync(cancellationToken)).IsEmpty) return new FirstAccount(null, WasIgnored: password is not null);
        if (password is { Length: < Passwords.ShortestLength })
            throw new WeakPasswordException($"The administrator's password must have at least {Passwords.ShortestLength} characters.");
        string chosen = password ?? Passwords.Generate();
        await writer.CommitAsync([new SaveAccount(WithPassword(chosen))], cancellationToken);
        return new FirstAccount(password is null ? chosen : null, WasIgnored: false);
    }

    /// <summary>Gives it a new password and ends all its tokens.</summary>
    public async Task<string> ResetPasswordAsync(CancellationToken cancellationToken)
    {
        string password = Passwords.Generate();
        await writer.CommitAsync([new SaveAccount(WithPassword(password)), new RevokeTokensOf(Name)], cancellationToken);
        return password;
    }

    private Account WithPassword(string password) => new(Name, Passwords.Hash(password), Role, time.GetUtcNow());
}

/// <param name="GeneratedPassword">To print once; null when none was made.</param>
/// <param name="WasIgnored">A password was given though an account exists already.</param>
public readonly record struct FirstAccount(string? GeneratedPassword, bool WasIgnored);

/// <summary>A password is not good enough; the message says what is missing.</summary>
public sealed class WeakPasswordException(string message) : Exception(message);
