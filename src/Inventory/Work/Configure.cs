using System.Collections.Immutable;
using System.Text.Json;
using Towpath.Tasks;

namespace Towpath.Inventory;

/// <summary>
/// Writes credentials, SNMP properties and collection intervals: nothing to do but the writes themselves, in the transaction that ends
/// the task.
/// </summary>
internal sealed class Configure(IWriter writer) : ITaskHandler
{
    public const string TaskKind = "inventory-configure";

    public string Kind => TaskKind;

    public TaskOutcome AtOnce(TaskRecord task)
    {
        Input input = JsonSerializer.Deserialize<Input>(task.Input)!;
        return TaskOutcome.Done(input.Progress, Writes(input).AsSpan());
    }

    /// <summary>Comes here when a write was refused; repeated they change nothing more.</summary>
    public async Task<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellationToken)
    {
        Input input = JsonSerializer.Deserialize<Input>(context.Task.Input)!;
        try
        {
            await writer.CommitAsync(Writes(input), cancellationToken);
            return TaskOutcome.Done(input.Progress);
        }
        catch (WriteConflictException conflict)
        {
            return TaskOutcome.Failed("Nothing was changed", "CONFLICT", conflict.Message);
        }
    }

    private static ImmutableArray<Write> Writes(Input input) =>
        [.. input.Save, .. input.Change ?? [], .. input.Delete, .. input.Properties, .. input.Intervals ?? []];

    /// <summary>Secrets are sealed already.</summary>
    /// <param name="Change">Null in a task of an earlier version.</param>
    /// <param name="Intervals">The same.</param>
    internal sealed record Input(string Progress, SaveCredential[] Save, ChangeCredential[]? Change, DeleteCredential[] Delete,
        SaveSnmpProperty[] Properties, SetCollectionInterval[]? Intervals)
    {
        public static Input Of(string progress, ImmutableArray<Write> writes) => new(
            progress, [.. writes.OfType<SaveCredential>()], [.. writes.OfType<ChangeCredential>()], [.. writes.OfType<DeleteCredential>()],
            [.. writes.OfType<SaveSnmpProperty>()], [.. writes.OfType<SetCollectionInterval>()]);
    }
}
