using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Towpath.Accounts;
using Towpath.Storage;
using Towpath.Tasks;

namespace Towpath.Server;

/// <summary>Starts the server inside the calling process: the command and the tests do the same.</summary>
public static class TowpathServer
{
    /// <summary>
    /// Returns once all requests are served. Those that need nothing of the stored network are before, while that is being read.
    /// </summary>
    /// <exception cref="ServerStartException">A busy port, an unusable folder, a bad address map; the message is for the
    /// operator.</exception>
    public static async Task<RunningServer> StartAsync(TowpathServerOptions options, CancellationToken cancellationToken)
    {
        DataFolder folder = DataFolder.Open(options.DataFolder);
        try
        {
            return await StartAsync(options, folder, cancellationToken);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>The same on a folder that is taken already. The running server gives it back when it is disposed.</summary>
    /// <inheritdoc cref="StartAsync(TowpathServerOptions, CancellationToken)"/>
    public static async Task<RunningServer> StartAsync(TowpathServerOptions options, DataFolder folder, CancellationToken cancellationToken)
    {
        X509Certificate2? certificate = options.HttpsPort == 0 ? null : HttpsCertificate.LoadOrCreate(folder, options.Time);
        WebApplication app = Build(options, folder, certificate);
        try
        {
            app.MapTowpath();
            FirstAccount first = await BeginAsync(app, options, cancellationToken);
            await NetworkReadAsync(app, cancellationToken);
            return new RunningServer(app, folder, certificate, first);
        }
        catch (Exception problem)
        {
            // Of what has begun and is disposed of without a stop the host says that it failed.
            await app.StopAsync(CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await app.DisposeAsync();
            certificate?.Dispose();
            if (problem is IOException { InnerException: AddressInUseException } busy)
                throw new ServerStartException(
                    $"{busy.Message} Stop the other process, choose other ports with --http and --https, or switch one off with 0.",
                    problem);
            if (problem is StorageUnavailableException or WeakPasswordException) throw new ServerStartException(problem.Message, problem);
            throw;
        }
    }

    /// <summary>Servers that share a database start one after another: what the first one makes, the others find.</summary>
    private static async Task<FirstAccount> BeginAsync(
        WebApplication app, TowpathServerOptions options, CancellationToken cancellationToken)
    {
        await using SharedTurn turn = await app.Services.GetRequiredService<ISharedTurns>().TakeAsync("start", cancellationToken);
        if (app.Services.GetService<MasterKey>() is { } master)
            await SharedKeys.RequireMasterAsync(master, app.Services.GetRequiredService<IAccountStore>(), cancellationToken);
        FirstAccount first = await app.Services.GetRequiredService<Administrator>().EnsureAsync(options.AdminPassword, cancellationToken);
        await app.Services.GetRequiredService<Installation>().EnsureAsync(cancellationToken);
        await app.Services.GetRequiredService<ChangeDispatch>().BeginAsync(cancellationToken);
        await app.StartAsync(cancellationToken);
        return first;
    }

    private static async Task NetworkReadAsync(WebApplication app, CancellationToken cancellationToken)
    {
        try
        {
            await app.Services.GetRequiredService<InventoryStart>().Read.WaitAsync(cancellationToken);
        }
        catch
        {
            await app.StopAsync(CancellationToken.None); // it serves already
            throw;
        }
    }

    /// <summary>
    /// Gives the administrator a new password, ends all its tokens, and returns the password. For the machine's own operator, beside the
    /// running server too: it changes the database only, whose own locks order it among the server's writes.
    /// </summary>
    /// <param name="options">Those of the server; only where its state is counts.</param>
    /// <exception cref="ServerStartException">There is no database of a server, or it cannot be used.</exception>
    public static async Task<string> ResetPasswordAsync(TowpathServerOptions options, CancellationToken cancellationToken)
    {
        string database = options.Database ?? DataFolder.Beside(options.DataFolder).Database;
        if (!StorageServices.IsShared(database) && !File.Exists(database))
            throw new ServerStartException($"There is no database of a server at {database}. Name the server's with --database.");
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddTowpathAccounts(database, options);
        await using ServiceProvider provider = services.BuildServiceProvider();
        try
        {
            return await provider.GetRequiredService<Administrator>().ResetPasswordAsync(cancellationToken);
        }
        catch (StorageUnavailableException problem)
        {
            throw new ServerStartException(problem.Message, problem);
        }
    }

    private static WebApplication Build(TowpathServerOptions options, DataFolder folder, X509Certificate2? certificate)
    {
        // Empty: no configuration file or variable of the surroundings changes what is listened on.
        WebApplicationBuilder builder =
            WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => Listen(kestrel, options, certificate));
        builder.AddTowpath(options, folder, certificate);
        return builder.Build();
    }

    private static void Listen(KestrelServerOptions kestrel, TowpathServerOptions options, X509Certificate2? certificate)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = RequestBody.MostOctets;
        kestrel.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
        kestrel.Limits.MaxRequestHeaderCount = 100;
        kestrel.Limits.RequestHeadersTimeout = options.HeaderPatience;
        kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 1024, gracePeriod: options.BodyPatience);
        kestrel.Limits.MaxConcurrentConnections = options.MostConnections;
        kestrel.Limits.MaxConcurrentUpgradedConnections = 0; // no operation upgrades
        if (options.HttpPort != 0) kestrel.Listen(IPAddress.Loopback, Math.Max(0, options.HttpPort), WebServerRefusals.UseOn);
        if (options.HttpsPort == 0) return;
        kestrel.ListenAnyIP(Math.Max(0, options.HttpsPort), listen =>
        {
            listen.UseHttps(certificate!);
            WebServerRefusals.UseOn(listen);
        });
    }
}
