using Towpath.Testing;

namespace Towpath.Accounts.Tests;

public sealed class RecentPasswordsTests
{
    [Fact]
    public void A_right_password_is_remembered_for_a_minute()
    {
        var time = new ManualTime();
        var recent = new RecentPasswords(time);
        var account = new Account("admin", "hash 1", "admin", default);
        Assert.False(recent.Matches(account, "right"));
        recent.Remember(account, "right");
        Assert.True(recent.Matches(account, "right"));
        Assert.False(recent.Matches(account, "wrong"));
        Assert.False(recent.Matches(account with { Name = "other" }, "right"));
        Assert.False(recent.Matches(account with { PasswordHash = "hash 2" }, "right"));
        time.Jump(TimeSpan.FromDays(-1));
        time.Advance(TimeSpan.FromSeconds(59));
        Assert.True(recent.Matches(account, "right"));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(recent.Matches(account, "right"));
    }
}
