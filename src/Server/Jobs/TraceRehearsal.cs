using System.Text.Json;
using Towpath.Contracts;
using Towpath.FlowAnalysis;

namespace Towpath.Server;

/// <summary>
/// Traces and renders once at the start, beside the requests: the process's first trace would else wait for the compiler, some 200 ms.
/// </summary>
internal sealed class TraceRehearsal(TimeProvider time, AnswerJson json) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.Run(Rehearse, stoppingToken);

    private void Rehearse()
    {
        var answer = new Envelope<FlowAnalysisResult>(TraceRendering.Render(Rehearsal.Run(), time.GetUtcNow()));
        JsonSerializer.SerializeToUtf8Bytes(answer, json.Of<Envelope<FlowAnalysisResult>>());
    }
}
