namespace Quintet.BuildTasks.Reading;

/// <summary>A call happens only when a <c>bool</c> parameter of the method has this value.</summary>
/// <param name="Parameter">Its ordinal.</param>
/// <param name="Value">The value.</param>
internal readonly record struct Given(int Parameter, bool Value);
