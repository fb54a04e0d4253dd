using System.Collections.Immutable;
using Microsoft.Extensions.Time.Testing;
using Towpath.Tasks;

namespace Towpath.Accounts.Tests;

public sealed class AdministratorTests
{
    private readonly OneAccount _store = new();
    private readonly Administrator _administrator;

    public AdministratorTests() => _administrator = new Administrator(_store, _store, new FakeTimeProvider());

    [Fact]
    public async Task The_first_start_makes_one_with_the_password_that_is_given_or_tells_the_one_that_it_made()
    {
        Assert.Equal(new FirstAccount(null, WasIgnored: false), await _administrator.EnsureAsync("12345678", default));
        Assert.True(Passwords.Matches("12345678", _store.Account!.PasswordHash));
        Assert.Equal(("admin", "admin"), (_store.Account.Name, _store.Account.Role));

        _store.Account = null;
        FirstAccount made = await _administrator.EnsureAsync(null, default);
        Assert.True(Passwords.Matches(made.GeneratedPassword!, _store.Account!.PasswordHash));
    }

    [Fact]
    public async Task Where_there_is_an_account_nothing_is_made_and_a_password_is_ignored()
    {
        await _administrator.EnsureAsync("12345678", default);
        Account before = _store.Account!;

        Assert.Equal(new FirstAccount(null, WasIgnored: true), await _administrator.EnsureAsync("another password", default));
        Assert.Equal(new FirstAccount(null, WasIgnored: false), await _administrator.EnsureAsync(null, default));
        Assert.Same(before, _store.Account);
    }

    [Fact]
    public async Task A_short_password_makes_none()
    {
        var weak = await Assert.ThrowsAsync<WeakPasswordException>(() => _administrator.EnsureAsync("1234567", default));
        Assert.Equal("The administrator's password must have at least 8 characters.", weak.Message);
        Assert.Null(_store.Account);
    }

    [Fact]
    public async Task A_new_password_ends_the_old_one_and_all_tokens()
    {
        await _administrator.EnsureAsync("12345678", default);
        string password = await _administrator.ResetPasswordAsync(default);
        Assert.True(Passwords.Matches(password, _store.Account!.PasswordHash));
        Assert.False(Passwords.Matches("12345678", _store.Account.PasswordHash));
        Assert.Equal("admin", _store.RevokedOf);
    }

    private sealed class OneAccount : IAccountStore, IWriter
    {
        public Account? Account { get; set; }

        public string? RevokedOf { get; private set; }

        public ValueTask<Account?> FindAsync(string name, CancellationToken cancellationToken) => ValueTask.FromResult(Account);

        public Task<ImmutableArray<string>> NamesAsync(CancellationToken cancellationToken) =>
            Task.FromResult<ImmutableArray<string>>(Account is { } account ? [account.Name] : []);

        public ValueTask<AccessToken?> FindTokenAsync(string hash, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<ImmutableArray<AccessToken>> NamedTokensAsync(string account, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public ValueTask<long?> SettingAsync(string name, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<ImmutableArray<string>> KeysAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<ImmutableArray<bool>> CommitAsync(ImmutableArray<Write> writes, CancellationToken cancellationToken)
        {
            foreach (Write write in writes)
            {
                if (write is SaveAccount save) Account = save.Account;
                if (write is RevokeTokensOf revoke) RevokedOf = revoke.Account;
            }
            return Task.FromResult<ImmutableArray<bool>>([.. writes.Select(_ => true)]);
        }
    }
}
