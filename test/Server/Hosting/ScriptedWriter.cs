using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Towpath.Tasks;

namespace Towpath.Server.Tests;

/// <summary>The server's writer, which a test makes refuse what it says, as a full disk or a bound of the stored data would.</summary>
internal sealed class ScriptedWriter : IWriter, IDisposable
{
    private IWriter _writer = null!;

    /// <summary>Null for what is to be written.</summary>
    public Func<ImmutableArray<Write>, Exception?> Refuse { get; set; } = _ => null;

    /// <summary>Takes the place of the writer that is registered.</summary>
    public void AddTo(IServiceCollection services)
    {
        ServiceDescriptor stored = services.Last(service => service.ServiceType == typeof(IWriter));
        services.AddSingleton<IWriter>(provider =>
        {
            _writer = (IWriter)stored.ImplementationFactory!(provider);
            return this;
        });
    }

    public Task<ImmutableArray<bool>> CommitAsync(ImmutableArray<Write> writes, CancellationToken cancellationToken) =>
        Refuse(writes) is { } refusal ? Task.FromException<ImmutableArray<bool>>(refusal) : _writer.CommitAsync(writes, cancellationToken);

    public void Dispose() => (_writer as IDisposable)?.Dispose();
}
