using Towpath.FlowAnalysis;
using Towpath.Tasks;

namespace Towpath.Server;

/// <summary>Ids in paths. Upper and lower case are the same id; what is no UUID names nothing.</summary>
internal static class Ids
{
    /// <exception cref="ApiException">404.</exception>
    public static TaskId Task(string id) => new(Parse(id, "task"));

    /// <exception cref="ApiException">404.</exception>
    public static FlowAnalysisId FlowAnalysis(string id) => new(Parse(id, "flow analysis"));

    /// <param name="what">For instance "host".</param>
    /// <exception cref="ApiException">404.</exception>
    public static Guid Parse(string id, string what) =>
        Guid.TryParseExact(id, "D", out Guid value) ? value : throw ApiException.NotFound(what, id);
}
