namespace Quintet;

/// <summary>Something that a detector of one of the models saw at run time.</summary>
/// <param name="RuleId">The analyzers' rule for the same thing, for example <c>QNT5001</c>.</param>
/// <param name="Message">What was seen, in words.</param>
/// <param name="Stack">The stack of the place, or, where no thread stands there any more, who was started where and waits for what.</param>
public sealed record QuintetReport(string RuleId, string Message, string? Stack);
