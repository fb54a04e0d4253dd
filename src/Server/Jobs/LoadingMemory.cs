using System.Runtime;

namespace Towpath.Server;

/// <summary>
/// Until it is disposed the collector of garbage does not work beside the program: while a start reads what stays, it would look through
/// all of that for garbage again and again, find none, and take a core. Several may overlap, as servers of one process do.
/// </summary>
internal sealed class LoadingMemory : IDisposable
{
    private static readonly Lock s_lock = new();
    private static int s_loading;
    private static GCLatencyMode s_usual;

    private bool _isOver;

    public LoadingMemory()
    {
        lock (s_lock)
        {
            if (s_loading++ > 0) return;
            s_usual = GCSettings.LatencyMode;
            GCSettings.LatencyMode = GCLatencyMode.Batch;
        }
    }

    public void Dispose()
    {
        lock (s_lock)
        {
            if (_isOver) return;
            _isOver = true;
            if (--s_loading == 0) GCSettings.LatencyMode = s_usual;
        }
    }
}
