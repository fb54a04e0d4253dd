using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using Towpath.Tasks;
using Towpath.Testing;

namespace Towpath.Accounts.Tests;

/// <summary>How long a token lives, with a clock that jumps and over restarts.</summary>
public sealed class TokenLifeTests : IDisposable
{
    private static readonly Account s_admin = new("admin", "", "admin", default);
    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_idle = TimeSpan.FromMinutes(15);

    private readonly ManualTime _time = new();
    private readonly StoredAccounts _store = new();
    private TokenClock _clock = null!;
    private Tokens _tokens = null!;

    public void Dispose() => _clock.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task A_jump_of_the_clock_changes_nothing_in_a_process(int days)
    {
        await StartAsync();
        string token = await IssueAsync(idle: null);
        _time.Jump(TimeSpan.FromDays(days));
        await AssertLivesAsync(token);
        _time.Advance(s_hour - TimeSpan.FromSeconds(1));
        await AssertLivesAsync(token);
        _time.Advance(TimeSpan.FromSeconds(1));
        await AssertIsDeadAsync(token);
    }

    [Fact]
    public async Task A_token_goes_on_over_a_restart_and_over_a_clock_that_is_corrected_by_seconds()
    {
        await StartAsync();
        string token = await IssueAsync(idle: null);
        _time.Advance(TimeSpan.FromMinutes(30));
        await RestartAsync();
        await AssertLivesAsync(token);
        _time.Jump(TimeSpan.FromSeconds(-20));
        await RestartAsync();
        await AssertLivesAsync(token);
        _time.Advance(TimeSpan.FromMinutes(30));
        await AssertIsDeadAsync(token);
    }

    [Theory]
    [InlineData(-5)]
    [InlineData(-61)]
    [InlineData(61)]
    public async Task A_clock_that_was_set_meanwhile_ends_tokens_and_revives_none(int minutes)
    {
        await StartAsync();
        string token = await IssueAsync(idle: null);
        _time.Advance(TimeSpan.FromMinutes(30));
        await StopAsync();
        _time.Jump(TimeSpan.FromMinutes(minutes));
        await StartAsync();
        await AssertIsDeadAsync(token);
        _time.Jump(TimeSpan.FromMinutes(-minutes));
        await RestartAsync();
        await AssertIsDeadAsync(token);
        await AssertLivesAsync(await IssueAsync(idle: null));
    }

    [Theory]
    [InlineData(60, false)]
    [InlineData(6, false)]
    [InlineData(5, true)] // another server has issued it just now, and its clock is ahead
    public async Task A_token_of_the_future_is_dead(int seconds, bool lives)
    {
        await StartAsync();
        DateTimeOffset future = _time.GetUtcNow().AddSeconds(seconds);
        string token = new('a', 64);
        var issued = new AccessToken(TokenHash.Of(token)!.Value.ToString(), "admin", "admin", future, future + s_hour, null);
        await _store.CommitAsync([new SaveToken(issued)], default);
        await (lives ? AssertLivesAsync(token) : AssertIsDeadAsync(token));
    }

    [Fact]
    public async Task A_ticket_that_nobody_uses_ends_and_no_restart_revives_it()
    {
        await StartAsync();
        string ticket = await IssueAsync(s_idle);
        _time.Advance(TimeSpan.FromMinutes(14));
        await AssertLivesAsync(ticket);
        _time.Advance(TimeSpan.FromMinutes(14));
        await RestartAsync();
        await AssertLivesAsync(ticket);
        _time.Advance(TimeSpan.FromMinutes(16));
        await RestartAsync();
        await AssertIsDeadAsync(ticket);
    }

    [Fact]
    public async Task Another_tickets_end_during_the_check_makes_nobody_forget_the_last_use()
    {
        await StartAsync();
        string ticket = await IssueAsync(s_idle);
        string other = await IssueAsync(s_idle);
        await AssertLivesAsync(ticket);
        _time.Advance(TimeSpan.FromSeconds(6));
        _store.HoldReads();
        ValueTask<Caller?> check = _tokens.CheckAsync(ticket, default);
        Assert.True(await _tokens.RevokeAsync(other, default));
        _store.ReleaseReads();
        Assert.NotNull(await check);
        _time.Advance(TimeSpan.FromMinutes(16));
        await AssertIsDeadAsync(ticket);
    }

    [Fact]
    public async Task A_ticket_that_is_ended_during_its_check_is_ended()
    {
        await StartAsync();
        string ticket = await IssueAsync(s_idle);
        _store.HoldReads();
        ValueTask<Caller?> check = _tokens.CheckAsync(ticket, default);
        Assert.True(await _tokens.RevokeAsync(ticket, default));
        _store.ReleaseReads();
        Assert.Null(await check);
        await AssertIsDeadAsync(ticket);
        _time.Advance(TimeSpan.FromSeconds(6));
        await AssertIsDeadAsync(ticket);
    }

    private Task<string> IssueAsync(TimeSpan? idle) => _tokens.IssueAsync(s_admin, s_hour, idle, default);

    private async Task AssertLivesAsync(string token) => Assert.NotNull(await _tokens.CheckAsync(token, default));

    private async Task AssertIsDeadAsync(string token) => Assert.Null(await _tokens.CheckAsync(token, default));

    private async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    private async Task StartAsync()
    {
        _clock = new TokenClock(_store, _store, _time, NullLogger<TokenClock>.Instance);
        await _clock.StartAsync(default);
        _tokens = new Tokens(_store, _store, _clock);
    }

    private async Task StopAsync()
    {
        await _clock.StopAsync(default);
        _clock.Dispose();
    }

    /// <summary>What is left of a store between two runs, and reads that can be held up.</summary>
    private sealed class StoredAccounts : IAccountStore, IWriter
    {
        private readonly Dictionary<string, AccessToken> _tokens = [];
        private readonly Dictionary<string, long> _settings = [];
        private TaskCompletionSource? _held;

        public void HoldReads() => _held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        public void ReleaseReads()
        {
            _held!.SetResult();
            _held = null;
        }

        public async ValueTask<AccessToken?> FindTokenAsync(string hash, CancellationToken cancellationToken)
        {
            AccessToken? found = _tokens.GetValueOrDefault(hash);
            if (_held is { } held) await held.Task.WaitAsync(cancellationToken);
            return found;
        }

        public ValueTask<long?> SettingAsync(string name, CancellationToken cancellationToken) =>
            ValueTask.FromResult<long?>(_settings.TryGetValue(name, out long value) ? value : null);

        public Task<ImmutableArray<AccessToken>> NamedTokensAsync(string account, CancellationToken cancellationToken) =>
            Task.FromResult(_tokens.Values.Where(token => token.Account == account && token.Name is not null).ToImmutableArray());

        public Task<ImmutableArray<string>> KeysAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<ImmutableArray<bool>> CommitAsync(ImmutableArray<Write> writes, CancellationToken cancellationToken) =>
            Task.FromResult<ImmutableArray<bool>>([.. writes.Select(Take)]);

        public ValueTask<Account?> FindAsync(string name, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<ImmutableArray<string>> NamesAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        private bool Take(Write write)
        {
            switch (write)
            {
                case SaveToken save:
                    return _tokens.TryAdd(save.Token.Hash, save.Token);
                case UseToken use when _tokens.TryGetValue(use.Hash, out AccessToken? token):
                    _tokens[use.Hash] = token with { UsedAt = use.UsedAt };
                    return true;
                case RevokeToken revoke:
                    return _tokens.Remove(revoke.Hash);
                case PurgeTokens purge:
                    foreach (AccessToken token in _tokens.Values.ToList())
                    {
                        if (token.ExpiresAt < purge.EndedBefore) _tokens.Remove(token.Hash);
                    }
                    return true;
                case SaveSetting setting:
                    _settings[setting.Name] = setting.Value;
                    return true;
                default:
                    return false;
            }
        }
    }
}
