using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Towpath.Tasks;

namespace Towpath.Server.Tests;

/// <summary>
/// The server's writer, which refuses what the test says, as a full disk or a bound of the stored data would, or stands still.
/// </summary>
internal sealed class ScriptedWriter : IWriter, IDisposable
{
    private IWriter? _writer;
    private int _probes;

    /// <summary>Null for what is to be written.</summary>
    public Func<ImmutableArray<Write>, Exception?> Refuse { get; set; } = _ => null;

    /// <summary>What each write waits for.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public int Probes => Volatile.Read(ref _probes);

    /// <summary>Takes the place of the server's own.</summary>
    public void Wrap(IServiceCollection services)
    {
        ServiceDescriptor own = services.Last(service => service.ServiceType == typeof(IWriter));
        services.Remove(own);
        services.AddSingleton<IWriter>(provider =>
        {
            _writer = (IWriter)own.ImplementationFactory!(provider);
            return this;
        });
    }

    public async Task<ImmutableArray<bool>> CommitAsync(ImmutableArray<Write> writes, CancellationToken cancellationToken)
    {
        if (writes is [ProbeWrite]) Interlocked.Increment(ref _probes);
        await Gate;
        if (Refuse(writes) is { } refusal) throw refusal;
        return await _writer!.CommitAsync(writes, cancellationToken);
    }

    public void Dispose() => (_writer as IDisposable)?.Dispose();
}
