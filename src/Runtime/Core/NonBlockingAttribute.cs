namespace Quintet.Core;

/// <summary>
/// Says to our analyzers, which know it by its name, that a member returns at once although it calls what may wait elsewhere.
/// </summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Property)]
internal sealed class NonBlockingAttribute : Attribute;
