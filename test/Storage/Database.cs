using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Towpath.Accounts;
using Towpath.Discovery;
using Towpath.FlowAnalysis;
using Towpath.Inventory;
using Towpath.Tasks;

namespace Towpath.Storage.Tests;

/// <summary>An engine as the tests of every store take it: a second one is one more of these, and a subclass a store.</summary>
public interface IEngine
{
    /// <param name="capacity">Callers that may wait for the writer.</param>
    Database NewDatabase(int capacity = GroupCommit.Capacity);
}

/// <summary>A database of the test's own, empty at first and gone with it. It has the product's tables, and notes.</summary>
public abstract class Database : IDisposable
{
    public abstract IServiceProvider Services { get; }

    public ITaskStore Tasks => Services.GetRequiredService<ITaskStore>();

    public IDiscoveryStore Discoveries => Services.GetRequiredService<IDiscoveryStore>();

    public IInventoryStore Inventory => Services.GetRequiredService<IInventoryStore>();

    public IHistoryStore History => Services.GetRequiredService<IHistoryStore>();

    public IWebhookStore Webhooks => Services.GetRequiredService<IWebhookStore>();

    public IScheduleStore Schedule => Services.GetRequiredService<IScheduleStore>();

    public ILoadStore Loads => Services.GetRequiredService<ILoadStore>();

    public IFlowAnalysisStore FlowAnalyses => Services.GetRequiredService<IFlowAnalysisStore>();

    public IAccountStore Accounts => Services.GetRequiredService<IAccountStore>();

    public Task<ImmutableArray<bool>> CommitAsync(params Write[] writes) =>
        Services.GetRequiredService<IWriter>().CommitAsync([.. writes], CancellationToken.None);

    /// <summary>The text of a note; null: there is none of that name.</summary>
    public abstract string? Note(string name);

    /// <summary>The rows of a table.</summary>
    public abstract long Count(string table);

    /// <summary>As the table holds it: a tree is never answered from memory.</summary>
    public async Task<TaskRecord> TaskAsync(TaskId id) =>
        await Tasks.TreeAsync(id, CancellationToken.None) is [var task, ..]
            ? task : throw new InvalidOperationException($"Task {id} is not stored.");

    /// <summary>A task as the engine of tasks would accept it.</summary>
    public static TaskRecord NewTask(string serviceType = "Test Service", TaskRecord? parent = null, string owner = "me", long at = 1_000)
    {
        var time = DateTimeOffset.FromUnixTimeMilliseconds(at);
        TaskId id = TaskId.New(time);
        return new TaskRecord
        {
            Id = id,
            RootId = parent?.RootId ?? id,
            ParentId = parent?.Id,
            Kind = "kind",
            Input = "{}",
            ServiceType = serviceType,
            Username = "admin",
            StartTime = time,
            Deadline = time + TimeSpan.FromMinutes(10),
            Owner = owner,
            LastUpdate = time,
            Version = at,
        };
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected abstract void Dispose(bool disposing);
}

/// <summary>Conflicts with a note of the same name.</summary>
internal sealed record AddNote(string Name, string Text) : Write;

/// <summary>Counts when there is such a note.</summary>
internal sealed record ChangeNote(string Name, string Text) : Write;

/// <summary>Keeps the writer busy for as long as the test wants.</summary>
internal sealed record HoldWriter(TaskCompletionSource Reached, ManualResetEventSlim Released) : Write
{
    /// <summary>On the writer's thread.</summary>
    public bool Hold()
    {
        Reached.TrySetResult();
        Released.Wait();
        return true;
    }
}

/// <summary>A full disk, until the writer opens the database again: only what is on it already has room.</summary>
internal sealed record FillDisk : Write;

/// <summary>Nobody's.</summary>
internal sealed record StrayWrite : Write;
