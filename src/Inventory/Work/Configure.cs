using System.Collections.Immutable;
using System.Text.Json;
using Towpath.Tasks;

namespace Towpath.Inventory;

/// <summary>Writes credentials and SNMP properties: nothing to do but the writes themselves, in the transaction that ends the task.</summary>
internal sealed class Configure : ITaskHandler
{
    public const string TaskKind = "inventory-configure";

    public string Kind => TaskKind;

    public TaskOutcome AtOnce(TaskRecord task)
    {
        Input input = JsonSerializer.Deserialize<Input>(task.Input)!;
        return TaskOutcome.Done(input.Progress, [.. input.Save, .. input.Delete, .. input.Properties]);
    }

    public Task<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellationToken) => Task.FromResult(AtOnce(context.Task));

    /// <summary>Secrets are sealed already.</summary>
    internal sealed record Input(string Progress, SaveCredential[] Save, DeleteCredential[] Delete, SaveSnmpProperty[] Properties)
    {
        public static Input Of(string progress, ImmutableArray<Write> writes) =>
            new(progress, [.. writes.OfType<SaveCredential>()], [.. writes.OfType<DeleteCredential>()], [.. writes.OfType<SaveSnmpProperty>()]);
    }
}
