namespace Quintet.Analyzers.Effects;

/// <summary>What a call inside loops over input is given, as far as the loops choose it.</summary>
/// <param name="Parameter">The ordinal; <see cref="CpuValue.This"/> for the object that the method belongs to.</param>
/// <param name="Loops">The loops over input that it depends on, a bit for each, in the order of their nesting.</param>
/// <param name="Elements">Those of them whose element it is, or is computed from.</param>
internal readonly record struct LoopArgument(int Parameter, ulong Loops, ulong Elements);
