using System.Buffers;
using System.IO.Pipelines;

namespace Towpath.Server;

/// <summary>A connection whose last answer can be replaced by another one, before it is written.</summary>
internal sealed class ReplaceableAnswers(IDuplexPipe connection) : PipeWriter, IDuplexPipe
{
    private readonly PipeWriter _out = connection.Output;
    private byte[]? _dropped;

    public PipeReader Input => connection.Input;

    public PipeWriter Output => this;

    public override bool CanGetUnflushedBytes => _out.CanGetUnflushedBytes;

    public override long UnflushedBytes => _out.UnflushedBytes;

    /// <summary>Sends this with the next flush; what is written from now on is dropped.</summary>
    public void Replace(ReadOnlySpan<byte> answer)
    {
        if (_dropped is not null) return;
        _out.Write(answer);
        _dropped = [];
    }

    public override Memory<byte> GetMemory(int sizeHint = 0) => _dropped is null ? _out.GetMemory(sizeHint) : Dropped(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => _dropped is null ? _out.GetSpan(sizeHint) : Dropped(sizeHint);

    public override void Advance(int bytes)
    {
        if (_dropped is null) _out.Advance(bytes);
    }

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => _out.FlushAsync(cancellationToken);

    public override ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default) =>
        _dropped is null ? _out.WriteAsync(source, cancellationToken) : _out.FlushAsync(cancellationToken);

    public override void CancelPendingFlush() => _out.CancelPendingFlush();

    public override void Complete(Exception? exception = null) => _out.Complete(exception);

    public override ValueTask CompleteAsync(Exception? exception = null) => _out.CompleteAsync(exception);

    private byte[] Dropped(int sizeHint)
    {
        int size = Math.Max(sizeHint, 4096);
        if (_dropped!.Length < size) _dropped = new byte[size];
        return _dropped;
    }
}
