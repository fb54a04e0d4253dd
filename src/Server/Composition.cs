using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging.Console;
using Towpath.Accounts;
using Towpath.Collection;
using Towpath.Discovery;
using Towpath.FlowAnalysis;
using Towpath.Inventory;
using Towpath.Network;
using Towpath.Snmp;
using Towpath.Storage;
using Towpath.Tasks;

namespace Towpath.Server;

/// <summary>Everything that runs in one server process, put together in one place.</summary>
internal static class Composition
{
    public static void AddTowpath(
        this WebApplicationBuilder builder, TowpathServerOptions options, DataFolder folder, X509Certificate2? certificate = null)
    {
        builder.Logging.AddLog(options);
        builder.AddTelemetry(options, folder);
        IServiceCollection services = builder.Services;
        services.AddRoutingCore();
        services.Configure<ConsoleLifetimeOptions>(lifetime => lifetime.SuppressStatusMessages = true);
        // A stop reaches all at once: who runs is told, though some client does not let go of its request. Within two seconds all of it is
        // over: who holds on is cut off, what ignores its cancellation goes on at the next start, and the writer flushes in the rest.
        services.Configure<HostOptions>(host => (host.ShutdownTimeout, host.ServicesStopConcurrently) = (TimeSpan.FromSeconds(1.5), true));
        // A request goes on where it was read, and its answer where it was made, on a thread of the pool: two changes of thread less.
        // Unsafe for code that blocks there; ours does not.
        services.Configure<SocketTransportOptions>(sockets => sockets.UnsafePreferInlineScheduling = true);
        services.AddApiDocument();
        services.AddSingleton(options);
        services.AddSingleton(new Readiness(options.Roles));
        services.AddSingleton<WriteProbe>();
        services.AddSingleton<Installation>();
        services.AddSingleton(_ => PageFiles.OfThisBuild());
        services.AddSingleton<PageSessions>();
        services.AddSingleton<AnswerJson>();
        services.AddSingleton<EndedTaskAnswers>();
        services.AddSingleton<LongPoll>();
        services.AddSingleton<EventStream>();
        services.AddSingleton<InventoryFeed>();
        services.AddSingleton(new ReachableAddresses(options.WebhookNetworks));
        services.AddSingleton<IWebhookCaller, WebhookCaller>();
        services.AddSingleton<AllowedMethods>();
        services.AddSingleton<TableScans>();
        services.AddSingleton<Lists>();
        services.AddAnswerCompression();
        services.AddSingleton(new AllowedHosts(options.Hosts, certificate));
        services.AddDataProtection().SetApplicationName("towpath");
        if (StorageServices.IsShared(options.Database)) services.AddSharedKeys(options.MasterKeyFile);
        else if (options.Roles == NodeRoles.All)
            services.AddOptions<KeyManagementOptions>()
                .Configure<ILoggerFactory>((keys, logging) => keys.XmlRepository = new FlushedKeys(folder, logging));
        else
            throw new ServerStartException(
                "--roles leaves work to other servers, and a file of SQLite has only one. Name a database of PostgreSQL with --database.");

        services.AddTowpathAccounts(options.Database ?? folder.Database, options);
        services.AddHostedService(provider => provider.GetRequiredService<TokenClock>());
        var name = ProcessName.New();
        services.AddSingleton(name);
        services.AddSingleton<WorkStart>();
        // Before the tasks: a process is known to live before it takes tasks over or accepts any.
        services.AddSerialJobs(options.Time, name, StorageServices.IsShared(options.Database), options.Roles);
        services.AddSingleton(RetentionOf(options));
        services.AddTasks();
        services.AddHostedService<KeepingStart>();
        services.AddSingleton(ReachOf(options));
        services.AddInventory();
        services.AddSingleton<InventoryStart>();
        services.AddHostedService(provider => provider.GetRequiredService<InventoryStart>());
        services.AddSingleton<IDeviceReader, DeviceReader>();
        services.AddSingleton(provider =>
        {
            ILogger<SnmpEngine> logger = provider.GetRequiredService<ILogger<SnmpEngine>>();
            return new SnmpEngine(new SnmpEngineOptions { Notice = logger.SnmpNotice });
        });
        services.AddCollection();
        services.AddDiscovery();
        services.AddFlowAnalysis();
        services.AddHostedService<TraceRehearsal>();
        options.Services?.Invoke(services);
    }

    /// <summary>The part that <c>reset-password</c> needs, too.</summary>
    /// <exception cref="ServerStartException">The database cannot be used as it is named.</exception>
    public static void AddTowpathAccounts(this IServiceCollection services, string database, TowpathServerOptions options)
    {
        services.TryAddSingleton(options.Time);
        try
        {
            services.AddStorage(database, options.DatabasePasswordFile);
        }
        catch (FormatException problem)
        {
            throw new ServerStartException($"--database: {problem.Message}", problem);
        }
        services.AddAccounts();
        services.AddSingleton<LoginLimiter>();
        services.AddSingleton<PasswordQueue>();
        services.AddSingleton<Logins>();
    }

    /// <exception cref="ServerStartException">There is no master key.</exception>
    private static void AddSharedKeys(this IServiceCollection services, string? masterKeyFile)
    {
        if (masterKeyFile is null)
            throw new ServerStartException(
                "A database of PostgreSQL holds the keys that encrypt credentials, and needs a key around them. Name its file with "
                    + "--master-key; make it with: (umask 077; openssl rand -base64 32 > FILE)");
        var master = MasterKey.Read(masterKeyFile);
        services.AddSingleton(master);
        services.AddOptions<KeyManagementOptions>().Configure<IAccountStore, IWriter>((keys, store, writer) =>
            (keys.XmlRepository, keys.XmlEncryptor) = (new SharedKeys(store, writer), new KeySealer(master)));
    }

    /// <exception cref="ServerStartException">It is too short, too long, or too few.</exception>
    private static Retention RetentionOf(TowpathServerOptions options)
    {
        var keep = new Retention();
        if (options.Keep is { } age)
        {
            if (age < Retention.LeastAge || age > Retention.MostAge)
                throw new ServerStartException("--keep: give at least 1h and at most 3650d. Clients look for the end of what they began.");
            keep = keep with { Age = age };
        }
        if (options.KeepMost is not { } most) return keep;
        return most >= Retention.LeastRows
            ? keep with { Most = most }
            : throw new ServerStartException($"--keep-most {most}: give at least {Retention.LeastRows}.");
    }

    /// <exception cref="ServerStartException">A mapped address would leave this machine.</exception>
    private static DeviceReach ReachOf(TowpathServerOptions options)
    {
        var loopback = Prefix.Parse("127.0.0.0/8");
        foreach ((Prefix from, Prefix to) in options.AddressMap)
        {
            if (!loopback.Contains(to)) throw new ServerStartException($"--map {from}={to}: the target must lie inside {loopback}.");
            if (from.Length < to.Length) throw new ServerStartException($"--map {from}={to}: the target is smaller than what is mapped.");
        }
        return new DeviceReach(options.SnmpPort, options.AddressMap) { Pace = PaceOf(options) };
    }

    private static SearchPace PaceOf(TowpathServerOptions options) =>
        options.Pace ?? (options.AddressMap.Count > 0 ? SearchPace.Unlimited : new SearchPace());

    /// <summary>To standard error, so that what a command prints stays clean.</summary>
    private static void AddLog(this ILoggingBuilder logging, TowpathServerOptions options)
    {
        logging.SetMinimumLevel(options.LogLevel);
        // "No XML encryptor configured": the keys' protection is the data folder's mode, on purpose.
        logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        // It warns of jobs that a stop interrupts, which is meant: they are taken up again at the next start.
        logging.AddFilter("Quartz", LogLevel.Error);
        // It would give each request an activity and a scope that nobody reads; what fails, ErrorEnvelope says.
        logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        // It would log with a stack what any client can cause (trailers that are no UTF-8); what fails in ours, ErrorEnvelope says.
        logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Critical);
        // A start that failed is thrown to whoever asked for it; said twice it is no clear line.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        foreach ((string part, LogLevel level) in options.LogLevels) logging.AddFilter(part, level);
        if (options.LogJson) logging.AddJsonConsole(console => (console.UseUtcTimestamp, console.TimestampFormat) = (true, LogLine.Time));
        else logging.AddConsole(console => console.FormatterName = LogLine.FormatterName);
        logging.AddConsoleFormatter<LogLine, ConsoleFormatterOptions>();
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }
}
