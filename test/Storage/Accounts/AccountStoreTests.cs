using Towpath.Accounts;
using Towpath.Tasks;

namespace Towpath.Storage.Tests;

public abstract class AccountStoreTests(IEngine engine) : StoreTests(engine)
{
    private static readonly DateTimeOffset s_at = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_000);
    private static readonly Account s_admin = new("admin", "hash", "admin", s_at);

    [Fact]
    public async Task An_account_reads_back_what_was_stored_and_keeps_when_it_was_made()
    {
        await CommitAsync(new SaveAccount(s_admin), new SaveAccount(new Account("another", "x", "admin", s_at)));
        Assert.Equal(s_admin, await Database.Accounts.FindAsync("admin", default));

        await CommitAsync(new SaveAccount(s_admin with { PasswordHash = "new", CreatedAt = s_at.AddDays(1) }));
        Assert.Equal(s_admin with { PasswordHash = "new" }, await Database.Accounts.FindAsync("admin", default));
        Assert.Equal(["admin", "another"], (await Database.Accounts.NamesAsync(default)).AsEnumerable());
        Assert.Null(await Database.Accounts.FindAsync("Admin", default));
    }

    [Fact]
    public async Task A_token_reads_back_with_its_last_use_until_it_is_revoked()
    {
        AccessToken idle = Token("aa", TimeSpan.FromMinutes(30)), fixedEnd = Token("bb", null);
        await CommitAsync(new SaveToken(idle), new SaveToken(fixedEnd));
        Assert.Equal((idle, fixedEnd), (await FindAsync("aa"), await FindAsync("bb")));

        Assert.Equal([true, false], await CommitAsync(new UseToken("aa", s_at.AddSeconds(7)), new UseToken("cc", s_at)));
        Assert.Equal(idle with { UsedAt = s_at.AddSeconds(7) }, await FindAsync("aa"));

        Assert.Equal([true, false, false], await CommitAsync(new RevokeToken("aa"), new RevokeToken("aa"), new UseToken("aa", s_at)));
        Assert.Equal((null, fixedEnd), (await FindAsync("aa"), await FindAsync("bb")));
    }

    [Fact]
    public async Task Tokens_go_by_account_and_by_their_end()
    {
        await CommitAsync(
            new SaveToken(Token("aa", null)), new SaveToken(Token("bb", null) with { ExpiresAt = s_at }),
            new SaveToken(Token("cc", null) with { Account = "another" }));

        Assert.Equal([true, false], await CommitAsync(new PurgeTokens(s_at.AddMilliseconds(1)), new PurgeTokens(s_at.AddMilliseconds(1))));
        Assert.Null(await FindAsync("bb"));
        Assert.Equal([true], await CommitAsync(new RevokeTokensOf("admin")));
        Assert.Null(await FindAsync("aa"));
        Assert.NotNull(await FindAsync("cc"));
    }

    [Fact]
    public async Task Tokens_with_a_name_are_listed_by_account()
    {
        AccessToken later = Token("aa", null) with { Name = "laptop", IssuedAt = s_at.AddSeconds(1) };
        AccessToken earlier = Token("bb", TimeSpan.FromDays(30)) with { Name = "script" };
        await CommitAsync(new SaveToken(later), new SaveToken(earlier), new SaveToken(Token("cc", null)),
            new SaveToken(Token("dd", null) with { Account = "another", Name = "laptop" }));

        Assert.Equal([earlier, later], (await Database.Accounts.NamedTokensAsync("admin", default)).AsEnumerable());
        Assert.Equal(later, await FindAsync("aa"));
    }

    [Fact]
    public async Task The_same_token_is_stored_once()
    {
        await CommitAsync(new SaveToken(Token("aa", null)));
        await Assert.ThrowsAsync<WriteConflictException>(() => CommitAsync(new SaveToken(Token("aa", null))));
    }

    [Fact]
    public async Task A_setting_is_null_until_it_is_saved_and_then_the_last_number()
    {
        Assert.Null(await Database.Accounts.SettingAsync("mark", default));
        await CommitAsync(new SaveSetting("mark", 0));
        Assert.Equal(0, await Database.Accounts.SettingAsync("mark", default));
        await CommitAsync(new SaveSetting("mark", long.MaxValue));
        Assert.Equal(long.MaxValue, await Database.Accounts.SettingAsync("mark", default));
    }

    [Fact]
    public async Task A_key_is_stored_once_and_for_good()
    {
        Assert.Empty(await Database.Accounts.KeysAsync(default));
        await CommitAsync(new SaveKey("key-b", "<key id=\"b\"/>"), new SaveKey("key-a", "<key id=\"a\"/>"));
        await Assert.ThrowsAsync<WriteConflictException>(() => CommitAsync(new SaveKey("key-a", "<other/>")));
        Assert.Equal(["<key id=\"a\"/>", "<key id=\"b\"/>"], (await Database.Accounts.KeysAsync(default)).AsEnumerable());
    }

    private ValueTask<AccessToken?> FindAsync(string hash) => Database.Accounts.FindTokenAsync(hash, CancellationToken.None);

    private static AccessToken Token(string hash, TimeSpan? idle) => new(hash, "admin", "admin", s_at, s_at.AddHours(1), idle);
}
