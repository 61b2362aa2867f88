namespace Quintet.Loops;

/// <summary>Something that a detector of a loop has seen.</summary>
/// <param name="RuleId">The analyzer's rule for the same thing, for example <c>QNT5001</c>.</param>
/// <param name="Message">What was seen, in words.</param>
/// <param name="Callback">The callback that was running, with the coroutines that await it, innermost first.</param>
/// <param name="Duration">How long it had lasted when it was seen; zero where that means nothing.</param>
/// <param name="Stack">The stack of the place, where one could be had.</param>
public sealed record LoopReport(string RuleId, string Message, string Callback, TimeSpan Duration, string? Stack);
