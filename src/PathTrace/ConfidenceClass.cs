namespace Towpath.PathTrace;

/// <summary>A class of confidence: what the weakest fact of a step is, and how sure that makes the step.</summary>
/// <param name="Name">As <c>confidence.txt</c> has it.</param>
/// <param name="Value">0..1.</param>
/// <param name="Right">How many steps of the class were right where the answer is known; null where nothing measures it.</param>
/// <param name="Wrong">How many were not; null where nothing measures it.</param>
/// <param name="What">What a step of this class rests on, in words.</param>
public sealed record ConfidenceClass(string Name, double Value, int? Right, int? Wrong, string What);
