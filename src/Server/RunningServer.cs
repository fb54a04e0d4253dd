using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Towpath.Accounts;
using Towpath.Tasks;

namespace Towpath.Server;

/// <summary>A server that serves. Disposing it stops it: no new requests, those under way end, everything durable is flushed.</summary>
public sealed class RunningServer : IAsyncDisposable
{
    private static readonly TimeSpan s_longestStop = TimeSpan.FromSeconds(5);
    private readonly WebApplication _app;
    private readonly DataFolder _folder;
    private readonly X509Certificate2? _certificate;
    private bool _isDisposed;

    internal RunningServer(WebApplication app, DataFolder folder, X509Certificate2? certificate, FirstAccount first)
    {
        (_app, _folder, _certificate) = (app, folder, certificate);
        GeneratedAdminPassword = first.GeneratedPassword;
        AdminPasswordIgnored = first.WasIgnored;
        foreach (string address in app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>()
            .Addresses)
        {
            var url = new Uri(address.Replace("[::]", "127.0.0.1", StringComparison.Ordinal)
                .Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal));
            if (url.Scheme == Uri.UriSchemeHttps) HttpsUrl = url;
            else HttpUrl = url;
        }
        folder.NoteAddresses(new[] { HttpUrl, HttpsUrl }.OfType<Uri>());
    }

    /// <summary>On 127.0.0.1 only; null when switched off.</summary>
    public Uri? HttpUrl { get; }

    /// <summary>As seen from this machine; null when switched off.</summary>
    public Uri? HttpsUrl { get; }

    /// <summary>SHA-256 of the https certificate, upper-case hexadecimal; null when https is switched off.</summary>
    public string? CertificateFingerprint => _certificate is null ? null : HttpsCertificate.Fingerprint(_certificate);

    /// <summary>
    /// To print once: the password made for <c>admin</c> at the first start. Null at later starts, and when one was given.
    /// </summary>
    public string? GeneratedAdminPassword { get; }

    /// <summary>A password was given though accounts exist: it was not used.</summary>
    public bool AdminPasswordIgnored { get; }

    public Readiness Readiness => Services.GetRequiredService<Readiness>();

    public IServiceProvider Services => _app.Services;

    /// <summary>A token of the administrator, for whoever runs the server; an earlier one of the name ends.</summary>
    public async Task<string> IssueTokenAsync(string name, CancellationToken cancellationToken)
    {
        var tokens = Services.GetRequiredService<Tokens>();
        foreach (AccessToken earlier in await tokens.NamedAsync(Administrator.Name, cancellationToken))
            if (earlier.Name == name) await tokens.RevokeAsync(earlier, cancellationToken);
        Account account = await Services.GetRequiredService<IAccountStore>().FindAsync(Administrator.Name, cancellationToken)
            ?? throw new InvalidOperationException("The server has no administrator.");
        return (await tokens.IssueAsync(
            account, NamedTokensEndpoints.UsualLifetime, NamedTokensEndpoints.Idle, name, cancellationToken)).Token;
    }

    /// <summary>Waits for Ctrl+C, SIGTERM or the token. Dispose it then.</summary>
    public async Task WaitForShutdownAsync(CancellationToken cancellationToken)
    {
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration stopping = _app.Lifetime.ApplicationStopping.Register(told.SetResult);
        using CancellationTokenRegistration given = cancellationToken.Register(_app.Lifetime.StopApplication);
        await told.Task;
    }

    private async Task StopAsync()
    {
        using (var patience = new CancellationTokenSource(s_longestStop)) await _app.StopAsync(patience.Token);
        await _app.DisposeAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, true)) return;
        try
        {
            // The scheduler of several servers waits until it has told its database, which may be away for hours.
            bool isShared = Services.GetRequiredService<IChanges>().AreOthers;
            await StopAsync().WaitAsync(isShared ? s_longestStop : Timeout.InfiniteTimeSpan);
        }
        catch (TimeoutException)
        {
            // What was accepted is in the database, and the others take over what had begun.
        }
        finally
        {
            _certificate?.Dispose();
            _folder.Dispose(); // last: whoever takes it then finds everything flushed
        }
    }
}
