using System.Net;
using Towpath.Testing;

namespace Towpath.Server.Tests;

/// <summary>Guesses are slowed down, and nobody else is.</summary>
public sealed class LoginLimiterTests
{
    private static readonly IPAddress s_home = IPAddress.Parse("192.0.2.1");
    private static readonly IPAddress s_other = IPAddress.Parse("198.51.100.1");

    private readonly ManualTime _time = new();
    private readonly LoginLimiter _limiter;

    public LoginLimiterTests() => _limiter = new LoginLimiter(_time);

    [Fact]
    public void Five_guesses_a_minute_for_an_account_from_an_address()
    {
        Guess("admin", s_home, 5);
        AssertRefused("admin", s_home);
        _limiter.Begin("root", s_home);
        _limiter.Begin("admin", s_other);
        _time.Advance(TimeSpan.FromSeconds(60));
        _limiter.Begin("admin", s_home);
    }

    [Fact]
    public void Thirty_guesses_a_minute_from_an_address()
    {
        for (int i = 0; i < 30; i++) _limiter.Begin($"name-{i}", s_home);
        AssertRefused("another", s_home);
        _limiter.Begin("another", s_other);
    }

    [Fact]
    public void Thirty_guesses_a_minute_for_an_account()
    {
        for (int i = 0; i < 30; i++) _limiter.Begin("admin", new IPAddress([203, 0, 113, (byte)i]));
        AssertRefused("admin", s_home);
        _limiter.Begin("another", s_home);
    }

    [Fact]
    public void An_attempt_under_way_counts_and_success_gives_it_back()
    {
        Guess("admin", s_home, 4);
        _limiter.Begin("admin", s_home);
        AssertRefused("admin", s_home);
        _limiter.Succeeded("admin", s_home, wasCounted: true);
        _limiter.Begin("admin", s_home);
    }

    [Fact]
    public void Who_has_logged_in_from_an_address_is_not_delayed_by_others_guesses()
    {
        LogIn("admin", s_home);
        for (int i = 0; i < 30; i++) _limiter.Begin($"name-{i}", s_home);
        for (int i = 0; i < 30; i++) _limiter.Begin("admin", new IPAddress([203, 0, 113, (byte)i]));
        _limiter.Begin("admin", s_home);
        AssertRefused("admin", s_other);
        AssertRefused("another", s_home);
    }

    [Fact]
    public void Who_has_logged_in_guesses_no_faster_than_others()
    {
        LogIn("admin", s_home);
        Guess("admin", s_home, 5);
        AssertRefused("admin", s_home);
        _limiter.Succeeded("admin", s_home, wasCounted: false); // somebody else behind the same address
        AssertRefused("admin", s_home);
    }

    [Theory]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1", true)]
    [InlineData("::ffff:192.0.2.1", "::ffff:192.0.2.2", false)]
    public void A_network_of_IPv6_is_one_address(string guessed, string asked, bool same)
    {
        Guess("admin", IPAddress.Parse(guessed), 5);
        if (same) AssertRefused("admin", IPAddress.Parse(asked));
        else _limiter.Begin("admin", IPAddress.Parse(asked));
    }

    [Fact]
    public void The_ones_who_have_not_come_for_longest_are_forgotten_first()
    {
        for (int i = 0; i <= 10_000; i++)
        {
            LogIn($"name-{i}", s_home);
            _time.Advance(TimeSpan.FromSeconds(1));
        }
        Assert.False(_limiter.Knows("name-0", s_home));
        Assert.True(_limiter.Knows("name-1", s_home));
        Assert.True(_limiter.Knows("name-10000", s_home));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void A_jump_of_the_clock_shortens_and_lengthens_nothing(int days)
    {
        Guess("admin", s_home, 5);
        _time.Jump(TimeSpan.FromDays(days));
        AssertRefused("admin", s_home);
        _time.Advance(TimeSpan.FromSeconds(60));
        _limiter.Begin("admin", s_home);
    }

    private void LogIn(string account, IPAddress address)
    {
        _limiter.Begin(account, address);
        _limiter.Succeeded(account, address, wasCounted: true);
    }

    private void Guess(string account, IPAddress address, int times)
    {
        for (int i = 0; i < times; i++) _limiter.Begin(account, address);
    }

    private void AssertRefused(string account, IPAddress address)
    {
        ApiException refusal = Assert.Throws<ApiException>(() => _limiter.Begin(account, address));
        Assert.Equal(429, refusal.Status);
        Assert.InRange(refusal.RetryAfterSeconds!.Value, 1, 60);
        Assert.Throws<ApiException>(() => _limiter.Check(account, address));
    }
}
